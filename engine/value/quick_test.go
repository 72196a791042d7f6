package value

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

// FuzzQuick holds the quick reader to encoding/json: what it reads is the same,
// and it reads nothing that is wrong.
func FuzzQuick(f *testing.F) {
	for _, text := range []string{
		`{"a":1,"b":[true,false,null,-0,0.5,1e400,-12345678901234567890],"c":{"":"x"}}`, ` [ ] `, `{ }`, `"a\u00e9\ud83d\ude00\n"`,
		`"\ud800"`, `[1,]`, `{"a":1,}`, `{"a" 1}`, `[1 2]`, `01`, `1.`, `.5`, `-`, `1e`, `+1`, `tru`, `truex`, `"a`, `"\`, "\"\x01\"", "\"\xff\"",
		`{"a":1,"a":{"b":2}}`, `nul`, `[[[[`, `{"a":}`, "\x00", `1 2`, `{1:2}`, `'a'`, "\u00a0[1]", `"\x"`, `-0`, `1E+2`, `9223372036854775807`, `9223372036854775808`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		got, ok := quick(text, MaxNesting)
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.UseNumber()
		var want any
		err := dec.Decode(&want)
		right := err == nil && len(bytes.TrimLeft(text[dec.InputOffset():], " \t\r\n")) == 0
		if ok && !right {
			t.Fatalf("read %q as %#v", text, got)
		}
		if ok && !reflect.DeepEqual(got, Normalize(want)) {
			t.Fatalf("read %q as %#v, not %#v", text, got, want)
		}
	})
}

// A text that nests too deep is left to those who say so.
func TestQuickLeavesDepthAlone(t *testing.T) {
	deep := func(n int) []byte {
		return append(bytes.Repeat([]byte("["), n), bytes.Repeat([]byte("]"), n)...)
	}
	if _, ok := quick(deep(MaxDepth), MaxDepth); !ok {
		t.Error("the deepest text was not read")
	}
	if _, ok := quick(deep(MaxDepth+1), MaxDepth); ok {
		t.Error("a text was read that is too deep")
	}
	if _, ok := quick(bytes.Repeat([]byte("["), 1<<20), MaxDepth); ok {
		t.Error("a million brackets were read")
	}
}

func BenchmarkDecode(b *testing.B) {
	text := []byte(`{"id":"evt_1","type":"sale","created":1751465619,"customer":{"email":"Ada.Lovelace@Example.com","first":"Ada","last":"Lovelace","tags":["vip","course","2026"]},
		"amount":4900,"currency":"usd","items":[{"sku":"course-101","quantity":1,"price":"49.00"},{"sku":"tee","quantity":2,"price":"10.50"}],"note":"` + string(bytes.Repeat([]byte("x"), 180)) + `"}`)
	b.Run("quick", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, ok := quick(text, MaxDepth); !ok {
				b.Fatal("not read")
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			dec := json.NewDecoder(bytes.NewReader(text))
			dec.UseNumber()
			var v any
			if err := dec.Decode(&v); err != nil {
				b.Fatal(err)
			}
			Normalize(v)
		}
	})
}
