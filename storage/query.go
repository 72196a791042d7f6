package storage

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// query is one statement in the words of both databases. It is written once,
// with ? for arguments and these words where the two differ:
//
//	$update     lock the rows read for changing them, not against new rows
//	            that refer to them
//	$skip       the same, and pass over rows that somebody else has locked
//	$now        the database's own clock in microseconds
//
// SQLite has one writer, so it needs no row locks.
type query struct{ lite, post string }

// q makes a query. Queries are package variables: the writer and the readers
// keep a prepared statement for each.
func q(text string) *query {
	return &query{lite: liteText.Replace(text), post: numbered(postText.Replace(text))}
}

var (
	liteText = strings.NewReplacer(
		"$update", "", "$skip", "",
		"$now", "CAST(unixepoch('now', 'subsec') * 1000000 AS INTEGER)")
	postText = strings.NewReplacer(
		"$update", "FOR NO KEY UPDATE", "$skip", "FOR NO KEY UPDATE SKIP LOCKED",
		"$now", "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)")
)

// numbered turns each ? into $1, $2 ... None of our queries has a ? in a
// literal.
func numbered(text string) string {
	var b strings.Builder
	n := 0
	for _, c := range []byte(text) {
		if c != '?' {
			b.WriteByte(c)
			continue
		}
		n++
		b.WriteByte('$')
		b.WriteString(strconv.Itoa(n))
	}
	return b.String()
}

// marks returns "?, ?, ?" for n arguments.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// clean makes text arguments storable in both databases in the same way:
// PostgreSQL's text takes neither NUL nor invalid UTF-8. Each becomes U+FFFD.
// Exact bytes are kept in byte columns. It changes args in place.
func clean(args []any) []any {
	for i, arg := range args {
		if text, ok := arg.(string); ok {
			args[i] = cleanText(text, arg)
		}
	}
	return args
}

// cleanText returns boxed, which holds text, unless the text must change.
func cleanText(text string, boxed any) any {
	if strings.IndexByte(text, 0) < 0 && utf8.ValidString(text) {
		return boxed
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}
