package mapping

import "strings"

// part is a stretch of a template string: literal text, or the source of one
// expression and where it starts.
type part struct {
	text       string
	expression bool
	offset     int
}

// scanError is an unbalanced template string.
type scanError struct {
	offset  int
	message string
}

const (
	opening = "{{"
	closing = "}}"
)

// scan cuts a template string into parts. A backslash before {{ makes it
// literal and two are one backslash before a mapping; }} outside of a mapping
// is text. Quotes, comments and nested braces inside a mapping are followed so
// that }} in them does not end it.
func scan(text string) ([]part, *scanError) {
	var parts []part
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			parts = append(parts, part{text: literal.String()})
			literal.Reset()
		}
	}
	for at := 0; at < len(text); {
		next := strings.Index(text[at:], opening)
		if next < 0 {
			literal.WriteString(text[at:])
			break
		}
		before := text[at : at+next]
		start := at + next + len(opening)
		bare := strings.TrimRight(before, `\`)
		slashes := len(before) - len(bare)
		literal.WriteString(bare)
		literal.WriteString(strings.Repeat(`\`, slashes/2))
		if slashes%2 == 1 {
			literal.WriteString(opening)
			at = start
			continue
		}
		end, bad := expressionEnd(text, start)
		if bad != nil {
			return nil, bad
		}
		flush()
		parts = append(parts, part{text: text[start:end], expression: true, offset: start})
		at = end + len(closing)
	}
	flush()
	return parts, nil
}

// expressionEnd finds the }} that closes the mapping whose source starts at start.
func expressionEnd(text string, start int) (int, *scanError) {
	depth := 0
	for i := start; i < len(text); i++ {
		switch c := text[i]; c {
		case '"', '\'', '`':
			end := quoteEnd(text, i)
			if end < 0 {
				return 0, &scanError{i, "this quote is not closed"}
			}
			i = end
		case '/':
			i = commentEnd(text, i)
		case '{':
			depth++
		case '}':
			if depth == 0 && strings.HasPrefix(text[i:], closing) {
				return i, nil
			}
			if depth == 0 {
				return 0, &scanError{i, "this } closes nothing; a mapping ends with }}"}
			}
			depth--
		}
	}
	return 0, &scanError{start - len(opening), "this {{ is not closed with }}"}
}

// quoteEnd gives the index of the quote that closes the one at start, or -1.
// The rules are those of the expression lexer: a backslash escapes in " and ',
// a doubled ` stays inside, and only ` may hold line breaks.
func quoteEnd(text string, start int) int {
	quote := text[start]
	for i := start + 1; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quote != '`':
			i++
		case c == '\n' && quote != '`':
			return -1
		case c != quote:
		case quote == '`' && i+1 < len(text) && text[i+1] == '`':
			i++
		default:
			return i
		}
	}
	return -1
}

// commentEnd gives the last index of a comment that starts at start, or start
// when there is none. A line comment also ends before }}.
func commentEnd(text string, start int) int {
	rest := text[start:]
	switch {
	case strings.HasPrefix(rest, "/*"):
		if end := strings.Index(rest[2:], "*/"); end >= 0 {
			return start + 2 + end + 1
		}
		return len(text)
	case strings.HasPrefix(rest, "//"):
		for i := start; i < len(text); i++ {
			if text[i] == '\n' || strings.HasPrefix(text[i:], closing) {
				return i - 1
			}
		}
		return len(text)
	}
	return start
}

// HasMapping reports whether text holds at least one {{ that is not literal,
// whether or not it is closed.
func HasMapping(text string) bool {
	for at := 0; ; {
		next := strings.Index(text[at:], opening)
		if next < 0 {
			return false
		}
		before := text[at : at+next]
		if (len(before)-len(strings.TrimRight(before, `\`)))%2 == 0 {
			return true
		}
		at += next + len(opening)
	}
}
