package nodes

import "strings"

// Redacted stands where a credential was.
const Redacted = "[redacted]"

// sensitiveHeaders carry credentials of whoever sends them.
var sensitiveHeaders = map[string]bool{
	"authorization": true, "proxy-authorization": true, "cookie": true, "set-cookie": true, "x-api-key": true,
}

// SensitiveHeader reports whether a header's value must not be kept or shown.
func SensitiveHeader(name string) bool { return sensitiveHeaders[strings.ToLower(name)] }
