package value

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestDecodeKeepsNumbersExact(t *testing.T) {
	for text, want := range map[string]any{
		"820982911946154508":             820982911946154508,
		"-1":                             -1,
		"1.5":                            1.5,
		"1e3":                            1000.0,
		"1e400":                          json.Number("1e400"),
		"123456789012345678901234567890": json.Number("123456789012345678901234567890"),
		"\xef\xbb\xbf[1]":                []any{1},
		`{"a":1,"a":2}`:                  map[string]any{"a": 2},
		`"\ud800"`:                       "\ufffd",
		`"\u0000"`:                       "\x00",
	} {
		got, err := Decode([]byte(text))
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: %s", text, diff)
		}
	}
}

func TestDecodeSaysWhere(t *testing.T) {
	for _, c := range []struct {
		text         string
		line, column int
	}{
		{"{\"a\": 1,\n \"b\": }", 2, 7},
		{`{"a": 1,}`, 1, 9},
		{`{"a": 1`, 1, 8},
		{`{} x`, 1, 4},
		{``, 1, 1},
	} {
		_, err := Decode([]byte(c.text))
		var where *SyntaxError
		if !errors.As(err, &where) {
			t.Fatalf("%q: got %v, want a *SyntaxError", c.text, err)
		}
		if where.Line != c.line || where.Column != c.column {
			t.Errorf("%q: got line %d column %d, want %d and %d", c.text, where.Line, where.Column, c.line, c.column)
		}
	}
}

func TestDecodeRefusesDepth(t *testing.T) {
	if _, err := Decode([]byte(strings.Repeat("[", 100) + strings.Repeat("]", 100))); err != nil {
		t.Errorf("100 levels: %v", err)
	}
	for _, depth := range []int{101, 10_000, 1_000_000} {
		if _, err := Decode([]byte(strings.Repeat("[", depth))); err == nil {
			t.Errorf("%d levels were accepted", depth)
		}
	}
	if _, err := Decode([]byte(`"` + strings.Repeat("[", 200) + `"`)); err != nil {
		t.Errorf("brackets in a string: %v", err)
	}
}

// TestEncodeWritesWhatTheStandardLibraryDoes also for text that needs escapes.
func TestEncodeWritesWhatTheStandardLibraryDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := plain(3).Draw(t, "value")
		var want bytes.Buffer
		enc := json.NewEncoder(&want)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(v); err != nil {
			t.Fatal(err)
		}
		got, err := Encode(v)
		if err != nil || string(got)+"\n" != want.String() {
			t.Fatalf("%s, %v; want %s", got, err, want.String())
		}
	})
}

func TestEncodeRefusesAValueThatHoldsItself(t *testing.T) {
	loop := map[string]any{}
	loop["self"] = []any{loop}
	if text, err := Encode(loop); err == nil {
		t.Errorf("%d bytes of a value without an end", len(text))
	}
}

func BenchmarkEncode(b *testing.B) {
	v := map[string]any{"body": map[string]any{"email": "ada@example.com", "items": []any{"a", "b", 3, 4.5, nil, true},
		"customer": map[string]any{"name": "Ada Lovelace", "city": "London"}}, "method": "POST", "headers": map[string]any{"accept": "*/*"}}
	for b.Loop() {
		if _, err := Encode(v); err != nil {
			b.Fatal(err)
		}
	}
}

func TestEncodeDecodeIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := plain(3).Draw(t, "v")
		text, err := Encode(v)
		if err != nil {
			t.Fatal(err)
		}
		back, err := Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(v, back); diff != "" {
			t.Fatal(diff)
		}
	})
}

func plain(depth int) *rapid.Generator[any] {
	scalars := []*rapid.Generator[any]{
		rapid.Just[any](nil),
		rapid.Map(rapid.Bool(), func(b bool) any { return b }),
		rapid.Map(rapid.Int(), func(i int) any { return i }),
		rapid.Map(rapid.String(), func(s string) any { return s }),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	return rapid.OneOf(append(scalars,
		rapid.Map(rapid.SliceOfN(plain(depth-1), 0, 4), func(l []any) any { return l }),
		rapid.Map(rapid.MapOfN(rapid.String(), plain(depth-1), 0, 4), func(m map[string]any) any { return m }),
	)...)
}

func TestRestoreReadsWhatStandsAroundTheDeepestBody(t *testing.T) {
	body, err := Decode([]byte(strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth)))
	if err != nil {
		t.Fatal(err)
	}
	scope := map[string]any{"body": body}
	text, err := Encode(scope)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Restore(text)
	if err != nil {
		t.Fatal(err)
	}
	// Compared as text: a diff of nested interfaces doubles its work each level.
	again, err := Encode(back)
	if err != nil {
		t.Fatal(err)
	}
	if string(again) != string(text) {
		t.Errorf("got %s, want %s", again, text)
	}
}
