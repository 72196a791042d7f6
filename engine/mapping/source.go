package mapping

import (
	"slices"
	"strings"

	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
)

// source is what an author wrote and what the parser reads of it, which differ
// where brackets were added.
type source struct {
	written string
	parsed  string
	// added are the places of added brackets, counted in characters of parsed.
	added []int
}

// readSource puts round brackets around object literals in arguments: behind a
// comma or bracket the parser takes { for the start of a block, so that
// map(items, {sku: .sku}) would be no expression.
func readSource(written string) source {
	plain := source{written: written, parsed: written}
	if !strings.Contains(written, "{") {
		return plain
	}
	tokens, err := lexer.Lex(file.NewSource(written))
	if err != nil {
		return plain
	}
	var added []bracket
	var open []bool // for each { under way: whether it was wrapped
	for i, token := range tokens {
		switch {
		case token.Is(lexer.Bracket, "{"):
			wrap := i > 0 && (tokens[i-1].Is(lexer.Operator, ",") || tokens[i-1].Is(lexer.Bracket, "(")) && startsObject(tokens[i+1:])
			if open = append(open, wrap); wrap {
				added = append(added, bracket{token.From, "("})
			}
		case token.Is(lexer.Bracket, "}") && len(open) > 0:
			if open[len(open)-1] {
				added = append(added, bracket{token.To, ")"})
			}
			open = open[:len(open)-1]
		}
	}
	if len(added) == 0 || slices.Contains(open, true) {
		return plain
	}
	return plain.with(added)
}

// startsObject reports whether tokens after { are those of an object literal:
// a name and a colon, or a computed name.
func startsObject(tokens []lexer.Token) bool {
	if len(tokens) < 2 {
		return false
	}
	switch tokens[0].Kind {
	case lexer.Identifier, lexer.String, lexer.Number:
		return tokens[1].Is(lexer.Operator, ":")
	}
	return false
}

// bracket is an addition before a character of what was written.
type bracket struct {
	place int
	text  string
}

func (s source) with(added []bracket) source {
	characters := []rune(s.written)
	var out strings.Builder
	last := 0
	for n, b := range added {
		out.WriteString(string(characters[last:b.place]))
		out.WriteString(b.text)
		s.added = append(s.added, b.place+n)
		last = b.place
	}
	out.WriteString(string(characters[last:]))
	s.parsed = out.String()
	return s
}

// offset turns a place of the parser, in characters, into bytes of what was written.
func (s source) offset(characters int) int {
	before := 0
	for _, place := range s.added {
		if place < characters {
			before++
		}
	}
	return byteOffset(s.written, characters-before)
}
