package mapping

import (
	"strings"

	"golang.org/x/text/currency"
)

// readNumber reads a number as people write it: with a currency, with groups,
// with a comma or a point. Of two different separators the last is the decimal
// one; a single one before exactly three digits is what the locale says.
func readNumber(text string, l *locale) (any, bool) {
	if n, ok := numberInText(text); ok {
		return n, true
	}
	if len(text) > 100 {
		return nil, false
	}
	plain, ok := bareDigits(text)
	if !ok {
		return nil, false
	}
	point, comma := strings.LastIndexByte(plain, '.'), strings.LastIndexByte(plain, ',')
	mark := ""
	switch {
	case point >= 0 && comma >= 0:
		mark = plain[max(point, comma) : max(point, comma)+1]
	case point >= 0 || comma >= 0:
		at := max(point, comma)
		mark = plain[at : at+1]
		grouping := strings.Count(plain, mark) > 1
		if len(plain)-at-1 == 3 && mark != l.decimal {
			grouping = true
		}
		if grouping {
			mark = ""
		}
	}
	whole, fraction := plain, ""
	if mark != "" {
		at := strings.LastIndex(plain, mark)
		whole, fraction = plain[:at], "."+plain[at+1:]
	}
	whole = strings.NewReplacer(".", "", ",", "").Replace(whole)
	return numberInText(whole + strings.TrimSuffix(fraction, "."))
}

// bareDigits drops blanks, apostrophes, one currency before or behind, and a
// percent sign; every other letter makes it no number.
func bareDigits(text string) (string, bool) {
	text = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "'", "", "’", "", "−", "-").Replace(strings.TrimSpace(text))
	negative := strings.HasPrefix(text, "-")
	text = strings.TrimPrefix(text, "-")
	isMark := func(c rune) bool { return c < '0' || c > '9' }
	front := strings.IndexFunc(text, func(c rune) bool { return !isMark(c) })
	if front < 0 {
		return "", false
	}
	end := strings.LastIndexFunc(text, func(c rune) bool { return !isMark(c) }) + 1
	if !currencyMark(text[:front], &negative) || !currencyMark(text[end:], &negative) {
		return "", false
	}
	digits := text[front:end]
	if strings.Trim(digits, "0123456789.,") != "" {
		return "", false
	}
	if negative {
		digits = "-" + digits
	}
	return digits, true
}

// currencyMark accepts what may stand beside the digits of an amount.
func currencyMark(mark string, negative *bool) bool {
	if rest, found := strings.CutSuffix(mark, "-"); found && !*negative {
		*negative, mark = true, rest
	}
	mark = strings.Trim(mark, ".")
	if mark == "" || mark == "%" {
		return true
	}
	if _, err := currency.ParseISO(mark); err == nil {
		return true
	}
	switch strings.ToLower(mark) {
	case "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₪", "₫", "฿", "zł", "kr", "kč", "ft", "lei", "r$", "us$", "a$", "au$", "c$", "ca$", "nz$", "hk$", "s$", "fr", "chf", "dm":
		return true
	}
	return false
}
