package storagetest

import (
	"context"
	"errors"
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
)

// Run holds a database to what the engine's ports promise. open returns a store
// on a new, empty database that ends with the test.
func Run(t *testing.T, open func(t testing.TB) *storage.Store) {
	groups := map[string]func(t *testing.T, open func(t testing.TB) *storage.Store){
		"Accept":     testAccept,
		"First":      testAcceptWithProgress,
		"Dedupe":     testDedupe,
		"Progress":   testProgress,
		"Journal":    testJournal,
		"Units":      testUnits,
		"Reconcile":  testReconcile,
		"Pull":       testPull,
		"Events":     testEvents,
		"Endpoints":  testEndpoints,
		"Workflows":  testWorkflows,
		"Secrets":    testSecrets,
		"Contacts":   testContacts,
		"Offers":     testOffers,
		"Isolation":  testIsolation,
		"HardValues": testHardValues,
		"Accounts":   testAccounts,
		"Members":    testMembers,
		"Workspaces": testWorkspaces,
		"Lists":      testLists,
		"Insight":    testInsight,
		"Messages":   testMessages,
		"Retention":  testRetention,
		"Sales":      testSales,
		"SalesApart": testSalesIsolation,
		"Hooks":      testHooks,
		"Templates":  testTemplates,
		"Pushes":     testPushes,
		"Waits":      testWaits,
		"SignIns":    testSignIns,
		"Usage":      testUsage,
		"Agency":     testAgency,
		"Brands":     testBrands,
		"Watches":    testWatches,
	}
	for name, group := range groups {
		t.Run(name, func(t *testing.T) { group(t, open) })
	}
}

// scenario is one named promise; it gets a store of its own group.
type scenario struct {
	name string
	test func(t *testing.T, f *Fixture)
}

// play runs scenarios on one store, each in a workspace of its own.
func play(t *testing.T, open func(t testing.TB) *storage.Store, scenarios ...scenario) {
	s := open(t)
	for i, sc := range scenarios {
		f := NewFixture(t, s, string(rune('a'+i))+"-workspace")
		t.Run(sc.name, func(t *testing.T) {
			f.T = t
			sc.test(t, f)
		})
	}
}

var ctx = context.Background()

func wantIs(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func noError(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatalf("unexpected error: %v", err)
	}
}

func run(t *testing.T, f *Fixture, id string) engine.Run {
	t.Helper()
	r, err := f.Store.Run(ctx, f.Workspace.ID, id)
	noError(t, err)
	return r
}
