package value

import "strings"

// escapes and unescapes are what RFC 6901 asks for in a JSON pointer's parts.
// A replacer goes through the text once, so "~01" is read as "~1".
var (
	escapes   = strings.NewReplacer("~", "~0", "/", "~1")
	unescapes = strings.NewReplacer("~1", "/", "~0", "~")
)

// EscapeKey writes an object's key as one part of a JSON pointer (RFC 6901).
// The empty key stays empty, which is a part as well.
func EscapeKey(key string) string { return escapes.Replace(key) }

// UnescapeKey reads what EscapeKey wrote: the key that one part of a JSON
// pointer names. A lone "~", which no right pointer holds, stays as it is.
func UnescapeKey(part string) string { return unescapes.Replace(part) }

// Under is the JSON pointer of a member of the value that pointer names. ""
// names the whole document.
func Under(pointer, key string) string { return pointer + "/" + EscapeKey(key) }
