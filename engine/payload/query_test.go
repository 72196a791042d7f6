package payload

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuery(t *testing.T) {
	long := strings.Repeat("é", 1024)
	for name, c := range map[string]struct {
		raw  string
		want object
		note string
	}{
		"none":            {"", object{}, ""},
		"spaces":          {"custom_field=Gold%20plan&b=Gold+plan&c=1%2B1", object{"custom_field": "Gold plan", "b": "Gold plan", "c": "1+1"}, ""},
		"repeated":        {"a=1&b=x&a=2&a=3", object{"a": list{"1", "2", "3"}, "b": "x"}, ""},
		"no value":        {"a&b=", object{"a": "", "b": ""}, ""},
		"brackets":        {"a[]=1&a[]=2&b[c]=3", object{"a[]": list{"1", "2"}, "b[c]": "3"}, ""},
		"bad escapes":     {"a=100%&b=%G1&c=%", object{"a": "100%", "b": "%G1", "c": "%"}, ""},
		"bad bytes":       {"a=%ff", object{"a": "\uFFFD"}, ""},
		"NUL":             {"a=x%00y", object{"a": "x\x00y"}, ""},
		"2 KB of unicode": {"a=" + long, object{"a": long}, ""},
		"unfilled":        {"list={{click.up.list}}", object{"list": "{{click.up.list}}"}, "query.list holds {{click.up.list}}"},
		"unfilled, seed":  {"x=%7B%7Bclick.up.custom.field%29.value%7D%7D", object{"x": "{{click.up.custom.field).value}}"}, "query.x holds {{click.up.custom.field).value}}"},
		"unfilled, open":  {"x=a+{{b", object{"x": "a {{b"}, "query.x holds {{b,"},
		"unfilled, list":  {"x=1&x={{b}}", object{"x": list{"1", "{{b}}"}}, "query.x[1] holds {{b}}"},
	} {
		t.Run(name, func(t *testing.T) {
			got, notes := Query(c.raw)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
			joined := strings.Join(notes, "\n")
			if c.note == "" && joined != "" || !strings.Contains(joined, c.note) {
				t.Errorf("notes %q, want %q", joined, c.note)
			}
		})
	}
}

func TestQueryNotesAreFew(t *testing.T) {
	if _, notes := Query(strings.Repeat("a={{x}}&", 1000)); len(notes) > 5 {
		t.Errorf("%d notes", len(notes))
	}
	_, notes := Query("a={{" + strings.Repeat("x", 5000))
	if len(notes) != 1 || len(notes[0]) > 300 {
		t.Errorf("notes %q", notes)
	}
}

func TestHeader(t *testing.T) {
	got := Header(http.Header{
		"Content-Type":   {"application/json"},
		"X-Github-Event": {"push"},
		"X-Twice":        {"a", "b"},
		"X-Bytes":        {"Ren\xe9"},
		"X-None":         {},
	})
	want := object{
		"content-type":   "application/json",
		"x-github-event": "push",
		"x-twice":        list{"a", "b"},
		"x-bytes":        "Ren\uFFFD",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
