package app

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What people script with is there, says how it is used, and ends as documented.
func TestCommandsExplainThemselves(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"import", "export", "diff", "publish", "run", "replay", "tail", "simulate", "test", "backup"} {
		code, out := cli(t, name, "--help")
		if code != 0 || !strings.Contains(out, "Examples:") || !strings.Contains(out, "hookloom "+name) {
			t.Errorf("%s --help: %d\n%s", name, code, out)
		}
		if code, out := cli(t, name, "--no-such-flag"); code != 2 {
			t.Errorf("%s with an unknown flag: %d\n%s", name, code, out)
		}
	}
	for _, args := range [][]string{{"run", "x"}, {"publish", "x"}, {"replay", "run_1"}, {"tail"}, {"export", "x"}} {
		if code, out := cli(t, args...); code != 1 || !strings.Contains(out, "no server runs") {
			t.Errorf("%v without a server: %d\n%s", args, code, out)
		}
	}
	for _, args := range [][]string{{"publish"}, {"replay"}, {"import"}, {"nothing"}} {
		if code, out := cli(t, args...); code != 2 {
			t.Errorf("%v: %d\n%s", args, code, out)
		}
	}
}

func TestTablesAreAlsoJSON(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "bad.yaml")
	if err := os.WriteFile(file, []byte("schema: 9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, it := range []struct {
		args []string
		code int
		key  string
	}{
		{[]string{"node", "list"}, 0, "type"}, {[]string{"config"}, 0, "name"}, {[]string{"simulate", "--list"}, 0, "sender"}, {[]string{"node", "lint", file}, 1, "message"},
	} {
		code, out := cli(t, append(it.args, "--json")...)
		var list []map[string]any
		err := json.NewDecoder(strings.NewReader(out)).Decode(&list)
		if code != it.code || err != nil || len(list) == 0 || list[0][it.key] == nil {
			t.Errorf("%v: %d, %v\n%.300s", it.args, code, err, out)
		}
	}
}
