// Package tooling_test proves the scripts that build and test the project, on
// machines that it makes up: a PATH of stubs is a machine.
package tooling_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// machine is a folder of programs that is the whole PATH of a script.
type machine struct {
	t   *testing.T
	bin string
	log string // what the stubs of apt-get were asked for
}

// newMachine returns a machine with a shell's basic programs and nothing else.
func newMachine(t *testing.T) machine {
	t.Helper()
	m := machine{t: t, bin: t.TempDir(), log: filepath.Join(t.TempDir(), "apt")}
	for _, name := range []string{"sh", "awk", "head", "cat", "chmod"} {
		path, err := exec.LookPath(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(path, filepath.Join(m.bin, name)); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

// has puts a program on the machine: a shell script with the given body.
func (m machine) has(name, body string) machine {
	m.t.Helper()
	if err := os.WriteFile(filepath.Join(m.bin, name), []byte("#!/bin/sh\n"+body+"\n"), 0o755); err != nil {
		m.t.Fatal(err)
	}
	return m
}

// hasApt lets root install: each package brings the program that the map names.
func (m machine) hasApt(brings map[string]string) machine {
	m.t.Helper()
	var cases strings.Builder
	for pkg, program := range brings {
		cases.WriteString(pkg + ") : >" + filepath.Join(m.bin, program) + "; chmod +x " + filepath.Join(m.bin, program) + " ;;\n")
	}
	return m.has("id", "echo 0").has("apt-get",
		`echo "$@" >>`+m.log+"\nfor p in \"$@\"; do case $p in\n"+cases.String()+"esac; done")
}

// need runs the script and returns whether it was content, and what it said.
func (m machine) need(env []string, names ...string) (ok bool, said string) {
	m.t.Helper()
	script, err := filepath.Abs("../../scripts/need")
	if err != nil {
		m.t.Fatal(err)
	}
	cmd := exec.Command("/bin/sh", append([]string{script}, names...)...)
	cmd.Env = append([]string{"PATH=" + m.bin, "POSTGRES_ROOT=" + filepath.Join(m.bin, "none")}, env...)
	out, err := cmd.CombinedOutput()
	return err == nil, string(out)
}

// asked returns what apt-get was called with, a line a call.
func (m machine) asked() string {
	text, err := os.ReadFile(m.log)
	if err != nil {
		return ""
	}
	return string(text)
}

const node20 = `echo v20.19.0`

func TestNeedIsSilentWhenEverythingIsThere(t *testing.T) {
	t.Parallel()
	m := newMachine(t).hasApt(nil)
	for _, name := range []string{"go", "npm", "gcc", "initdb", "redis-server", "chromium"} {
		m.has(name, "")
	}
	m.has("node", node20)
	ok, said := m.need(nil, "go", "node", "gcc", "postgres", "redis", "chromium")
	if !ok || said != "" || m.asked() != "" {
		t.Errorf("ok %v, said %q, asked apt %q", ok, said, m.asked())
	}
}

func TestNeedInstallsOnABareDebianWhatIsMissingAndOnlyThat(t *testing.T) {
	t.Parallel()
	m := newMachine(t).has("redis-server", "").hasApt(map[string]string{
		"gcc": "gcc", "postgresql": "initdb", "chromium": "chromium",
	})
	ok, said := m.need(nil, "gcc", "postgres", "redis", "chromium")
	if !ok {
		t.Fatalf("failed: %s", said)
	}
	lines := strings.Split(strings.TrimSpace(m.asked()), "\n")
	if len(lines) != 2 || !strings.HasPrefix(lines[0], "update") {
		t.Fatalf("asked apt-get %q, want one update, then one install", lines)
	}
	for _, pkg := range []string{"gcc", "libc6-dev", "postgresql", "chromium"} {
		if !strings.Contains(" "+lines[1]+" ", " "+pkg+" ") {
			t.Errorf("install without %s: %q", pkg, lines[1])
		}
	}
	if strings.Contains(lines[1], "redis") {
		t.Errorf("installs what is there: %q", lines[1])
	}
}

func TestNeedFailsWithOneClearLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		m    machine
		env  []string
		need []string
		want string
	}{
		{"no Go", newMachine(t).hasApt(nil), nil, []string{"go"}, "need: Go is missing"},
		{"no Node", newMachine(t).hasApt(nil), nil, []string{"node"}, "need: Node is missing"},
		{"Node without npm", newMachine(t).has("node", node20), nil, []string{"node"}, "need: Node is missing"},
		{"Node 20.18", newMachine(t).has("npm", "").has("node", "echo v20.18.3"), nil, []string{"node"}, "v20.18.3 is too old"},
		{"Node 21", newMachine(t).has("npm", "").has("node", "echo v21.7.0"), nil, []string{"node"}, "v21.7.0 is too old"},
		{"Node 22.11", newMachine(t).has("npm", "").has("node", "echo v22.11.0"), nil, []string{"node"}, "v22.11.0 is too old"},
		{"no apt", newMachine(t), nil, []string{"postgres"},
			"need: postgres is missing. Install it (Debian, Ubuntu: apt-get install postgresql), or set TEST_DATABASE_URL."},
		{"not root", newMachine(t).has("apt-get", "exit 9").has("id", "echo 1000"), nil, []string{"redis"}, "apt-get install redis-server"},
		{"apt fails", newMachine(t).has("apt-get", "exit 100").has("id", "echo 0"), nil, []string{"chromium"}, "apt-get could not install chromium"},
		{"apt brings nothing", newMachine(t).hasApt(nil), nil, []string{"gcc"}, "need: gcc is still missing after apt-get install gcc"},
		{"wrong CHROMIUM", newMachine(t).hasApt(nil), []string{"CHROMIUM=/nowhere/chrome"}, []string{"chromium"}, "CHROMIUM names /nowhere/chrome"},
		{"typing error", newMachine(t), nil, []string{"nodejs"}, "unknown program: nodejs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ok, said := c.m.need(c.env, c.need...)
			if ok || !strings.Contains(said, c.want) {
				t.Errorf("ok %v, said %q, want %q", ok, said, c.want)
			}
			if last := strings.Split(strings.TrimSpace(said), "\n"); !strings.HasPrefix(last[len(last)-1], "need: ") {
				t.Errorf("the last line is %q", last[len(last)-1])
			}
		})
	}
}

func TestNeedTakesWhatTheEnvironmentNames(t *testing.T) {
	t.Parallel()
	m := newMachine(t).hasApt(nil).has("my-chromium", "")
	ok, said := m.need([]string{
		"TEST_DATABASE_URL=postgres://db/test", "CHROMIUM=" + filepath.Join(m.bin, "my-chromium"),
	}, "postgres", "chromium")
	if !ok || m.asked() != "" {
		t.Errorf("ok %v, said %q, asked apt %q", ok, said, m.asked())
	}
}

func TestNeedAcceptsEveryNodeThatViteRunsOn(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"v20.19.0", "v20.20.2", "v22.12.0", "v23.1.0", "v24.0.0"} {
		m := newMachine(t).has("npm", "").has("node", "echo "+version)
		if ok, said := m.need(nil, "node"); !ok {
			t.Errorf("%s: %s", version, said)
		}
	}
}
