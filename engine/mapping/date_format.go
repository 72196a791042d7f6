package mapping

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/cs"
	"github.com/go-playground/locales/da"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/el"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/he"
	"github.com/go-playground/locales/hi"
	"github.com/go-playground/locales/hu"
	"github.com/go-playground/locales/id"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/ja"
	"github.com/go-playground/locales/ko"
	"github.com/go-playground/locales/nb"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/ro"
	"github.com/go-playground/locales/ru"
	"github.com/go-playground/locales/sk"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/th"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/uk"
	"github.com/go-playground/locales/vi"
	"github.com/go-playground/locales/zh"
)

// calendars name months and days in the languages of the field; every other
// language is written in English. They are large, hence made on first use.
var calendars = map[string]func() locales.Translator{}

func init() {
	for base, load := range map[string]func() locales.Translator{
		"ar": ar.New, "cs": cs.New, "da": da.New, "de": de.New, "el": el.New, "en": en.New, "es": es.New, "fi": fi.New,
		"fr": fr.New, "he": he.New, "hi": hi.New, "hu": hu.New, "id": id.New, "it": it.New, "ja": ja.New, "ko": ko.New,
		"nb": nb.New, "no": nb.New, "nl": nl.New, "pl": pl.New, "pt": pt.New, "ro": ro.New, "ru": ru.New, "sk": sk.New,
		"sv": sv.New, "th": th.New, "tr": tr.New, "uk": uk.New, "vi": vi.New, "zh": zh.New,
	} {
		calendars[base] = sync.OnceValue(load)
	}
}

func calendarFor(base string) locales.Translator {
	if load, ok := calendars[base]; ok {
		return load()
	}
	return calendars["en"]()
}

// dateTokens are the tokens of a date pattern, as Moment.js and Day.js have
// them; a longer token stands before its beginnings.
var dateTokens = []string{
	"YYYY", "YY", "yyyy", "yy", "Qo", "Q", "MMMM", "MMM", "MM", "Mo", "M", "DDDD", "DDD", "DD", "Do", "D",
	"dddd", "ddd", "dd", "d", "E", "GGGG", "WW", "W", "HH", "H", "hh", "h", "kk", "k", "mm", "m",
	"SSSSSS", "SSS", "SS", "S", "ss", "s", "A", "a", "ZZ", "Z", "z", "X", "x",
}

// maxDatePattern bounds patterns, which may come from a payload.
const maxDatePattern = 200

// piece is one token of a pattern, or text between tokens.
type piece struct {
	text  string
	token bool
}

// datePieces cuts a pattern: [text] in brackets and characters that start no
// token are taken as they are.
func datePieces(pattern string) []piece {
	var pieces []piece
	literal := func(text string) {
		if n := len(pieces); n > 0 && !pieces[n-1].token {
			pieces[n-1].text += text
			return
		}
		pieces = append(pieces, piece{text: text})
	}
next:
	for pattern != "" {
		if pattern[0] == '[' {
			if end := strings.IndexByte(pattern, ']'); end > 0 {
				literal(pattern[1:end])
				pattern = pattern[end+1:]
				continue
			}
		}
		for _, token := range dateTokens {
			if strings.HasPrefix(pattern, token) {
				pieces = append(pieces, piece{text: token, token: true})
				pattern = pattern[len(token):]
				continue next
			}
		}
		_, width := utf8.DecodeRuneInString(pattern)
		literal(pattern[:width])
		pattern = pattern[width:]
	}
	return pieces
}

// formatDate writes t by a pattern in a language.
func formatDate(t time.Time, pattern, base string) string {
	var out strings.Builder
	names := calendarFor(base)
	for _, p := range datePieces(pattern) {
		if !p.token {
			out.WriteString(p.text)
			continue
		}
		out.WriteString(formatToken(t, p.text, names))
	}
	return out.String()
}

func formatToken(t time.Time, token string, names locales.Translator) string {
	year, week := t.ISOWeek()
	switch token {
	case "YYYY", "yyyy":
		return fmt.Sprintf("%04d", t.Year())
	case "YY", "yy":
		return fmt.Sprintf("%02d", t.Year()%100)
	case "GGGG":
		return fmt.Sprintf("%04d", year)
	case "Q", "Qo":
		return ordinal((int(t.Month())+2)/3, token == "Qo")
	case "MMMM":
		return names.MonthWide(t.Month())
	case "MMM":
		return names.MonthAbbreviated(t.Month())
	case "MM", "M", "Mo":
		return counted(int(t.Month()), token)
	case "DDDD", "DDD":
		return padded(t.YearDay(), 3*(len(token)-3))
	case "DD", "D", "Do":
		return counted(t.Day(), token)
	case "dddd":
		return names.WeekdayWide(t.Weekday())
	case "ddd":
		return names.WeekdayAbbreviated(t.Weekday())
	case "dd":
		return names.WeekdayShort(t.Weekday())
	case "d":
		return strconv.Itoa(int(t.Weekday()))
	case "E":
		return strconv.Itoa((int(t.Weekday())+6)%7 + 1)
	case "WW", "W":
		return counted(week, token)
	}
	return formatTimeToken(t, token)
}

func formatTimeToken(t time.Time, token string) string {
	switch token {
	case "HH", "H":
		return counted(t.Hour(), token)
	case "hh", "h":
		return counted((t.Hour()+11)%12+1, token)
	case "kk", "k":
		return counted((t.Hour()+23)%24+1, token)
	case "mm", "m":
		return counted(t.Minute(), token)
	case "ss", "s":
		return counted(t.Second(), token)
	case "S", "SS", "SSS", "SSSSSS":
		return fmt.Sprintf("%09d", t.Nanosecond())[:len(token)]
	case "A":
		return t.Format("PM")
	case "a":
		return t.Format("pm")
	case "Z":
		return t.Format("-07:00")
	case "ZZ":
		return t.Format("-0700")
	case "z":
		return t.Format("MST")
	case "X":
		return strconv.FormatInt(t.Unix(), 10)
	case "x":
		return strconv.FormatInt(t.UnixMilli(), 10)
	}
	return token
}

// counted writes a number as its token asks: two digits for a doubled letter,
// an ordinal for one with o.
func counted(n int, token string) string {
	if strings.HasSuffix(token, "o") {
		return ordinal(n, true)
	}
	return padded(n, 2*(len(token)-1))
}

func padded(n, width int) string {
	return fmt.Sprintf("%0*d", max(width, 1), n)
}

func ordinal(n int, suffix bool) string {
	text := strconv.Itoa(n)
	switch {
	case !suffix:
		return text
	case n%100 >= 11 && n%100 <= 13:
		return text + "th"
	case n%10 == 1:
		return text + "st"
	case n%10 == 2:
		return text + "nd"
	case n%10 == 3:
		return text + "rd"
	}
	return text + "th"
}
