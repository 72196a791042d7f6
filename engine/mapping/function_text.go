package mapping

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

func textFunctions() []function {
	const group = "Text"
	return []function{
		{Function: Function{Name: "upper", Group: group, Summary: "All capital letters.",
			Args: args("text"), Example: `"Ada" | upper()`, Result: "ADA"},
			eval: func(c call) (any, error) { return c.made(strings.ToUpper(c.text(0))) }},
		{Function: Function{Name: "lower", Group: group, Summary: "All small letters.",
			Args: args("text"), Example: `"ADA@Example.com" | lower()`, Result: "ada@example.com"},
			eval: func(c call) (any, error) { return c.made(strings.ToLower(c.text(0))) }},
		{Function: Function{Name: "title", Group: group, Summary: "Every word starts with a capital letter.",
			Args: args("text"), Example: `"ada o'neil-smith" | title()`, Result: "Ada O'neil-Smith"},
			eval: func(c call) (any, error) { return c.made(titleCase(c.text(0))) }},
		{Function: Function{Name: "capitalize", Group: group, Summary: "The first letter becomes a capital one; the rest stays.",
			Args: args("text"), Example: `"hello Ada" | capitalize()`, Result: "Hello Ada"},
			eval: func(c call) (any, error) { return c.made(capitalize(c.text(0))) }},
		{Function: Function{Name: "sentence", Group: group, Summary: "The first letter becomes a capital one, all others small.",
			Args: args("text"), Example: `"HELLO ADA" | sentence()`, Result: "Hello ada"},
			eval: func(c call) (any, error) { return c.made(capitalize(strings.ToLower(c.text(0)))) }},
		{Function: Function{Name: "trim", Group: group, Summary: "Cuts blanks, or the given characters, off both ends.",
			Args: args("text", "characters:text?"), Example: `"  Ada " | trim()`, Result: "Ada"},
			eval: func(c call) (any, error) {
				if c.has(1) {
					return strings.Trim(c.text(0), c.text(1)), nil
				}
				return strings.TrimSpace(c.text(0)), nil
			}},
		{Function: Function{Name: "split", Group: group, Summary: "Cuts text into a list at each separator and the blanks around it; an empty separator cuts after each character.",
			Args: args("text", "separator:text?"), Example: `"red, green,blue" | split(",")`, Result: []any{"red", "green", "blue"}},
			eval: split},
		{Function: Function{Name: "join", Group: group, Summary: "Makes one text of a list.",
			Args: args("list", "separator:text?"), Example: `["red", "green"] | join(", ")`, Result: "red, green"},
			eval: join},
		{Function: Function{Name: "replace", Group: group, Summary: "Replaces every occurrence of one text by another.",
			Args: args("text", "old:text", "new:text"), Example: `"a-b-c" | replace("-", " ")`, Result: "a b c"},
			eval: replace},
		{Function: Function{Name: "replace_pattern", Group: group, Summary: "Replaces every match of a regular expression; $1 is its first group.",
			Args: args("text", "pattern:text", "new:text"), Example: `"+49 (89) 123" | replace_pattern("[^0-9]", "")`, Result: "4989123"},
			eval: func(c call) (any, error) {
				p, err := c.r.pattern(c.at(1))
				if err != nil {
					return nil, err
				}
				return c.r.replacePattern(c.text(0), p, c.text(2))
			}},
		{Function: Function{Name: "extract", Group: group, Summary: "The first match of a regular expression, or of its first group.",
			Args: args("text", "pattern:text"), Example: `"Order #1042 paid" | extract("#([0-9]+)")`, Result: "1042"},
			eval: func(c call) (any, error) {
				p, err := c.r.pattern(c.at(1))
				if err != nil {
					return nil, err
				}
				return c.r.extract(c.text(0), p)
			}},
		{Function: Function{Name: "starts_with", Group: group, Summary: "Whether text starts with another.", Aliases: []string{"hasPrefix"},
			Args: args("text", "start:text"), Example: `"INV-7" | starts_with("INV")`, Result: true},
			eval: func(c call) (any, error) { return strings.HasPrefix(c.text(0), c.text(1)), nil }},
		{Function: Function{Name: "ends_with", Group: group, Summary: "Whether text ends with another.", Aliases: []string{"hasSuffix"},
			Args: args("text", "end:text"), Example: `"ada@example.com" | ends_with("example.com")`, Result: true},
			eval: func(c call) (any, error) { return strings.HasSuffix(c.text(0), c.text(1)), nil }},
		{Function: Function{Name: "includes", Group: group, Summary: "Whether a text, list or object has a text, entry or name in it.",
			Args: args("in:any", "what:any"), Example: `["vip", "new"] | includes("vip")`, Result: true},
			takesNil: true, eval: func(c call) (any, error) { return c.r.contains(c.at(0), c.at(1)) }},
		{Function: Function{Name: "text_before", Group: group, Summary: "What stands before the first occurrence of a marker; all of it without one.",
			Args: args("text", "marker:text"), Example: `"ada@example.com" | text_before("@")`, Result: "ada"},
			eval: func(c call) (any, error) {
				before, _, _ := strings.Cut(c.text(0), c.text(1))
				return before, nil
			}},
		{Function: Function{Name: "text_after", Group: group, Summary: "What stands after the first occurrence of a marker; nothing without one.",
			Args: args("text", "marker:text"), Example: `"ada@example.com" | text_after("@")`, Result: "example.com"},
			eval: func(c call) (any, error) {
				if _, after, found := strings.Cut(c.text(0), c.text(1)); found {
					return after, nil
				}
				return nil, nil
			}},
		{Function: Function{Name: "left", Group: group, Summary: "The first characters.",
			Args: args("text", "count:number"), Example: `"Lovelace" | left(4)`, Result: "Love"}, eval: left},
		{Function: Function{Name: "right", Group: group, Summary: "The last characters.",
			Args: args("text", "count:number"), Example: `"4242424242424242" | right(4)`, Result: "4242"}, eval: right},
		{Function: Function{Name: "truncate", Group: group, Summary: "Cuts text to a length, with … (or another end) counted in.",
			Args: args("text", "length:number", "end:text?"), Example: `"A very long title" | truncate(7)`, Result: "A very…"}, eval: truncate},
		{Function: Function{Name: "pad_start", Group: group, Summary: "Fills up on the left to a length, with zeros or another text.",
			Args: args("text", "length:number", "fill:text?"), Example: `7 | pad_start(3)`, Result: "007"}, eval: padStart},
		{Function: Function{Name: "repeat", Group: group, Summary: "The same text several times.",
			Args: args("text", "count:number"), Example: `"ab" | repeat(3)`, Result: "ababab"}, eval: repeat},
		{Function: Function{Name: "length", Group: group, Summary: "How many characters or entries there are.", Aliases: []string{"len"},
			Args: args("of:any"), Example: `"Ada" | length()`, Result: 3}, takesNil: true, eval: length},
		{Function: Function{Name: "index_of", Group: group, Summary: "Where a text first occurs, counted from 0; -1 if nowhere.", Aliases: []string{"indexOf"},
			Args: args("text", "what:text"), Example: `"Ada" | index_of("d")`, Result: 1},
			eval: func(c call) (any, error) {
				at := strings.Index(c.text(0), c.text(1))
				if at < 0 {
					return -1, nil
				}
				return utf8.RuneCountInString(c.text(0)[:at]), nil
			}},
		{Function: Function{Name: "slug", Group: group, Summary: "Small letters, digits and dashes for use in addresses.",
			Args: args("text"), Example: `"Crème brûlée & Söhne!" | slug()`, Result: "creme-brulee-sohne"},
			cost: 20, eval: func(c call) (any, error) { return c.made(slug(firstCharacters(c.text(0), maxSlug))) }},
		{Function: Function{Name: "strip_html", Group: group, Summary: "The readable text of HTML.",
			Args: args("text"), Example: `"<p>Hello <b>Ada</b></p><p>Bye &amp; thanks</p>" | strip_html()`, Result: "Hello Ada\nBye & thanks"},
			eval: stripHTML},
		{Function: Function{Name: "text", Group: group, Summary: "Any value as text.", Aliases: []string{"string"},
			Args: args("value:any"), Example: `49 | text()`, Result: "49"},
			eval: func(c call) (any, error) { return c.r.textOf(c.at(0)) }},
	}
}

func titleCase(text string) string {
	var out strings.Builder
	start := true
	for _, c := range strings.ToLower(text) {
		if start {
			out.WriteRune(unicode.ToTitle(c))
		} else {
			out.WriteRune(c)
		}
		start = !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) && c != '\'' && c != '’'
	}
	return out.String()
}

func capitalize(text string) string {
	first, width := utf8.DecodeRuneInString(text)
	if width == 0 || first == utf8.RuneError {
		return text
	}
	return string(unicode.ToTitle(first)) + text[width:]
}

func split(c call) (any, error) {
	text, separator := c.text(0), ","
	if len(c.a) > 1 {
		separator = c.text(1)
	}
	if text == "" {
		return []any{}, nil
	}
	n := strings.Count(text, separator) + 1
	if err := c.r.growList(n); err != nil {
		return nil, err
	}
	if err := c.r.work(n); err != nil {
		return nil, err
	}
	parts := make([]any, 0, n)
	for part := range strings.SplitSeq(text, separator) {
		if separator != "" && strings.TrimSpace(separator) != "" {
			part = strings.TrimSpace(part)
		}
		parts = append(parts, part)
	}
	return parts, nil
}

func join(c call) (any, error) {
	list, separator := c.list(0), ", "
	if len(c.a) > 1 {
		separator = c.text(1)
	}
	texts := make([]string, 0, min(len(list), maxRange))
	size := 0
	for _, e := range list {
		text, err := c.r.textOf(e)
		if err != nil {
			return nil, err
		}
		size += len(text) + len(separator)
		if size > c.r.built {
			return nil, c.r.grow(size)
		}
		if err := c.r.work(1 + len(text)/bytesAStep); err != nil {
			return nil, err
		}
		texts = append(texts, text)
	}
	if err := c.r.grow(size); err != nil {
		return nil, err
	}
	if err := c.r.read(size); err != nil {
		return nil, err
	}
	return strings.Join(texts, separator), nil
}

func replace(c call) (any, error) {
	text, old, with := c.text(0), c.text(1), c.text(2)
	if old == "" {
		return text, nil
	}
	n := strings.Count(text, old)
	if n == 0 {
		return text, nil
	}
	size := len(text) + n*(len(with)-len(old))
	if err := c.r.grow(size); err != nil {
		return nil, err
	}
	if err := c.r.work(n/8 + size/bytesAStep); err != nil {
		return nil, err
	}
	return strings.ReplaceAll(text, old, with), nil
}

func left(c call) (any, error) {
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	return firstCharacters(c.text(0), n), nil
}

// firstCharacters cuts without copying.
func firstCharacters(text string, n int) string {
	for i := range text {
		if n <= 0 {
			return text[:i]
		}
		n--
	}
	return text
}

func right(c call) (any, error) {
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	text := c.text(0)
	at := len(text)
	for ; n > 0 && at > 0; n-- {
		_, width := utf8.DecodeLastRuneInString(text[:at])
		at -= width
	}
	return text[at:], nil
}

func truncate(c call) (any, error) {
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	text, end := c.text(0), "…"
	if len(c.a) > 2 {
		end = c.text(2)
	}
	if n < 0 || utf8.RuneCountInString(text) <= n {
		return text, nil
	}
	end = firstCharacters(end, n)
	return c.made(firstCharacters(text, n-utf8.RuneCountInString(end)) + end)
}

func padStart(c call) (any, error) {
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	text, fill := c.text(0), "0"
	if c.has(2) {
		fill = c.text(2)
	}
	lacking := n - utf8.RuneCountInString(text)
	if lacking <= 0 || fill == "" {
		return text, nil
	}
	if lacking > 1000 {
		return nil, c.failf("fills up to 1,000 characters")
	}
	return c.made(firstCharacters(strings.Repeat(fill, lacking), lacking) + text)
}

func repeat(c call) (any, error) {
	n, err := c.whole()
	if err != nil {
		return nil, err
	}
	text := c.text(0)
	if n <= 0 || text == "" {
		return "", nil
	}
	if n > MaxBuilt {
		return nil, c.r.grow(n)
	}
	if err := c.r.grow(n * len(text)); err != nil {
		return nil, err
	}
	if err := c.r.read(n * len(text)); err != nil {
		return nil, err
	}
	return strings.Repeat(text, n), nil
}

func length(c call) (any, error) {
	switch x := c.at(0).(type) {
	case nil:
		return 0, nil
	case string:
		return utf8.RuneCountInString(x), c.r.read(len(x))
	case []any:
		return len(x), nil
	case map[string]any:
		return len(x), nil
	}
	return utf8.RuneCountInString(Text(c.at(0))), nil
}

// apart are letters that do not come apart into a base letter and a mark.
var apart = strings.NewReplacer("ß", "ss", "æ", "ae", "ø", "o", "œ", "oe", "ł", "l", "đ", "d", "þ", "th", "ı", "i", "'", "", "’", "")

// maxSlug is how many characters a slug is made of.
const maxSlug = 1000

func slug(text string) string {
	marks := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	plain, _, err := transform.String(marks, apart.Replace(strings.ToLower(text)))
	if err != nil {
		plain = strings.ToLower(text)
	}
	var out strings.Builder
	dash := false
	for _, c := range plain {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			dash = out.Len() > 0
			continue
		}
		if dash {
			out.WriteByte('-')
			dash = false
		}
		out.WriteRune(c)
	}
	return out.String()
}
