package payload

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const formType = "application/x-www-form-urlencoded"

func TestForm(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want object
		note string
	}{
		"plain":                 {"a=1&b=x+y%20z", object{"a": "1", "b": "x y z"}, ""},
		"no value, no name":     {"a&b=&=c&&", object{"a": "", "b": "", "": "c"}, ""},
		"equals in value":       {"a=b=c", object{"a": "b=c"}, ""},
		"semicolon is data":     {"a=1;b=2", object{"a": "1;b=2"}, ""},
		"bad escapes stay":      {"a=100%&b=%zz%4&%41=%42", object{"a": "100%", "b": "%zz%4", "A": "B"}, ""},
		"repeated":              {"a=1&a=2&a=3", object{"a": list{"1", "2", "3"}}, ""},
		"empty brackets":        {"a[]=1", object{"a": list{"1"}}, ""},
		"empty brackets, twice": {"a[]=1&a%5B%5D=2", object{"a": list{"1", "2"}}, ""},
		"plain, then brackets":  {"a=1&a[]=2", object{"a": list{"1", "2"}}, ""},
		"brackets, then plain":  {"a[]=1&a=2", object{"a": list{"1", "2"}}, ""},
		"object":                {"a[b]=1&a[c]=2&a[b]=3", object{"a": object{"b": list{"1", "3"}, "c": "2"}}, ""},
		"indexed":               {"items[1][sku]=B&items[0][sku]=A&items[0][qty]=2", object{"items": list{object{"sku": "A", "qty": "2"}, object{"sku": "B"}}}, ""},
		"Rack's list of items":  {"i[][sku]=A&i[][qty]=1&i[][sku]=B&i[][qty]=2", object{"i": list{object{"sku": "A", "qty": "1"}, object{"sku": "B", "qty": "2"}}}, ""},
		"list in list of items": {"i[][t][]=1&i[][t][]=2&i[][n]=x&i[][n]=y", object{"i": list{object{"t": list{"1", "2"}, "n": "x"}, object{"n": "y"}}}, ""},
		"list of lists":         {"a[][]=1&a[][]=2", object{"a": list{list{"1", "2"}}}, ""},
		"mixed list":            {"a[]=1&a[][x]=2", object{"a": list{"1", object{"x": "2"}}}, ""},
		"ids as indexes":        {"q[8812]=2&q[99]=1", object{"q": object{"8812": "2", "99": "1"}}, ""},
		"a gap":                 {"a[0]=x&a[2]=z", object{"a": object{"0": "x", "2": "z"}}, ""},
		"counted from 1":        {"a[1]=x&a[2]=y", object{"a": object{"1": "x", "2": "y"}}, ""},
		"index with a zero":     {"a[00]=x", object{"a": object{"00": "x"}}, ""},
		"huge index":            {"a[999999999999]=x&a[-1]=y", object{"a": object{"999999999999": "x", "-1": "y"}}, ""},
		"top level is no list":  {"0=a&1=b", object{"0": "a", "1": "b"}, ""},
		"broken brackets":       {"a[b=1&c]d=2&[e]=3&f[g]h=4&i[[j]]=5&k[l]m]=6", object{"a[b": "1", "c]d": "2", "[e]": "3", "f[g]h": "4", "i[[j]]": "5", "k[l]m]": "6"}, ""},
		"value, then object":    {"a=1&a[b]=2", object{"a": "1", "a[b]": "2"}, "contradicts"},
		"object, then value":    {"a[b]=2&a=1", object{"a": object{"b": "2", "": "1"}}, "contradicts"},
		"object, then list":     {"a[b]=2&a[]=1&a[]=3", object{"a": object{"b": "2"}, "a[]": list{"1", "3"}}, "contradicts"},
		"list, then object":     {"a[]=1&a[b]=2", object{"a": list{"1"}, "a[b]": "2"}, "contradicts"},
		"deep contradiction":    {"a[b]=1&a[b][c]=2&a[d][e]=3&a[d]=4", object{"a": object{"b": "1", "d": object{"e": "3"}}, "a[b][c]": "2", "a[d]": "4"}, "contradicts"},
		"unfilled field":        {"a=%7B%7Bcontact.name%7D%7D", object{"a": "{{contact.name}}"}, "body.a holds {{contact.name}}"},
		"F16":                   {"files.filepath=/etc/passwd&files[filepath]=/etc/passwd", object{"files.filepath": "/etc/passwd", "files": object{"filepath": "/etc/passwd"}}, ""},
		"windows-1252, PayPal":  {"charset=windows-1252&first_name=Ren%E9&note=%80", object{"charset": "windows-1252", "first_name": "René", "note": "€"}, ""},
		"_charset_":             {"a=%82%A0&_charset_=shift_jis", object{"a": "あ", "_charset_": "shift_jis"}, ""},
		"charset of no meaning": {"charset=none&a=%C3%A9", object{"charset": "none", "a": "é"}, ""},
		"charset utf-8":         {"charset=utf-8&a=%C3%A9", object{"charset": "utf-8", "a": "é"}, ""},
		"bad bytes":             {"a=%E9", object{"a": "\uFFFD"}, "not valid UTF-8"},
		"byte order mark":       {"\xef\xbb\xbfa=1", object{"a": "1"}, ""},
		"GitHub, Slack":         {"payload=%7B%22a%22%3A%5B1%5D%7D", object{"payload": object{"a": list{1}}}, "payload holds JSON in a string"},
		"Jotform":               {"formID=1&rawRequest=%7B%22q3_email%22%3A%22a%40b.co%22%7D", object{"formID": "1", "rawRequest": object{"q3_email": "a@b.co"}}, "rawRequest holds JSON"},
		"payload, broken":       {"payload=%7B%22a%22", object{"payload": `{"a"`}, "looks like JSON but is not"},
		"payload, plain":        {"payload=hello", object{"payload": "hello"}, ""},
		"payload, empty":        {"payload=", object{"payload": ""}, ""},
		"other field with JSON": {"note=%5B1%5D", object{"note": "[1]"}, ""},
		"payload, very deep":    {"payload=" + strings.Repeat("[", 90) + strings.Repeat("]", 90), object{"payload": strings.Repeat("[", 90) + strings.Repeat("]", 90)}, "nested too deeply"},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := Parse(formType, []byte(c.body), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, body.Value); body.Kind != KindForm || diff != "" {
				t.Errorf("%s: %s", body.Kind, diff)
			}
			notes := strings.Join(body.Notes, "\n")
			if c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
		})
	}
}

func TestFormCharsetOfTheHeader(t *testing.T) {
	for contentType, body := range map[string]string{
		formType + "; charset=ISO-8859-1":           "a=Ren%E9",
		formType + "; charset=UTF-8":                "a=Ren%C3%A9&charset=windows-1252",
		formType + `; charset="utf-8"; charset=x`:   "a=Ren%C3%A9",
		formType + "; charset=UTF-8; ":              "a=Ren%E9&charset=windows-1252",
		formType + "; charset=klingon":              "a=Ren%C3%A9",
		"APPLICATION/X-WWW-FORM-URLENCODED;charset": "a=Ren%C3%A9",
	} {
		parsed, err := Parse(contentType, []byte(body), Limits{})
		if err != nil {
			t.Errorf("%s: %v", contentType, err)
			continue
		}
		if got := parsed.Value.(object)["a"]; got != "René" {
			t.Errorf("%s: %q", contentType, got)
		}
	}
}

func TestFormLimits(t *testing.T) {
	var many strings.Builder
	for i := range 10_001 {
		fmt.Fprintf(&many, "a[%d]=1&", i)
	}
	for name, c := range map[string]struct {
		body   string
		limits Limits
		code   string
	}{
		"too many":         {many.String(), Limits{}, CodeTooManyFields},
		"only separators":  {strings.Repeat("&", 1<<20), Limits{}, CodeTooManyFields},
		"own limit":        {"a=1&b=2&c=3", Limits{MaxFields: 2}, CodeTooManyFields},
		"a million braces": {"a" + strings.Repeat("[b]", 300_000) + "=1", Limits{}, CodeTooDeep},
		"a million opens":  {strings.Repeat("[", 10) + strings.Repeat("a[", 500_000) + "]", Limits{}, CodeTooDeep},
	} {
		_, err := Parse(formType, []byte(c.body), c.limits)
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	at := strings.Repeat("a[1]=1&", 9_999) + "a[2]=1"
	if _, err := Parse(formType, []byte(at), Limits{}); err != nil {
		t.Errorf("10,000 fields must be accepted: %v", err)
	}
}
