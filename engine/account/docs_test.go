package account_test

import (
	"os"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/account"
)

// table is the matrix of roles as docs/roles.md shows it: w for write (which
// holds read), r for read, yes for other rights.
func table() string {
	var b strings.Builder
	b.WriteString("| |")
	for _, role := range account.Roles() {
		b.WriteString(" " + string(role) + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat("---|", len(account.Roles())) + "\n")
	seen := map[string]bool{}
	for _, s := range append(account.KnownScopes(), account.PayloadsRead) {
		resource, right, _ := strings.Cut(string(s), ":")
		row := resource
		if right == "publish" {
			row = resource + ":publish"
		}
		if seen[row] {
			continue
		}
		seen[row] = true
		b.WriteString("| `" + row + "` |")
		for _, role := range account.Roles() {
			has := role.Scopes()
			mark := ""
			switch {
			case right == "publish" && has.Has(s):
				mark = "yes"
			case right != "publish" && has.Has(account.Scope(resource+":write")) && resource != "audit" && resource != "payloads":
				mark = "write"
			case right != "publish" && has.Has(account.Scope(resource+":read")):
				mark = "read"
			}
			b.WriteString(" " + mark + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

// docs/roles.md says what the matrix says.
func TestTheRolesAreDocumented(t *testing.T) {
	text, err := os.ReadFile("../../docs/roles.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), table()) {
		t.Errorf("docs/roles.md must hold this table:\n%s", table())
	}
	for _, role := range account.Roles() {
		if !strings.Contains(string(text), "**"+string(role)+"**: "+role.About()) {
			t.Errorf("docs/roles.md must say **%s**: %s", role, role.About())
		}
	}
}
