package mapping

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	maxPattern = 256 // bytes of a regular expression
	// maxProgram bounds the compiled size: repeats multiply, so that a short
	// pattern can hold many instructions.
	maxProgram = 1000
	// matchesAStep is how many instruction-bytes of matching one step pays for.
	matchesAStep = 16
)

// pattern is a compiled regular expression with what a match of it costs.
// Matching cannot be interrupted, so it is paid for before.
type pattern struct {
	first *regexp.Regexp
	// next matches from the second character of a text on; ^ and \b still see
	// what stands before. Group 1 of it is the match. Only replacing needs it.
	next func() (*regexp.Regexp, error)
	size int
}

// compilePattern reads an RE2 pattern. The error is a *fail.
func compilePattern(source string) (*pattern, error) {
	if len(source) > maxPattern {
		return nil, failf(CodePattern, "a pattern may have at most %d characters", maxPattern)
	}
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		return nil, failf(CodePattern, "the pattern cannot be read: %s", patternFault(err))
	}
	size := programSize(tree)
	if size > maxProgram {
		return nil, failf(CodePattern, "the pattern repeats too much")
	}
	first, err := regexp.Compile(source)
	if err != nil {
		return nil, failf(CodePattern, "the pattern cannot be read: %s", patternFault(err))
	}
	next := sync.OnceValues(func() (*regexp.Regexp, error) {
		return regexp.Compile(`\A(?s:.)(?s:.*?)(` + source + `)`)
	})
	return &pattern{first: first, next: next, size: size}, nil
}

func patternFault(err error) string {
	return strings.TrimPrefix(err.Error(), "error parsing regexp: ")
}

// programSize estimates how many instructions a pattern compiles to.
func programSize(re *syntax.Regexp) int {
	size := 1
	if re.Op == syntax.OpLiteral {
		size = len(re.Rune)
	}
	for _, sub := range re.Sub {
		size += programSize(sub)
		if size > maxProgram {
			return size
		}
	}
	if re.Op == syntax.OpRepeat {
		size *= max(re.Min, re.Max, 1)
	}
	return size
}

// pattern gives the compiled form of an argument: compiled with the expression
// when it was literal, else now.
func (r *run) pattern(v any) (*pattern, error) {
	switch x := v.(type) {
	case *pattern:
		return x, nil
	case string:
		if err := r.work(2 * maxProgram); err != nil {
			return nil, err
		}
		return compilePattern(x)
	}
	return nil, failf(CodeWrongType, "a pattern must be text, not %s", show(v))
}

func (r *run) payMatch(p *pattern, text string) error {
	return r.work(1 + len(text)*(p.size+3)/matchesAStep)
}

// matches is the operator of this name.
func (r *run) matches(v, with any) (any, error) {
	v = plainOperand(v)
	if v == nil || with == nil {
		return false, nil
	}
	p, err := r.pattern(with)
	if err != nil {
		return nil, err
	}
	text, err := r.textOf(v)
	if err != nil {
		return nil, err
	}
	if err := r.payMatch(p, text); err != nil {
		return nil, err
	}
	return p.first.MatchString(text), nil
}

// extract gives the first match, or its first group when it has one.
func (r *run) extract(text string, p *pattern) (any, error) {
	if err := r.payMatch(p, text); err != nil {
		return nil, err
	}
	found := p.first.FindStringSubmatchIndex(text)
	if found == nil {
		return nil, nil
	}
	if len(found) > 2 && found[2] >= 0 {
		return text[found[2]:found[3]], nil
	}
	return text[found[0]:found[1]], nil
}

// replacePattern replaces every match; $1 in replacement is the first group.
// It matches one by one, each paid for, because a single call over the whole
// text can take time that grows with its square.
func (r *run) replacePattern(text string, p *pattern, replacement string) (any, error) {
	var out strings.Builder
	groups := strings.Count(replacement, "$")
	next, err := p.next()
	if err != nil {
		return nil, failf(CodePattern, "the pattern cannot be read: %s", patternFault(err))
	}
	re, skip, ended := p.first, 0, -1
	for at := 0; ; {
		// From the second match on, matching starts one character early.
		start := at - skip
		if err := r.payMatch(p, text[start:]); err != nil {
			return nil, err
		}
		found := re.FindStringSubmatchIndex(text[start:])
		if found == nil {
			out.WriteString(text[at:])
			return out.String(), r.grow(len(text) - at)
		}
		if re == next {
			found = found[2:]
		}
		from, to := start+found[0], start+found[1]
		if err := r.grow(from - at + len(replacement) + groups*(to-from)); err != nil {
			return nil, err
		}
		out.WriteString(text[at:from])
		// An empty match right behind the last one is none.
		if to > from || from != ended {
			out.Write(p.expand(replacement, text[start:], found))
		}
		ended = to
		if to == from {
			if to == len(text) {
				return out.String(), nil
			}
			_, width := utf8.DecodeRuneInString(text[to:])
			out.WriteString(text[to : to+width])
			to += width
		}
		at = to
		_, skip = utf8.DecodeLastRuneInString(text[:at])
		re = next
	}
}

func (p *pattern) expand(replacement, text string, found []int) []byte {
	if !strings.Contains(replacement, "$") {
		return []byte(replacement)
	}
	return p.first.ExpandString(nil, replacement, text, found)
}
