package app

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFilesComeBackAsTheyWere(t *testing.T) {
	c := server(t, nil)
	command := func(args ...string) (int, string, string) {
		var out, notes bytes.Buffer
		environ := []string{"PATH=/usr/bin", "HOOKLOOM_URL=" + c.base, "HOOKLOOM_API_KEY=" + c.key}
		code := run(t.Context(), Options{Args: args, Environ: environ, Stdout: &out, Stderr: &notes}.withDefaults())
		return code, out.String(), notes.String()
	}
	var offer struct{ ID string }
	if err := c.do(t.Context(), http.MethodPost, c.in("/offers"), map[string]any{"title": "Course A"}, &offer); err != nil {
		t.Fatal(err)
	}
	c.hook(t, `{"scheme":"stripe","secret":"whsec_very_secret"}`,
		`{"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}},{"id":"give","type":"offer.grant","v":1,"params":{"offer":"`+offer.ID+`"}},`+end)
	folder := t.TempDir()
	code, _, notes := command("export", "--dir", folder)
	path := filepath.Join(folder, "workflows", "testfilescomebackastheywere.json")
	first, err := os.ReadFile(path)
	if err != nil || code != 0 || !strings.Contains(notes, "Left out: 1") {
		t.Fatalf("export: %d %s, %v", code, notes, err)
	}
	if text := string(first); strings.Contains(text, "whsec") || strings.Contains(text, "sec_") || strings.Contains(text, offer.ID) || !strings.Contains(text, `"Course A"`) {
		t.Errorf("what belongs to the workspace:\n%s", text)
	}
	for _, args := range [][]string{{"--template", "--dir", folder}, {"--template", "--zip"}, {"--template", "--version", "live", "Sale"}} {
		if code, _, notes := command(append([]string{"export"}, args...)...); code != 2 || !strings.Contains(notes, "template") {
			t.Errorf("export %v: %d %s", args, code, notes)
		}
	}
	if code, out, _ := command("diff", folder); code != 0 {
		t.Errorf("right after the export: %d\n%s", code, out)
	}
	for _, args := range [][]string{{"import", path}, {"import", "--update", folder}, {"import", "--dry-run", "--update", path}} {
		if code, out, notes := command(args...); code != 0 || !strings.Contains(out, "there already, the same") || strings.Contains(out, "created") {
			t.Fatalf("%v: %d %s %s", args, code, out, notes)
		}
	}
	_, again, _ := command("export", t.Name())
	if again != string(first) {
		t.Errorf("another file:\n%s", again)
	}
	edited := strings.Replace(again, "trigger.body.email", "trigger.body.mail", 1)
	if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := command("diff", folder); code != 1 || !strings.Contains(out, t.Name()) {
		t.Errorf("an edited file: %d\n%s", code, out)
	}
	if code, out, notes := command("import", "--update", path); code != 0 || !strings.Contains(out, "changed") {
		t.Errorf("import: %d %s %s", code, out, notes)
	}
	if code, out, _ := command("diff", folder); code != 0 {
		t.Errorf("after the import: %d\n%s", code, out)
	}
	old := filepath.Join(folder, "workflows", "gone.json")
	list, err := os.ReadFile(filepath.Join(folder, "hookloom.json"))
	if err != nil {
		t.Fatal(err)
	}
	renamed := strings.Replace(string(list), "workflows/testfiles", "workflows/gone.json\"},{\"file\":\"../outside.json\"},{\"file\":\"workflows/testfiles", 1)
	outside := filepath.Join(filepath.Dir(folder), "outside.json")
	for file, text := range map[string]string{old: "{}", filepath.Join(folder, "hookloom.json"): renamed, outside: "{}"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, _ := command("export", "--dir", folder); code != 0 || !strings.Contains(out, "removed") {
		t.Errorf("export again: %d\n%s", code, out)
	}
	if _, err := os.Stat(old); !os.IsNotExist(err) {
		t.Error("the file of a workflow that is gone stayed")
	}
	if _, err := os.Stat(outside); err != nil {
		t.Error("a file outside of the folder was removed")
	}

	var before struct{ Items []listed }
	if err := c.do(t.Context(), http.MethodGet, c.in("/workflows"), nil, &before); err != nil {
		t.Fatal(err)
	}
	workflow := func(steps string) string {
		return `{"schema":1,"name":"x","summary":"","category":"","inputs":[],"workflows":[{"name":"x","definition":{"schema":1,"triggers":[],"steps":[` + steps + `]}}]}`
	}
	stop := func(id string) string { return `{"id":"` + id + `","type":"flow.stop","v":1,"params":{}}` }
	for name, text := range map[string]string{
		"an unknown type": workflow(`{"id":"a","type":"no.such","v":1,"params":{}}`), "an id twice": workflow(stop("a") + "," + stop("a")),
		"a prototype": workflow(`{"id":"a","type":"flow.stop","v":1,"params":{"__proto__":{}}}`), "a wrong type": workflow(`{"id":7}`),
		"a newer schema": strings.Replace(workflow(""), `"schema":1`, `"schema":99`, 1), "a newer node type": workflow(`{"id":"a","type":"flow.stop","v":99,"params":{}}`),
		"ten thousand steps": workflow(strings.TrimSuffix(strings.Repeat(stop("a")+",", 10_000), ",")), "no JSON": "{", "NUL": "\x00",
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if code, out, notes := command("import", path); code == 0 || !strings.Contains(notes, "Nothing was imported") {
			t.Errorf("%s: %d %s %.300s", name, code, out, notes)
		}
	}
	if err := os.Truncate(path, 50<<20); err != nil {
		t.Fatal(err)
	}
	if code, _, notes := command("import", path); code == 0 || !strings.Contains(notes, "50 MB") {
		t.Errorf("50 MB: %d %s", code, notes)
	}
	var after struct{ Items []listed }
	if err := c.do(t.Context(), http.MethodGet, c.in("/workflows"), nil, &after); err != nil {
		t.Fatal(err)
	}
	if len(after.Items) != len(before.Items) {
		t.Errorf("a refused file left %d workflows behind", len(after.Items)-len(before.Items))
	}
}
