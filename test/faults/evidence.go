package faults

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// Evidence is everything that is known once it is quiet.
type Evidence struct {
	Installed Installed
	Entries   []Entry
	Effects   []Effect
	// Runs are all runs with their steps, Contacts and Grants all there are.
	Runs     []instance.Run
	Contacts []instance.Contact
	Grants   []instance.Grant
}

// readers is how many runs are read at once.
const readers = 8

// Collect reads the evidence over the API.
func Collect(ctx context.Context, c *instance.Client, in Installed, l *Ledger, s *Sink) (Evidence, error) {
	e := Evidence{Installed: in, Entries: l.Entries(), Effects: s.Effects()}
	var err error
	if e.Contacts, err = instance.List[instance.Contact](ctx, c, "/contacts", nil); err != nil {
		return e, err
	}
	if e.Grants, err = instance.List[instance.Grant](ctx, c, "/grants", nil); err != nil {
		return e, err
	}
	listed, err := instance.List[instance.Run](ctx, c, "/runs", nil)
	if err != nil {
		return e, err
	}
	e.Runs, err = details(ctx, c, listed)
	return e, err
}

// details reads each run with its steps.
func details(ctx context.Context, c *instance.Client, listed []instance.Run) ([]instance.Run, error) {
	runs, errs := make([]instance.Run, len(listed)), make([]error, readers)
	var group sync.WaitGroup
	for reader := range readers {
		group.Go(func() {
			for i := reader; i < len(listed) && errs[reader] == nil; i += readers {
				runs[i], errs[reader] = c.Run(ctx, listed[i].ID)
			}
		})
	}
	group.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return runs, nil
}

// open are the states of a run that goes on by itself.
var open = []string{"queued", "running", "waiting"}

// Quiet waits until nothing is under way: no run is open when asked three times
// in a row, half a second apart, which is longer than the consumer of events
// takes to start the runs of the last ones.
func Quiet(ctx context.Context, c *instance.Client) error {
	last, still := -1, 0
	for {
		left, err := countOpen(ctx, c)
		switch {
		case err == nil && left == 0:
			still++
		case err == nil:
			still, last = 0, left
		}
		if still >= 3 {
			return nil
		}
		select {
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("not quiet in time: %d runs were open when last seen", last), err)
		case <-time.After(500 * time.Millisecond):
		}
	}
}

// countOpen counts the first page of each open state: enough to know whether
// there are any.
func countOpen(ctx context.Context, c *instance.Client) (int, error) {
	total := 0
	for _, status := range open {
		var page struct{ Items []instance.Run }
		query := url.Values{"status": {status}, "limit": {"100"}}
		if err := c.Do(ctx, http.MethodGet, "/runs?"+query.Encode(), nil, &page); err != nil {
			return 0, err
		}
		total += len(page.Items)
	}
	return total, nil
}

// idOf is the known id that a contact was made for.
func idOf(c instance.Contact) string {
	id, _, _ := strings.Cut(c.Email, "@")
	return id
}
