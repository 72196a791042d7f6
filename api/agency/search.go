package agency

import (
	"context"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// Store is what looking over all workspaces needs of the database. Each call looks
// only where it is told to.
type Store interface {
	Board(ctx context.Context, sight engine.Sight, now time.Time) ([]engine.Health, error)
	Usage(ctx context.Context, from, to time.Time) ([]engine.Usage, error)
	FindContacts(ctx context.Context, sight engine.Sight, email string) ([]engine.Find, error)
	FindRuns(ctx context.Context, sight engine.Sight, id string) ([]engine.Find, error)
	FindRequests(ctx context.Context, sight engine.Sight, id string) ([]engine.Find, error)
	FindWorkflows(ctx context.Context, sight engine.Sight, text string) ([]engine.Find, error)
}

// Sights are the workspaces in which somebody may see each kind of thing.
type Sights struct{ Contacts, Runs, Workflows engine.Sight }

// MinQuery is how many characters a search has at least.
const MinQuery = 2

// Search finds contacts by the beginning of their e-mail address, runs and requests
// by the beginning of their id, with or without its prefix, and workflows by a part
// of their name: at most 25 of each.
func Search(ctx context.Context, s Store, may Sights, text string) ([]engine.Find, error) {
	text = strings.TrimSpace(text)
	if len(text) < MinQuery {
		return nil, nil
	}
	var found []engine.Find
	add := func(find func(context.Context, engine.Sight, string) ([]engine.Find, error), sight engine.Sight, text string) error {
		list, err := find(ctx, sight, text)
		found = append(found, list...)
		return err
	}
	if kind, id, ok := idOf(text); ok {
		if kind != "req" {
			if err := add(s.FindRuns, may.Runs, "run_"+id); err != nil {
				return nil, err
			}
		}
		if kind == "" || kind == "req" {
			if err := add(s.FindRequests, may.Runs, "req_"+id); err != nil {
				return nil, err
			}
		}
		if len(found) > 0 || kind != "" {
			return found, nil
		}
	}
	if !strings.ContainsAny(text, " \t") {
		if err := add(s.FindContacts, may.Contacts, strings.ToLower(text)); err != nil {
			return nil, err
		}
	}
	return found, add(s.FindWorkflows, may.Workflows, text)
}

// minID is how much of an id a search wants to see: its milliseconds.
const minID = 8

// idOf takes the beginning of an id apart: "run_0198…", "req_…", "dlv_…", which is a
// run's, or the UUID alone, for which kind is "".
func idOf(text string) (kind, id string, ok bool) {
	id = strings.ToLower(text)
	if before, after, cut := strings.Cut(id, "_"); cut {
		if before != "run" && before != "req" && before != "dlv" {
			return "", "", false
		}
		kind, id = before, after
	}
	if len(id) < minID || len(id) > 36 {
		return "", "", false
	}
	for _, c := range id {
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return "", "", false
		}
	}
	return kind, id, true
}
