package crm_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
)

var update = flag.Bool("update", false, "write the table in docs/sales.md anew")

var oftenWords = map[crm.Often]string{
	crm.Once: "once", crm.EachOffer: "each offer", crm.EachPayment: "each payment", crm.EachSubscription: "each subscription",
}

// TestTheTableInTheDocs keeps docs/sales.md at what the code says.
func TestTheTableInTheDocs(t *testing.T) {
	const file, begin, end = "../../docs/sales.md", "<!-- table -->\n", "<!-- end of table -->\n"
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, opened := strings.Cut(string(raw), begin)
	_, after, closed := strings.Cut(rest, end)
	if !opened || !closed {
		t.Fatal("the marks of the table are gone")
	}
	var table strings.Builder
	table.WriteString("| What happens | Events |\n|---|---|\n")
	for _, act := range slices.Sorted(maps.Keys(crm.Raises)) {
		var events []string
		for _, event := range slices.Sorted(maps.Keys(crm.Raises[act])) {
			events = append(events, fmt.Sprintf("`%s` %s", event, oftenWords[crm.Raises[act][event]]))
		}
		fmt.Fprintf(&table, "| %s | %s |\n", act, strings.Join(events, " · "))
	}
	want := before + begin + table.String() + end + after
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want != string(raw) {
		t.Error("docs/sales.md is stale; if the change is meant, run go test ./engine/crm -run TestTheTableInTheDocs -update")
	}
}
