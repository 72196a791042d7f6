package payload

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

// FuzzParse holds for any body under any type: no panic, a refusal with a 4xx, or
// a plain value that is valid UTF-8 and survives being stored.
func FuzzParse(f *testing.F) {
	for _, contentType := range []string{
		"application/json", "application/json; charset=utf-16", "", "text/plain; charset=windows-1252",
		"application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml", "application/foo",
	} {
		for _, body := range []string{
			`{"a":[1,2.5,"x",1e400,{"b":null}]}`, "a[0][x]=1&a[][y]=2&payload={\"a\":1}&charset=windows-1252&b=%E9",
			"--x\r\nContent-Disposition: form-data; name=\"a[b]\"; filename=\"f\"\r\n\r\nx\r\n--x--\r\n",
			"<?xml version='1.0' encoding='latin1'?><a b='1'><c>x</c><c/></a>", "\xff\xfe{\x00}\x00", "{{x}}", "[INFO]",
		} {
			f.Add(contentType, []byte(body))
		}
	}
	f.Fuzz(func(t *testing.T, contentType string, raw []byte) {
		kept := string(raw)
		body, err := Parse(contentType, raw, Limits{})
		if string(raw) != kept {
			t.Fatal("the raw bytes were changed")
		}
		if err != nil {
			var e *Error
			if !errors.As(err, &e) || e.Status != 400 && e.Status != 413 && e.Status != 415 || e.Code == "" || e.Message == "" {
				t.Fatalf("not a proper refusal: %#v", err)
			}
			if !utf8.ValidString(e.Error()) {
				t.Fatalf("message is not UTF-8: %q", e.Error())
			}
			return
		}
		if why := notPlain(body.Value); why != "" {
			t.Fatal(why)
		}
		text, err := value.Encode(body.Value)
		if err != nil {
			t.Fatal(err)
		}
		again, err := value.Decode(text)
		if err != nil {
			t.Fatalf("stored value cannot be read: %v", err)
		}
		if diff := cmp.Diff(body.Value, again); diff != "" && body.Kind != KindJSON {
			t.Fatalf("stored and read again: %s", diff)
		}
		for _, note := range body.Notes {
			if !utf8.ValidString(note) || len(note) > 1000 {
				t.Fatalf("note %q", note)
			}
		}
	})
}

func FuzzQuery(f *testing.F) {
	f.Add("a=1&a=2&b=%20+%zz&c={{x}}")
	f.Fuzz(func(t *testing.T, raw string) {
		values, _ := Query(raw)
		if why := notPlain(any(values)); why != "" {
			t.Fatal(why)
		}
	})
}

// notPlain says what in v breaks the rule of package value, or "".
func notPlain(v any) string {
	switch x := v.(type) {
	case nil, bool, int, json.Number:
	case string:
		if !utf8.ValidString(x) {
			return fmt.Sprintf("%q is not UTF-8", x)
		}
	case float64:
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return "a number that JSON cannot hold"
		}
	case []any:
		for _, e := range x {
			if why := notPlain(e); why != "" {
				return why
			}
		}
	case map[string]any:
		for key, e := range x {
			if !utf8.ValidString(key) {
				return fmt.Sprintf("key %q is not UTF-8", key)
			}
			if why := notPlain(e); why != "" {
				return why
			}
		}
	default:
		return fmt.Sprintf("%T is not plain", v)
	}
	return ""
}
