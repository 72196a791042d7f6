package mapping

import (
	"strings"
	"unicode"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// locale is how one language and region write numbers and money. It is learned
// once from the CLDR tables of golang.org/x/text, whose printers take float64
// only and are slow; digits are then placed by this package, exactly.
type locale struct {
	tag      language.Tag
	base     string // the language, as in "de"
	decimal  string
	group    string
	minus    string
	zero     rune   // the digit 0; the other nine follow
	primary  int    // digits in the last group; 0 writes no groups
	further  int    // digits in all groups before
	behind   bool   // the symbol of a currency stands behind the number
	currency string // what stands between the symbol and the number
}

var localeCache = mustCache[string, *locale](64)

// localeFor never fails: an unknown tag writes as English does.
func localeFor(tag string) *locale {
	if l, ok := localeCache.Get(tag); ok {
		return l
	}
	l := learnLocale(shorten(tag, 40))
	localeCache.Add(tag, l)
	return l
}

func learnLocale(text string) *locale {
	tag, err := language.Parse(text)
	if err != nil {
		tag = language.English
	}
	base, _ := tag.Base()
	region, _ := tag.Region()
	l := &locale{tag: tag, base: base.String()}
	printer := message.NewPrinter(tag)
	l.learnDigits(printer.Sprint(number.Decimal(-1234567890.5, number.Scale(1))))
	l.behind = symbolBehind(l.base, region.String())
	l.currency = symbolSpacing(l.base, region.String(), l.behind)
	return l
}

// learnDigits takes the sample -1234567890.5 apart.
func (l *locale) learnDigits(sample string) {
	var digits []int     // how many stand together
	var between []string // what stands between them
	gap, started := "", false
	for _, c := range sample {
		if !unicode.IsDigit(c) {
			gap += string(c)
			continue
		}
		switch {
		case !started:
			l.minus, l.zero, started = gap, c-1, true
			digits = append(digits, 0)
		case gap != "":
			between = append(between, gap)
			digits = append(digits, 0)
		}
		gap = ""
		digits[len(digits)-1]++
	}
	n := len(digits)
	l.decimal = between[n-2]
	if n >= 4 {
		l.group, l.primary, l.further = between[0], digits[n-2], digits[n-3]
	}
}

// symbolBehind follows the standard currency patterns of CLDR.
func symbolBehind(base, region string) bool {
	switch base {
	case "de":
		return region != "AT" && region != "CH" && region != "LI"
	case "pt":
		return region == "PT"
	case "es":
		return region == "ES"
	case "bg", "ca", "cs", "da", "el", "et", "eu", "fi", "fr", "gl", "he", "hr", "hu", "hy", "is", "it", "ka", "kk",
		"lt", "lv", "mk", "nb", "nn", "no", "pl", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "uk", "uz", "vi":
		return true
	}
	return false
}

// symbolSpacing is what stands between the symbol and the number.
func symbolSpacing(base, region string, behind bool) string {
	const space = "\u00a0"
	switch {
	case behind, base == "nl", base == "pt", base == "de":
		return space
	case base == "es" && (region == "AR" || region == "UY" || region == "PY" || region == "CR"):
		return space
	}
	return ""
}

// write places digits: plain is a decimal number like -1234.50.
func (l *locale) write(plain string) string {
	digits, negative := strings.CutPrefix(plain, "-")
	whole, fraction, _ := strings.Cut(digits, ".")
	var out strings.Builder
	if negative {
		out.WriteString(l.minus)
	}
	for i, c := range whole {
		if i > 0 && l.groupEnds(len(whole)-i) {
			out.WriteString(l.group)
		}
		out.WriteRune(l.zero + c - '0')
	}
	if fraction != "" {
		out.WriteString(l.decimal)
		for _, c := range fraction {
			out.WriteRune(l.zero + c - '0')
		}
	}
	return out.String()
}

// groupEnds reports whether a separator stands before the last left digits.
func (l *locale) groupEnds(left int) bool {
	return l.primary > 0 && left >= l.primary && (left-l.primary)%l.further == 0
}

// money writes an amount with the symbol that the language uses for a currency.
func (l *locale) money(plain string, unit currency.Unit) string {
	symbol := message.NewPrinter(l.tag).Sprint(currency.Symbol(unit))
	amount := l.write(strings.TrimPrefix(plain, "-"))
	space := l.currency
	if space == "" && symbol == unit.String() {
		space = "\u00a0" // a code is kept apart from the digits everywhere
	}
	if l.behind {
		amount += space + symbol
	} else {
		amount = symbol + space + amount
	}
	if strings.HasPrefix(plain, "-") {
		return l.minus + amount
	}
	return amount
}
