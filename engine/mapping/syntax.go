package mapping

import (
	"errors"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/expr-lang/expr/file"
)

// byteOffset turns a count of characters into one of bytes.
func byteOffset(source string, characters int) int {
	for i := range source {
		if characters <= 0 {
			return i
		}
		characters--
	}
	return len(source)
}

// syntaxError puts what the parser says into the words of the people who write
// expressions.
func syntaxError(s source, err error) *compileError {
	var at *file.Error
	if !errors.As(err, &at) {
		return &compileError{0, CodeSyntax, "the expression cannot be read"}
	}
	offset := s.offset(at.From)
	if strings.Contains(at.Message, "maximum allowed nodes") {
		return &compileError{offset, CodeTooComplex, "the expression is too complex"}
	}
	return &compileError{offset, CodeSyntax, plainMessage(at.Message, s.written, offset)}
}

var (
	unexpectedToken = regexp.MustCompile(`^unexpected token (\w+)(?:\("(.*)"\))?`)
	unknownLetter   = regexp.MustCompile(`^unrecognized character: U\+[0-9A-F]+(?: '(.*)')?`)
)

func plainMessage(message, source string, offset int) string {
	if strings.HasPrefix(message, "unexpected token EOF") || strings.HasPrefix(message, "unexpected end") {
		if word := lastWord(source); table[word] != nil || looped[word] != nil {
			return word + " is a function and needs brackets: " + word + "()"
		}
		return "the expression ends too early"
	}
	if found := unexpectedToken.FindStringSubmatch(message); found != nil {
		text := found[2]
		plain := show(text) + " is not expected here"
		if found[1] == "Identifier" && afterPath(source[:min(offset, len(source))]) {
			plain += `; text needs quotes, and a name with blanks is written body["Your name"]`
		}
		return plain
	}
	if found := unknownLetter.FindStringSubmatch(message); found != nil {
		if strings.ContainsAny(found[1], "“”„‘’«»") {
			return `use straight quotes, " or '`
		}
		return show(found[1]) + " is not expected here"
	}
	switch {
	case strings.HasPrefix(message, "literal not terminated"):
		return "this quote is not closed"
	case strings.HasPrefix(message, "invalid integer literal"), strings.Contains(message, "literal is too large"), strings.HasPrefix(message, "invalid float literal"):
		return "this number is too big; put it in quotes"
	case strings.HasPrefix(message, "bad number syntax"):
		return "this number cannot be read"
	case strings.HasPrefix(message, "invalid char escape"):
		return `a backslash in quotes stands before " ' \ n r t u or x only`
	case strings.Contains(message, "coalesce"):
		return "?? needs brackets when it stands beside another operator"
	}
	return message
}

// afterPath reports whether the text before a place ends in a name.
func afterPath(before string) bool {
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(before, " "))
	return last == '_' || last >= 'a' && last <= 'z' || last >= 'A' && last <= 'Z' || last >= '0' && last <= '9' || last > 127 && last != utf8.RuneError
}

// lastWord gives the name at the end of a source, "" without one.
func lastWord(source string) string {
	source = strings.TrimSpace(source)
	start := strings.LastIndexFunc(source, func(c rune) bool {
		return c != '_' && (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z')
	})
	return source[start+1:]
}
