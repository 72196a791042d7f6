package mapping

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/go-playground/locales"
)

// dateReader collects what a pattern finds in a text.
type dateReader struct {
	text                                     string
	year, month, day, hour, minute, sec, nan int
	afternoon, twelve, timed                 bool
	zone                                     *time.Location
	unix                                     *moment
	names                                    []locales.Translator
}

// parseDate reads text by a pattern; blanks at the ends do not matter. Text
// without a zone is in zone, and a pattern without a time makes a day.
func parseDate(text, pattern, base string, zone *time.Location) (moment, bool) {
	d := &dateReader{text: strings.TrimSpace(text), year: 1970, month: 1, day: 1, zone: zone,
		names: []locales.Translator{calendarFor(base), calendarFor("en")}}
	for _, p := range datePieces(strings.TrimSpace(pattern)) {
		var ok bool
		if p.token {
			ok = d.token(p.text)
		} else {
			d.text, ok = strings.CutPrefix(d.text, p.text)
		}
		if !ok {
			return moment{}, false
		}
	}
	if d.text != "" {
		return moment{}, false
	}
	if d.unix != nil {
		return *d.unix, true
	}
	return d.moment()
}

func (d *dateReader) moment() (moment, bool) {
	if d.twelve {
		if d.hour < 1 || d.hour > 12 {
			return moment{}, false
		}
		d.hour %= 12
		if d.afternoon {
			d.hour += 12
		}
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.minute, d.sec, d.nan, d.zone)
	same := t.Day() == d.day && int(t.Month()) == d.month && d.hour < 24 && d.minute < 60 && d.sec < 60
	return moment{time: t, dayOnly: !d.timed}, same
}

func (d *dateReader) token(token string) bool {
	switch token {
	case "YYYY", "yyyy":
		return d.digits(4, 4, &d.year)
	case "YY", "yy":
		ok := d.digits(2, 2, &d.year)
		// The POSIX pivot: 69 to 99 are the last century.
		if d.year += 1900; d.year < 1969 {
			d.year += 100
		}
		return ok
	case "MMMM", "MMM":
		return d.monthName()
	case "MM", "M":
		return d.digits(len(token), 2, &d.month)
	case "DD", "D":
		return d.digits(len(token), 2, &d.day)
	case "Do":
		ok := d.digits(1, 2, &d.day)
		d.text = strings.TrimLeftFunc(d.text, unicode.IsLetter)
		return ok
	case "dddd", "ddd", "dd":
		rest := strings.TrimLeftFunc(d.text, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsMark(c) || c == '.' || c == '-' })
		ok := rest != d.text
		d.text = rest
		return ok
	}
	d.timed = true
	return d.timeToken(token)
}

func (d *dateReader) timeToken(token string) bool {
	switch token {
	case "HH", "H":
		return d.digits(len(token), 2, &d.hour)
	case "hh", "h":
		d.twelve = true
		return d.digits(len(token), 2, &d.hour)
	case "mm", "m":
		return d.digits(len(token), 2, &d.minute)
	case "ss", "s":
		return d.digits(len(token), 2, &d.sec)
	case "S", "SS", "SSS", "SSSSSS":
		return d.fraction()
	case "A", "a":
		return d.half()
	case "Z", "ZZ":
		return d.offset()
	case "X", "x":
		return d.unixTime(token)
	}
	return false
}

// digits reads at least least and at most most digits.
func (d *dateReader) digits(least, most int, into *int) bool {
	n := 0
	for n < most && n < len(d.text) && d.text[n] >= '0' && d.text[n] <= '9' {
		n++
	}
	if n < least {
		return false
	}
	v, err := strconv.Atoi(d.text[:n])
	*into, d.text = v, d.text[n:]
	return err == nil
}

func (d *dateReader) fraction() bool {
	rest := strings.TrimLeft(d.text, "0123456789")
	n := len(d.text) - len(rest)
	if n == 0 || n > 9 {
		return false
	}
	v, err := strconv.Atoi((d.text[:n] + "000000000")[:9])
	d.nan, d.text = v, rest
	return err == nil
}

func (d *dateReader) half() bool {
	if len(d.text) < 2 {
		return false
	}
	half := strings.ToLower(d.text[:2])
	d.afternoon, d.text = half == "pm", d.text[2:]
	return half == "am" || half == "pm"
}

// offset reads Z, +02:00 or +0200.
func (d *dateReader) offset() bool {
	for _, layout := range []string{"Z07:00", "Z0700"} {
		for _, n := range []int{1, 6, 5} {
			if n > len(d.text) {
				continue
			}
			if t, err := time.Parse(layout, d.text[:n]); err == nil {
				_, seconds := t.Zone()
				d.zone, d.text = time.FixedZone("", seconds), d.text[n:]
				return true
			}
		}
	}
	return false
}

func (d *dateReader) unixTime(token string) bool {
	rest := strings.TrimLeft(d.text, "0123456789")
	n, err := strconv.ParseInt(d.text[:len(d.text)-len(rest)], 10, 64)
	if err != nil || n > 1e15 {
		return false
	}
	t := time.UnixMilli(n)
	if token == "X" {
		t = time.Unix(n, 0)
	}
	d.unix, d.text = &moment{time: t.In(d.zone)}, rest
	return yearInRange(t)
}

// monthName reads a name in the language of the run or in English, long or short.
func (d *dateReader) monthName() bool {
	for _, names := range d.names {
		for _, list := range [][]string{names.MonthsWide(), names.MonthsAbbreviated()} {
			for i, name := range list {
				name = strings.TrimSuffix(name, ".")
				if len(d.text) >= len(name) && name != "" && strings.EqualFold(d.text[:len(name)], name) {
					d.month, d.text = i+1, strings.TrimPrefix(d.text[len(name):], ".")
					return true
				}
			}
		}
	}
	return false
}
