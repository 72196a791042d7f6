package nodetest_test

import (
	"errors"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// The page shows the node that the test above proves, word for word.
func TestDocs(t *testing.T) {
	page, err := os.ReadFile("../../docs/nodes.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_test.go")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```go\n(.*?)```").FindAllStringSubmatch(string(page), -1)
	proven := 0
	for _, block := range blocks {
		code := block[1]
		if !strings.Contains(code, "PostParams") && !strings.Contains(code, "TestPost") {
			continue
		}
		// Imports stand in one block of the page and in this file together.
		_, body, ok := strings.Cut(code, ")\n\n")
		if !ok || !strings.Contains(string(source), strings.TrimSpace(body)) {
			t.Errorf("docs/nodes.md differs from example_test.go:\n%s", code)
		}
		proven++
	}
	if proven != 2 {
		t.Errorf("%d of 2 blocks of the node were found", proven)
	}
	for _, kind := range nodes.FieldKinds() {
		if !strings.Contains(string(page), "| `"+string(kind)+"` |") {
			t.Errorf("docs/nodes.md does not explain the field kind %s", kind)
		}
	}
}

func TestBenchSaysWhatIsWrongWithTheTest(t *testing.T) {
	b := nodetest.New()
	for name, c := range map[string]struct {
		run     func() error
		message string
	}{
		"no such type":     {func() error { _, err := b.Action("no.such", nil); return err }, "does the test import its package?"},
		"another kind":     {func() error { _, err := b.Internal("chat.post", nil); return err }, "is of kind action, not internal"},
		"no HTTP trigger":  {func() error { _, err := b.Receive("manual.start", nil, nodetest.Post("{}")); return err }, "is no HTTP trigger"},
		"no event trigger": {func() error { _, err := b.Match("manual.start", nil, crm.Event{}); return err }, "is no event trigger"},
		"a broken mapping": {func() error { _, err := b.Action("chat.post", nodetest.Params(`{"text":"{{ nope }}"}`)); return err }, "nope"},
		"a mapping that fails": {func() error {
			_, err := b.Action("chat.post", nodetest.Params(`{"text":"{{ 1 / 0 }}"}`))
			return err
		}, "zero"},
	} {
		if err := c.run(); err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got := b.Problems("no.such", nil); len(got) != 1 {
		t.Errorf("problems of no type: %q", got)
	}
}

func TestBenchHoldsOutputsToTheSample(t *testing.T) {
	b := nodetest.New()
	b.Registry = nodes.NewRegistry()
	type none struct{}
	b.Registry.Register(nodes.Internal[none]{
		Meta: nodes.Meta{Type: "t.node", Name: "T", Group: "T", Summary: "T.", Sample: map[string]any{"a": 1}},
		Run:  func(nodes.Tx, *nodes.Call, none) (any, error) { return map[string]any{"a": 1, "b": 2}, nil },
	})
	if _, err := b.Internal("t.node", nil); err == nil || !strings.Contains(err.Error(), "lacks b") {
		t.Errorf("got %v", err)
	}
}

func TestSinkPlaysItsAnswersAndKeepsTheLast(t *testing.T) {
	s := &nodetest.Sink{}
	s.Answer(nodetest.Answer{Status: 500}, nodetest.Answer{Status: 201})
	var got []int
	for range 3 {
		response, err := s.Send(t.Context(), nodes.HTTPRequest{Method: "GET", URL: "https://example.com"})
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, response.Status)
	}
	if !slices.Equal(got, []int{500, 201, 201}) || len(s.Requests) != 3 {
		t.Errorf("got %v", got)
	}
}

// The workspace in memory keeps the promises of crm.Tx that nodes rely on; the
// real ones are held to them by the conformance suite of storage.
func TestTx(t *testing.T) {
	tx := nodetest.NewTx(nodetest.Now, crm.Workspace{})
	ada := tx.AddContact(crm.Contact{Email: "ada@example.com", Fields: map[string]any{"plan": "gold"}, Tags: []string{"VIP"}})
	ada.Fields["plan"], ada.Tags[0] = "changed", "changed"
	stored, err := tx.Contact(ada.ID)
	if err != nil || stored.Fields["plan"] != "gold" || stored.Tags[0] != "VIP" {
		t.Errorf("what was read is a copy: %+v, %v", stored, err)
	}
	var taken *crm.Conflict
	if err := tx.InsertContact(&crm.Contact{Email: "ada@example.com"}); !errors.As(err, &taken) || taken.Field != "email" {
		t.Errorf("a second contact with the e-mail: %v", err)
	}
	grace := tx.AddContact(crm.Contact{Phone: "+1"})
	grace.Email = "ada@example.com"
	if err := tx.UpdateContact(&grace); !errors.As(err, &taken) {
		t.Errorf("an update to a taken e-mail: %v", err)
	}
	if _, lacked, err := tx.TagContact(ada.ID, "vip"); lacked || err != nil {
		t.Errorf("a tag that it has: %v, %v", lacked, err)
	}
	for _, err := range []error{
		func() error { _, err := tx.Contact("con_9"); return err }(),
		func() error { _, _, err := tx.TagContact("con_9", "x"); return err }(),
		func() error { _, _, err := tx.UntagContact("con_9", "x"); return err }(),
		func() error { _, err := tx.Offer("none"); return err }(),
		func() error { _, err := tx.ActiveGrant(ada.ID, "none"); return err }(),
		tx.RevokeGrant("none"),
		tx.UpdateContact(&crm.Contact{ID: "con_9"}),
	} {
		if !errors.Is(err, crm.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	}
	if found, err := tx.ContactsBy("email", ""); len(found) != 0 || err != nil {
		t.Errorf("a blank value finds nothing: %v, %v", found, err)
	}
	if found, _ := tx.ContactsBy("field:plan", "gold"); len(found) != 1 {
		t.Errorf("by an own field: %v", found)
	}
	if err := tx.SetCustomValue("k", []byte(`{"a":1}`)); err != nil || tx.Values["k"].(map[string]any)["a"] != 1 {
		t.Errorf("custom value: %v, %v", tx.Values, err)
	}
	broken := errors.New("broken")
	tx.Fail["Contact"] = broken
	if _, err := tx.Contact(ada.ID); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}
