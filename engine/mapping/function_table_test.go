package mapping

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// note marks a result of nothing that is explained.
type note string

func TestFunctionsGive(t *testing.T) {
	s := scopeFrom(t, `{"workspace": {"timezone": "America/New_York", "locale": "en-US", "default_country": "DE", "currency": "EUR"},
		"trigger": {"body": {"big": 820982911946154508123456789012, "list": ["b", "A", 3, 1.5, null, true, {"a": 1}]}}}`)
	for _, c := range []struct {
		source string
		want   any
	}{
		// Text.
		{`nil | upper()`, nil},
		{`5 | upper()`, "5"},
		{`[1] | upper()`, failure(CodeWrongType)},
		{`"straße" | upper()`, "STRAßE"},
		{`"" | capitalize()`, ""},
		{`"élan vital" | capitalize()`, "Élan vital"},
		{`"MARY-JANE o’neil 3rd" | title()`, "Mary-Jane O’neil 3rd"},
		{`"--x--" | trim("-")`, "x"},
		{`"a b  c" | split(" ")`, []any{"a", "b", "", "c"}},
		{`"añb" | split("")`, []any{"a", "ñ", "b"}},
		{`"" | split(",")`, []any{}},
		{`["a", 1, nil, {b: 2}] | join("-")`, `a-1--{"b":2}`},
		{`"text" | join()`, failure(CodeWrongType)},
		{`"aaa" | replace("", "x")`, "aaa"},
		{`"baaac" | replace_pattern("a*", "x")`, "xbxcx"},
		{`"aaa" | replace_pattern("^a", "x")`, "xaa"},
		{`"a1b22" | replace_pattern("([0-9]+)", "<$1>")`, "a<1>b<22>"},
		{`"foo bar" | replace_pattern("\\b", "|")`, "|foo| |bar|"},
		{`"héé" | replace_pattern("é", "e")`, "hee"},
		{`"abc" | replace_pattern("x", "y")`, "abc"},
		{`"" | replace_pattern("", "y")`, "y"},
		{`"none" | extract("[0-9]+")`, nil},
		{`"a" | text_before("@")`, "a"},
		{`"a" | text_after("@")`, nil},
		{`"Ada" | left(-1)`, ""},
		{`"Ada" | left(99)`, "Ada"},
		{`"Ådå" | right(2)`, "då"},
		{`"Ådå" | left(1.5)`, failure(CodeBadValue)},
		{`"abcdef" | truncate(4, "..")`, "ab.."},
		{`"abc" | truncate(3)`, "abc"},
		{`"abc" | truncate(0)`, ""},
		{`"x" | pad_start(4, "ab")`, "abax"},
		{`"x" | pad_start(99999)`, failure(CodeBadValue)},
		{`"x" | repeat(-1)`, ""},
		{`nil | length()`, 0},
		{`{a: 1} | length()`, 1},
		{`12345 | length()`, 5},
		{`"" | slug()`, ""},
		{`"  Ærø / Łódź  " | slug()`, "aero-lodz"},
		{`"日本 2026" | slug()`, "日本-2026"},
		{`"<style>x</style><p>a<br>b &lt;c&gt;</p><script>alert(1)</script>" | strip_html()`, "a\nb <c>"},
		{`nil | includes(1)`, false},
		{`{a: 1} | includes("a")`, true},
		// Numbers.
		{`"1.234,50 €" | number()`, 1234.5},
		{`"1,234" | number()`, 1234},
		{`"1.234" | number()`, 1.234},
		{`"1.234.567" | number()`, 1234567},
		{`"12,5" | number()`, 12.5},
		{`"USD 99" | number()`, 99},
		{`"-$5.00" | number()`, -5.0},
		{`"19%" | number()`, 19},
		{`"abc" | number()`, note("abc")},
		{`"12 apples" | number()`, note("12 apples")},
		{`"" | number()`, nil},
		{`true | number()`, 1},
		{`[1] | number()`, note("a list")},
		{`trigger.body.big | number()`, json.Number("820982911946154508123456789012")},
		{`"-1.9" | int()`, -1},
		{`1.005 | round(2)`, 1.01},
		{`-2.5 | round()`, -3},
		{`1234 | round(-2)`, 1200},
		{`"2.5" | round()`, 3},
		{`"x" | round()`, failure(CodeWrongType)},
		{`"" | round()`, nil},
		{`2.5 | round(99)`, failure(CodeBadValue)},
		{`-1.5 | floor()`, -2},
		{`-1.5 | ceil()`, -1},
		{`min("3", 2.5, nil, "")`, 2.5},
		{`max([])`, nil},
		{`max(1, "x")`, failure(CodeWrongType)},
		{`[] | average()`, nil},
		{`sum(["1.5", 2, nil, ""])`, 3.5},
		{`0 | format_number()`, "0"},
		{`-1234.5 | format_number(2, "de")`, "-1.234,50"},
		{`1234567.5 | format_number(1, "en-IN")`, "12,34,567.5"},
		{`1234567 | format_number(0, "fr")`, "1\u00a0234\u00a0567"},
		{`1234567 | format_number(0, "de-CH")`, "1’234’567"},
		{`123 | format_number(0, "nonsense")`, "123"},
		{`820982911946154508 | format_number()`, "820,982,911,946,154,508"},
		{`trigger.body.big | format_number()`, "820,982,911,946,154,508,123,456,789,012"},
		{`"1,234.5" | format_number(2)`, "1,234.50"},
		{`1999 | money("USD")`, "$19.99"},
		{`-1999 | money("USD")`, "-$19.99"},
		{`1999 | money()`, "€19.99"},
		{`1999 | money("JPY")`, "¥1,999"},
		{`1999 | money("KWD")`, "KWD\u00a01.999"},
		{`129900 | money("BRL", "pt-BR")`, "R$\u00a01.299,00"},
		{`129900 | money("EUR", "fr")`, "1\u00a0299,00\u00a0€"},
		{`129900 | money("EUR", "nl")`, "€\u00a01.299,00"},
		{`129900 | money("USD", "es-MX")`, "USD\u00a01,299.00"},
		{`19.5 | money("USD")`, failure(CodeBadValue)},
		{`1999 | money("NOPE")`, failure(CodeBadValue)},
		{`"1.299,00 €" | to_minor("EUR")`, 129900},
		{`19.999 | to_minor("USD")`, 2000},
		{`1500 | to_minor("JPY")`, 1500},
		{`"x" | to_minor("USD")`, note("x")},
		{`2000 | from_minor("USD")`, 20},
		{`"no numbers" | extract_number()`, nil},
		{`"from -3.5 to 7" | extract_number()`, -3.5},
		// Dates: the workspace is in New York.
		{`now()`, "2026-03-01T07:00:00-05:00"},
		{`today()`, "2026-03-01"},
		{`today("Asia/Tokyo")`, "2026-03-01"},
		{`today("Mars/Base")`, failure(CodeBadValue)},
		{`"2026-03-01T23:30:00Z" | date_format("YYYY-MM-DD HH:mm")`, "2026-03-01 18:30"},
		{`"2026-03-01" | date_format("dddd D MMMM YYYY", "", "de")`, "Sonntag 1 März 2026"},
		{`"2026-03-01" | date_format("[It is] Do [of] MMM 'YY, Q, DDD, E, W")`, "It is 1st of Mar '26, 1, 60, 7, 9"},
		{`"2026-12-22T15:04:05.123Z" | date_format("h:mm:ss.SSS A a ZZ Z z X x", "UTC")`, "3:04:05.123 PM pm +0000 +00:00 UTC 1797951845 1797951845123"},
		{`1767225600 | date_format("YYYY-MM-DDTHH:mm", "UTC")`, "2026-01-01T00:00"},
		{`1767225600000 | date_format("YYYY-MM-DD", "UTC")`, "2026-01-01"},
		{`"1767225600" | date_format("YYYY", "UTC")`, "2026"},
		{`"03/04/2026" | date_format("YYYY")`, note("03/04/2026")},
		{`"" | date_format("YYYY")`, note("is no date")},
		{`nil | date_format("YYYY")`, nil},
		{`"03/04/2026" | date_parse("DD/MM/YYYY")`, "2026-04-03"},
		{`"3.4.26 9:05" | date_parse("D.M.YY H:mm")`, "2026-04-03T09:05:00-04:00"},
		{`"April 3rd, 2026 9:05 pm" | date_parse("MMMM Do, YYYY h:mm a")`, "2026-04-03T21:05:00-04:00"},
		{`"2026-04-03T09:05:00+02:00" | date_parse("YYYY-MM-DDTHH:mm:ssZ")`, "2026-04-03T09:05:00+02:00"},
		{`"31/02/2026" | date_parse("DD/MM/YYYY")`, note("does not look like")},
		{`"2026-02-31" | date_parse()`, note("is no date")},
		{`"20:15:30.5 03.04.2026" | date_parse("HH:mm:ss.S DD.MM.YYYY", "UTC")`, "2026-04-03T20:15:30.5Z"},
		{`"1772366400" | date_parse("X", "UTC")`, "2026-03-01T12:00:00Z"},
		{`"at 1772366400000" | date_parse("[at] x", "UTC")`, "2026-03-01T12:00:00Z"},
		{`"Fri, 03 Apr 99 12:30 AM +0200" | date_parse("ddd, DD MMM YY hh:mm A ZZ")`, "1999-04-03T00:30:00+02:00"},
		{`"3 avril 2026" | date_parse("D MMMM YYYY")`, note("does not look like")},
		{`"13:00 PM" | date_parse("hh:mm A")`, note("does not look like")},
		{`"2026-04-03 x" | date_parse("YYYY-MM-DD")`, note("does not look like")},
		{`map(1..4, date_format("2026-01-0" + #, "Do")) + [date_format("2026-01-11", "Do"), date_format("2026-01-22", "Do")]`, []any{"1st", "2nd", "3rd", "4th", "11th", "22nd"}},
		{`date_format("2026-07-05T00:05:09Z", "YY M DDDD dd d kk hh GGGG WW Qo S", "UTC", "zz")`, "26 7 186 Su 0 24 12 2026 27 3rd 0"},
		{`map(["s", "min", "h", "d", "w", "months", "quarter", "y"], date_diff("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", #))`, []any{31536000, 525600, 8760, 365, 52, 12, 4, 1}},
		{`map(["second", "minute", "hour", "day", "week", "month", "quarter", "year"], date_add("2026-01-01T00:00:00Z", 1, #, "UTC"))`,
			[]any{"2026-01-01T00:00:01Z", "2026-01-01T00:01:00Z", "2026-01-01T01:00:00Z", "2026-01-02T00:00:00Z", "2026-01-08T00:00:00Z", "2026-02-01T00:00:00Z", "2026-04-01T00:00:00Z", "2027-01-01T00:00:00Z"}},
		{`map(["second", "minute", "hour"], date_start("2026-01-01T10:20:30.5Z", #, "UTC"))`, []any{"2026-01-01T10:20:30Z", "2026-01-01T10:20:00Z", "2026-01-01T10:00:00Z"}},
		{`-2.5 | abs()`, 2.5},
		{`"1e300" | int()`, failure(CodeTooBig)},
		{`2.0 | int()`, 2},
		{`"Mon, 02 Mar 2026 15:04:05 GMT" | date_parse()`, "2026-03-02T10:04:05-05:00"},
		{`"March 2, 2026" | date_parse()`, "2026-03-02"},
		{`"2026-01-31" | date_add(1, "months")`, "2026-02-28"},
		{`"2024-02-29" | date_add(1, "year")`, "2025-02-28"},
		{`"2026-03-01" | date_add(-1)`, "2026-02-28"},
		{`"2026-03-01" | date_add(36, "hours")`, "2026-03-02T12:00:00-05:00"},
		{`"2026-03-07T12:00:00-05:00" | date_add(1, "day")`, "2026-03-08T12:00:00-04:00"},
		{`"2026-03-07T12:00:00-05:00" | date_add(24, "hours")`, "2026-03-08T13:00:00-04:00"},
		{`"2026-03-01" | date_add(1, "fortnight")`, failure(CodeBadValue)},
		{`"2026-03-01" | date_add(99999, "years")`, failure(CodeBadValue)},
		{`date_diff("2026-03-01", "2026-02-01")`, -28},
		{`date_diff("2026-01-31", "2026-02-28", "months")`, 1},
		{`date_diff("2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00")`, 1},
		{`date_diff("2026-03-07T12:00:00-05:00", "2026-03-08T12:00:00-04:00", "hours")`, 23},
		{`date_diff("2000-02-29", "2026-02-28", "years")`, 26},
		{`date_diff("2000-03-01", "2026-02-28", "years")`, 25},
		{`date_diff("x", "2026-02-28")`, note("is no date")},
		{`"2026-03-18T15:00:00Z" | date_start("week")`, "2026-03-16T00:00:00-04:00"},
		{`"2026-03-18" | date_start("quarter")`, "2026-01-01"},
		{`"2026-03-18T15:00:00Z" | date_end("day")`, "2026-03-18T23:59:59-04:00"},
		{`"2026-03-18" | date_end("year")`, "2026-12-31"},
		// Lists and objects.
		{`trigger.body.list | sort()`, []any{1.5, 3, "A", "b", true, map[string]any{"a": 1}, nil}},
		{`[3, 1, 2] | sort("desc")`, []any{3, 2, 1}},
		{`[3, 1] | sort("up")`, failure(CodeBadValue)},
		{`first([])`, nil},
		{`first([], "x")`, "x"},
		{`first([3, 4])`, 3},
		{`[] | last()`, nil},
		{`[{a: {b: 1}}, {}, 5] | pluck("a.b")`, []any{1, nil, nil}},
		{`[{"a.b": 2}] | pluck("a.b")`, []any{2}},
		{`[{a: "1"}, {a: 2}] | where("a", 1) | count()`, 1},
		{`[1, "1", 1.0, [1], [1]] | unique()`, []any{1, "1", []any{1}}},
		{`concat([1], nil, [2])`, []any{1, 2}},
		{`concat([1], 2)`, failure(CodeWrongType)},
		{`[[1], 2, [[3]]] | flatten()`, []any{1, 2, []any{3}}},
		{`nil | list()`, []any{}},
		{`[1, 2] | at(5)`, nil},
		{`[1, 2, 3] | take(-1)`, []any{}},
		{`groupBy([1, 2, 3], # % 2)`, map[string]any{"0": []any{2}, "1": []any{1, 3}}},
		{`sortBy(["b", "a"], #, "sideways")`, failure(CodeBadValue)},
		{`{a: 1} | pick("a", "b")`, map[string]any{"a": 1}},
		{`[1] | keys()`, failure(CodeWrongType)},
		{`"x" | lookup({"y": 1})`, nil},
		{`nil | lookup({"": 1}, "none")`, "none"},
		// People.
		{`"0171 1234567" | phone()`, "+491711234567"},
		{`"00441632960961" | phone()`, "+441632960961"},
		{`"+1 (415) 555-2671" | phone()`, "+14155552671"},
		{`4155552671 | phone("us")`, "+14155552671"},
		{`"12" | phone("US")`, note("is no phone number")},
		{`"call me" | phone()`, note("is no phone number")},
		{`"" | phone()`, nil},
		{`"MAILTO:Ada@Example.com?subject=x" | email()`, "ada@example.com"},
		{`"ada@localhost" | email()`, note("no e-mail")},
		{`"ada@exa mple.com" | email()`, note("no e-mail")},
		{`"ada@münchen.de" | email()`, "ada@münchen.de"},
		{`"  " | email()`, nil},
		{`"no address @ here" | extract_email()`, nil},
		{`"<ada@example.com>, bob@example.org" | extract_email()`, "ada@example.com"},
		{`"ada@Mail.Example.com" | domain()`, "mail.example.com"},
		{`"nothing" | domain()`, nil},
		{`"" | first_name()`, nil},
		{`"Ada" | last_name()`, nil},
		{`"Prof. Dr. Ada King Lovelace, PhD" | split_name()`, map[string]any{"first": "Ada", "last": "King Lovelace"}},
		// Encoding.
		{`nil | json()`, "null"},
		{`"{\"a\": [1, 820982911946154508123456789012]}" | parse_json()`, map[string]any{"a": []any{1, json.Number("820982911946154508123456789012")}}},
		{`"{oops" | parse_json()`, note("is no JSON")},
		{`"" | parse_json()`, nil},
		{`"_-8" | base64_decode()`, "�"},
		{`"***" | base64_decode()`, note("no Base64")},
		{`"%zz" | url_decode()`, note("not encoded rightly")},
		{`"a+b%20c" | url_decode()`, "a b c"},
		{`"x" | hmac(nil)`, failure(CodeBadValue)},
		{`"x" | hmac("k", "rot13")`, failure(CodeBadValue)},
		{`"body" | hmac("secret", "sha256", "base64")`, "3EaYNVf+oSe0OvchRn65s/3iM4/j4U9RlSqoR4wT01U="},
	} {
		t.Run(c.source, func(t *testing.T) {
			template := compiled(t, "{{ "+c.source+" }}")
			result, err := template.Resolve(testContext(), s)
			if want, fails := c.want.(failure); fails {
				if codeOf(err) != string(want) {
					t.Fatalf("got %v, %v; want code %s", result.Value, err, want)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if want, isNote := c.want.(note); isNote {
				if result.Value != nil || !strings.Contains(strings.Join(result.Notes, "\n"), string(want)) {
					t.Errorf("got %v with notes %q", result.Value, result.Notes)
				}
				return
			}
			if diff := cmp.Diff(c.want, result.Value); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if len(result.Notes) > 0 {
				t.Errorf("notes: %q", result.Notes)
			}
		})
	}
}

func TestOptionsComeBeforeTheWorkspace(t *testing.T) {
	s := scopeFrom(t, `{"workspace": {"timezone": "America/New_York", "locale": "de", "default_country": "DE", "currency": "EUR"}}`)
	template := compiled(t, `{{ now() }} {{ 123456 | money() }} {{ "4155552671" | phone() }}`)
	got, err := template.Resolve(testContext(), s)
	if want := "2026-03-01T07:00:00-05:00 1.234,56\u00a0€ +494155552671"; err != nil || got.Value != want {
		t.Errorf("workspace: got %q, %v", got.Value, err)
	}
	ctx := WithOptions(context.Background(), Options{Now: func() time.Time { return noon }, Zone: time.UTC, Locale: "en", Country: "US", Currency: "USD"})
	got, err = template.Resolve(ctx, s)
	if want := "2026-03-01T12:00:00Z $1,234.56 +14155552671"; err != nil || got.Value != want {
		t.Errorf("options: got %q, %v", got.Value, err)
	}
}

// TestTheTableIsWellFormed holds what completion and docs rely on.
func TestTheTableIsWellFormed(t *testing.T) {
	types := map[string]bool{typeText: true, typeNumber: true, typeDate: true, typeList: true, typeObject: true, typeTruth: true, typeAny: true, typeExpression: true}
	names := map[string]bool{}
	for _, f := range Functions() {
		if f.Group == "" || f.Example == "" || !strings.HasSuffix(f.Summary, ".") {
			t.Errorf("%s is not described: %+v", f.Name, f)
		}
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			if names[name] {
				t.Errorf("%s is there twice", name)
			}
			names[name] = true
		}
		optional := false
		for i, a := range f.Args {
			if !types[a.Type] && a.Type != f.Args[i].Name {
				t.Errorf("%s: argument %s has the unknown type %q", f.Name, a.Name, a.Type)
			}
			if optional && !a.Optional {
				t.Errorf("%s: %s must be optional, too", f.Name, a.Name)
			}
			optional = optional || a.Optional
			if a.Many && i != len(f.Args)-1 {
				t.Errorf("%s: only the last argument can be repeated", f.Name)
			}
		}
	}
	// Issue 2 item 3 and design section 8 promise these.
	for _, name := range strings.Fields(`upper lower title trim split join replace default omit as_null stop first date_parse date_format
		date_add format_number money phone email first_name last_name md5 sha256 hmac base64_encode base64_decode url_encode json now`) {
		if !names[name] {
			t.Errorf("%s is promised and not there", name)
		}
	}
}
