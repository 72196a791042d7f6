package template_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

func TestFillLeavesOptionalBlanksOut(t *testing.T) {
	f, err := template.Parse([]byte(`{"schema":1,"name":"x","summary":"","category":"","inputs":[
		{"key":"a","label":"A","kind":"text"},{"key":"b","label":"B","kind":"text","required":true,"default":"d"}],
		"workflows":[{"name":"w","definition":{"steps":[{"id":"s","type":"t","params":{
			"x":{"$input":"a"},"l":[{"$input":"a"},{"$input":"b"}],"t":{"$text":["<",{"$input":"b"},">"]},"u":{"$text":["<",{"$input":"a"}]},"big":820982911946154508}}]}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.Fill(0, nil)
	want, _ := value.Decode([]byte(`{"steps":[{"id":"s","type":"t","params":{"l":["d"],"t":"<d>","big":820982911946154508}}]}`))
	wanted, _ := value.Encode(want)
	if err != nil || string(got) != string(wanted) {
		t.Errorf("%s, %v", got, err)
	}
	if u := f.Unknown(map[string]any{"a": 1, "z": 2}); len(u) != 1 || u[0] != "z" {
		t.Errorf("unknown %v", u)
	}
}

func TestParseRefuses(t *testing.T) {
	for name, text := range map[string]string{
		"another schema":  `{"schema":2,"name":"x","workflows":[{"name":"w","definition":{}}]}`,
		"no workflow":     `{"schema":1,"name":"x"}`,
		"a stray key":     `{"schema":1,"name":"x","evil":1,"workflows":[{"name":"w","definition":{}}]}`,
		"no such input":   `{"schema":1,"name":"x","workflows":[{"name":"w","definition":{"a":{"$input":"b"}}}]}`,
		"a value's blank": `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"custom_value"}],"workflows":[{"name":"w","definition":{"a":{"$input":"a"}}}]}`,
		"a strange kind":  `{"schema":1,"name":"x","inputs":[{"key":"a","label":"A","kind":"magic"}],"workflows":[{"name":"w","definition":{}}]}`,
	} {
		if _, err := template.Parse([]byte(text)); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
}
