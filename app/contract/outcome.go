package contract

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// outcome is what became of a test, as expectations see it.
type outcome struct {
	answer   *told
	runs     []ran
	calls    []call
	contacts []person
	letters  []engine.Message
	values   map[string]any
}

// told is what the last sender was told.
type told struct {
	status  int
	verdict string
	reason  string
	body    any
}

// ran is a run with its journal.
type ran struct {
	engine.Run
	steps []engine.StepResult
}

// person is a contact with the titles of its offers.
type person struct {
	crm.Contact
	offers []string
}

// outcome looks at everything that a test may have changed.
func (s *stage) outcome(ctx context.Context) (outcome, error) {
	o := outcome{calls: s.outside.made(), values: map[string]any{}}
	a, err := s.told(ctx)
	if err != nil {
		return o, err
	}
	if a != nil {
		o.answer = &told{status: a.Status, verdict: string(a.Verdict), reason: a.Reason}
		if a.Reply != nil {
			o.answer.status, o.answer.body = cmp.Or(a.Reply.Status, http.StatusOK), plainText(a.Reply.Body)
		}
	}
	runs, err := s.runs(ctx)
	if err != nil {
		return o, err
	}
	for _, r := range runs {
		// Lists leave out what only a run's own page shows.
		full, err := s.store.Run(ctx, s.workspace.ID, r.ID)
		if err != nil {
			return o, err
		}
		steps, err := s.store.Steps(ctx, s.workspace.ID, r.ID)
		if err != nil {
			return o, err
		}
		o.runs = append(o.runs, ran{full, steps})
	}
	if o.contacts, err = s.people(ctx); err != nil {
		return o, err
	}
	if o.values, err = s.store.CustomValues(ctx, s.workspace.ID); err != nil {
		return o, err
	}
	letters, err := s.store.ListMessages(ctx, s.workspace.ID, engine.MessageFilter{}, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return o, err
	}
	for _, m := range letters.Items {
		if m.ContactID != "" || m.RunID != "" {
			o.letters = append(o.letters, m)
		}
	}
	slices.Reverse(o.letters)
	return o, nil
}

func (s *stage) people(ctx context.Context) ([]person, error) {
	var all []person
	for cursor := ""; ; {
		list, err := s.store.ListContacts(ctx, s.workspace.ID, engine.ContactFilter{}, engine.Page{Cursor: cursor, Limit: engine.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, c := range list.Items {
			// Lists need not have everything of a contact.
			full, err := s.store.Contact(ctx, s.workspace.ID, c.ID)
			if err != nil {
				return nil, err
			}
			offers, err := s.store.ContactOffers(ctx, s.workspace.ID, c.ID)
			if err != nil {
				return nil, err
			}
			p := person{Contact: full}
			for _, offer := range offers {
				p.offers = append(p.offers, offer.Title)
			}
			all = append(all, p)
		}
		if cursor = list.Next; cursor == "" {
			slices.Reverse(all)
			return all, nil
		}
	}
}

// plainText is JSON as plain values and anything else as a text; nil for none.
func plainText(raw []byte) any {
	if len(raw) == 0 {
		return nil
	}
	if json.Valid(raw) {
		if v, err := value.Decode(raw); err == nil {
			return v
		}
	}
	return string(raw)
}
