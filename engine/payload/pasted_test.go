package payload_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/value"
)

func TestPastedForgivesWhatPeoplePaste(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":1}`:                          `{"a":1}`,
		`{"a":1,}`:                         `{"a":1}`,
		"[1,2,\n]":                         `[1,2]`,
		"{\"a\": 1, // one\n \"b\": 2}":    `{"a":1,"b":2}`,
		`{/* x */ "a": "//no"}`:            `{"a":"//no"}`,
		`{'a': 'it\'s "so"'}`:              `{"a":"it's \"so\""}`,
		`{“a”: “b”}`:                       `{"a":"b"}`,
		`{a: 1, b_c: [True, None]}`:        `{"a":1,"b_c":[true,null]}`,
		`{"id": 820982911946154508,}`:      `{"id":820982911946154508}`,
		"{\"a\": \"two\nlines\",}":         `{"a":"two\nlines"}`,
		"\ufeff{\"a\":1},":                 `{"a":1}`,
		`email=ada%40example.com&name=Ada`: `{"email":"ada@example.com","name":"Ada"}`,
		`"text"`:                           `"text"`,
		"# from the log\n{'n': -1.5e3}":    `{"n":-1500}`,
	} {
		v, notes, err := payload.Pasted(text)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		got, err := value.Encode(v)
		if err != nil || string(got) != want {
			t.Errorf("%s is read as %s, %v", text, got, err)
		}
		if strict := string(got) == text || text == `{"a":1}`; strict != (len(notes) == 0) {
			t.Errorf("%s: notes %v", text, notes)
		}
	}
}

func TestPastedSaysWhereAMistakeIs(t *testing.T) {
	for text, place := range map[string][2]int{
		"{\n  \"a\": 1\n  \"b\": 2\n}": {3, 3},
		`{"a": }`:                      {1, 7},
		`{'a': 1, 'b'}`:                {1, 13},
		`{"a": 1`:                      {1, 8},
		`hello there`:                  {1, 1},
	} {
		_, _, err := payload.Pasted(text)
		var bad *payload.Error
		if !errors.As(err, &bad) || bad.Line != place[0] || bad.Column != place[1] {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, _, err := payload.Pasted(" \n"); err == nil {
		t.Error("nothing was read as something")
	}
}

func FuzzPasted(f *testing.F) {
	for _, seed := range []string{`{'a':1,}`, "// x\n[", `"\`, "{a:/*", "“", `{"a":'\'`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, notes, err := payload.Pasted(text)
		if err == nil {
			if _, err := value.Encode(v); err != nil {
				t.Errorf("%q gives what cannot be stored: %v", text, err)
			}
		}
		var bad *payload.Error
		if errors.As(err, &bad) && (bad.Offset < 0 || bad.Offset > int64(len(text))) {
			t.Errorf("%q: mistake at %d", text, bad.Offset)
		}
		if strings.Contains(strings.Join(notes, ""), "%!") {
			t.Errorf("notes %q", notes)
		}
	})
}
