package mapping

import (
	"net/mail"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

func personFunctions() []function {
	const group = "People"
	return []function{
		{Function: Function{Name: "phone", Group: group, Summary: "A phone number as +491711234567 (E.164); nothing when it is none. Numbers without + are of the given country, or that of the workspace.",
			Args: args("number:text", "country:text?"), Example: `"(415) 555-2671" | phone("US")`, Result: "+14155552671"},
			// The first number of a country compiles its patterns.
			cost: 2000, eval: phone},
		{Function: Function{Name: "email", Group: group, Summary: "An e-mail address in small letters without name and blanks; nothing when it is none.",
			Args: args("text"), Example: `" Ada Lovelace <Ada@Example.com> " | email()`, Result: "ada@example.com"},
			cost: 20, eval: func(c call) (any, error) {
				if strings.TrimSpace(shorten(c.text(0), maxAddress)) == "" {
					return nil, nil
				}
				address, ok := normalEmail(c.text(0))
				if !ok {
					return c.noteNothing("%s is no e-mail address", show(c.at(0)))
				}
				return address, nil
			}},
		{Function: Function{Name: "extract_email", Group: group, Summary: "The first e-mail address in a text.",
			Args: args("text"), Example: `"Write to Ada@Example.com, please" | extract_email()`, Result: "ada@example.com"}, eval: extractEmail},
		{Function: Function{Name: "domain", Group: group, Summary: "The domain of an e-mail address or a web address.",
			Args: args("text"), Example: `"https://www.example.com/pricing" | domain()`, Result: "example.com"}, eval: domain},
		{Function: Function{Name: "first_name", Group: group, Summary: "The first name in a full name.",
			Args: args("name:text"), Example: `"Dr. Ada Lovelace" | first_name()`, Result: "Ada"},
			eval: func(c call) (any, error) {
				first, _ := splitName(c.text(0))
				return blankToNil(first), nil
			}},
		{Function: Function{Name: "last_name", Group: group, Summary: "The last name in a full name: all after the first.",
			Args: args("name:text"), Example: `"Ludwig van Beethoven" | last_name()`, Result: "van Beethoven"},
			eval: func(c call) (any, error) {
				_, last := splitName(c.text(0))
				return blankToNil(last), nil
			}},
		{Function: Function{Name: "split_name", Group: group, Summary: "A full name as {first, last}.",
			Args: args("name:text"), Example: `"Lovelace, Ada" | split_name()`, Result: map[string]any{"first": "Ada", "last": "Lovelace"}},
			eval: func(c call) (any, error) {
				first, last := splitName(c.text(0))
				return map[string]any{"first": blankToNil(first), "last": blankToNil(last)}, nil
			}},
	}
}

func blankToNil(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// maxAddress bounds names and addresses: 254 is the longest e-mail address,
// with room for a name before it.
const maxAddress = 600

func phone(c call) (any, error) {
	text := strings.TrimSpace(shorten(c.text(0), 100))
	if text == "" {
		return nil, nil
	}
	country := strings.ToUpper(strings.TrimSpace(c.text(1)))
	if country == "" {
		country = strings.ToUpper(c.r.country())
	}
	if strings.HasPrefix(text, "00") && country != "US" && country != "CA" {
		text = "+" + text[2:]
	}
	number, err := phonenumbers.Parse(text, country)
	if err != nil || !phonenumbers.IsPossibleNumber(number) {
		if country == "" && !strings.HasPrefix(text, "+") {
			return c.noteNothing("%s has no country; write phone(\"US\") or set a country for the workspace", show(text))
		}
		return c.noteNothing("%s is no phone number", show(text))
	}
	return phonenumbers.Format(number, phonenumbers.E164), nil
}

// normalEmail accepts a bare address, one with a name, and a mailto: link.
func normalEmail(text string) (string, bool) {
	text = strings.TrimSpace(text)
	if len(text) > maxAddress {
		return "", false
	}
	if len(text) > 7 && strings.EqualFold(text[:7], "mailto:") {
		text, _, _ = strings.Cut(text[7:], "?")
	}
	parsed, err := mail.ParseAddress(text)
	if err != nil {
		return "", false
	}
	address := strings.ToLower(parsed.Address)
	at := strings.LastIndexByte(address, '@')
	host := address[at+1:]
	if len(address) > 254 || at > 64 || !strings.Contains(host, ".") || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") {
		return "", false
	}
	if strings.ContainsFunc(host, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '.' && r != '-'
	}) {
		return "", false
	}
	return address, true
}

func extractEmail(c call) (any, error) {
	text := c.text(0)
	for offset := 0; ; {
		at := strings.IndexByte(text[offset:], '@')
		if at < 0 {
			return nil, nil
		}
		at += offset
		start := strings.LastIndexFunc(text[max(0, at-64):at], notAddress) + 1 + max(0, at-64)
		end := at + 1
		rest := text[end:min(len(text), end+255)]
		if stop := strings.IndexFunc(rest, notAddress); stop >= 0 {
			rest = rest[:stop]
		}
		if err := c.r.work(5); err != nil {
			return nil, err
		}
		if address, ok := normalEmail(strings.Trim(text[start:end]+rest, ".-")); ok {
			return address, nil
		}
		offset = end
	}
}

func notAddress(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_+%'", r)
}

func domain(c call) (any, error) {
	text := strings.ToLower(strings.TrimSpace(shorten(c.text(0), 2000)))
	if _, after, found := strings.Cut(text, "://"); found {
		text = after
	}
	text, _, _ = strings.Cut(text, "/")
	text, _, _ = strings.Cut(text, "?")
	if at := strings.LastIndexByte(text, '@'); at >= 0 {
		text = text[at+1:]
	}
	text, _, _ = strings.Cut(text, ":")
	text = strings.Trim(strings.TrimPrefix(text, "www."), "<> .")
	if !strings.Contains(text, ".") {
		return nil, nil
	}
	return text, nil
}

// nameTitles and nameSuffixes are no part of a first or last name.
var (
	nameTitles   = map[string]bool{"mr": true, "mrs": true, "ms": true, "miss": true, "dr": true, "prof": true, "sir": true, "herr": true, "frau": true, "mme": true}
	nameSuffixes = map[string]bool{"jr": true, "sr": true, "ii": true, "iii": true, "iv": true, "phd": true, "md": true}
)

// splitName takes the first word as the first name and the rest as the last;
// "Lovelace, Ada" is read the other way round.
func splitName(name string) (first, last string) {
	words := strings.Fields(shorten(name, maxAddress))
	bare := func(word string) string {
		return strings.ToLower(strings.NewReplacer(".", "", ",", "").Replace(word))
	}
	for len(words) > 1 && nameTitles[bare(words[0])] {
		words = words[1:]
	}
	for len(words) > 1 && nameSuffixes[bare(words[len(words)-1])] {
		words = words[:len(words)-1]
		words[len(words)-1] = strings.TrimSuffix(words[len(words)-1], ",")
	}
	if before, after, found := strings.Cut(strings.Join(words, " "), ", "); found {
		return strings.TrimSpace(after), strings.TrimSpace(before)
	}
	if len(words) == 0 {
		return "", ""
	}
	return words[0], strings.Join(words[1:], " ")
}
