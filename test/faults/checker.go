package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/test/instance"
)

// Kind sorts violations.
type Kind string

// The kinds of violations.
const (
	Lost      Kind = "lost"      // accepted, and no run or no effect of it
	Doubled   Kind = "doubled"   // an internal effect or a run twice
	Unkeyed   Kind = "unkeyed"   // a repeat to the outside with another key or body
	Unending  Kind = "unending"  // a run neither finished nor parked
	Misrun    Kind = "misrun"    // a run that went otherwise than the model says
	Uninvited Kind = "uninvited" // something that nobody sent or was promised
)

// Violation is one thing that is not as it must be.
type Violation struct {
	Kind Kind
	Text string
}

// String is the violation on one line.
func (v Violation) String() string { return string(v.Kind) + ": " + v.Text }

// Counts are the violations of each kind.
func Counts(list []Violation) map[Kind]int {
	n := map[Kind]int{}
	for _, v := range list {
		n[v.Kind]++
	}
	return n
}

// checker holds the evidence by the keys under which it is looked up.
type checker struct {
	Evidence
	found    []Violation
	entries  map[string]Entry
	contacts map[string]instance.Contact          // by id
	runs     map[string]instance.Run              // by id
	of       map[string]map[string][]instance.Run // by flow and known id
}

// Check holds the evidence against the model and returns all violations.
func Check(e Evidence) []Violation {
	c := &checker{
		Evidence: e, entries: map[string]Entry{}, contacts: map[string]instance.Contact{},
		runs: map[string]instance.Run{}, of: map[string]map[string][]instance.Run{},
	}
	for _, entry := range e.Entries {
		c.entries[entry.Order.ID] = entry
	}
	for name := range Flows {
		c.of[name] = map[string][]instance.Run{}
	}
	c.checkContacts()
	c.checkRuns()
	c.checkPromises()
	c.checkCauses()
	c.checkGrants()
	c.checkEffects()
	return c.found
}

func (c *checker) reportf(kind Kind, format string, args ...any) {
	c.found = append(c.found, Violation{kind, fmt.Sprintf(format, args...)})
}

// checkContacts wants one contact for each id, and none of what was refused.
func (c *checker) checkContacts() {
	seen := map[string]string{}
	for _, contact := range c.Contacts {
		c.contacts[contact.ID] = contact
		id := idOf(contact)
		if other, twice := seen[id]; twice {
			c.reportf(Doubled, "the contact of %s is there twice: %s and %s", id, other, contact.ID)
		}
		seen[id] = contact.ID
		if e, sent := c.entries[id]; !sent || e.Order.Malformed {
			c.reportf(Uninvited, "the contact %s has the e-mail %s, which no well-formed webhook named", contact.ID, contact.Email)
		}
	}
}

// checkRuns wants every run finished as the model says, and sorts the runs by
// flow and id.
func (c *checker) checkRuns() {
	for _, run := range c.Runs {
		if _, twice := c.runs[run.ID]; twice {
			c.reportf(Doubled, "the run %s is listed twice", run.ID)
			continue
		}
		c.runs[run.ID] = run
		flow, known := c.Installed.Flows[run.WorkflowID]
		if !known {
			c.reportf(Uninvited, "the run %s belongs to the unknown workflow %s", run.ID, run.WorkflowID)
			continue
		}
		if c.checkEnd(run, flow) {
			c.checkSteps(run, flow)
		}
		contact, has := c.contacts[run.ContactID]
		if !has {
			if run.Status == "succeeded" {
				c.reportf(Misrun, "the run %s of %s succeeded without a contact", run.ID, flow)
			}
			continue
		}
		id := idOf(contact)
		if c.of[flow][id] = append(c.of[flow][id], run); len(c.of[flow][id]) == 2 {
			c.reportf(Doubled, "%s ran twice for %s: %s and %s", flow, id, c.of[flow][id][0].ID, run.ID)
		}
	}
}

// checkEnd reports whether the run succeeded. Parked with a reason is right for
// steps that must not be repeated; the model has none.
func (c *checker) checkEnd(run instance.Run, flow string) bool {
	switch run.Status {
	case "succeeded":
		return true
	case "failed", "canceled", "parked":
		c.reportf(Misrun, "the run %s of %s ended as %s: %s", run.ID, flow, run.Status, run.Error)
	default:
		c.reportf(Unending, "the run %s of %s is still %s", run.ID, flow, run.Status)
	}
	return false
}

// checkSteps wants the model's steps in their order, each succeeded once, and
// their outputs to say that they changed something: the second of two equal
// internal effects says that it did not.
func (c *checker) checkSteps(run instance.Run, flow string) {
	var ids []string
	for _, step := range run.Steps {
		ids = append(ids, step.StepID)
		if step.Status != "succeeded" || step.Execution != 1 {
			c.reportf(Misrun, "in the run %s of %s the step %s is %s in execution %d", run.ID, flow, step.StepID, step.Status, step.Execution)
		}
		if problem := repeated(step); problem != "" {
			c.reportf(Doubled, "in the run %s of %s the step %s %s", run.ID, flow, step.StepID, problem)
		}
	}
	if !slices.Equal(ids, Flows[flow].Steps) {
		c.reportf(Misrun, "the run %s of %s went %v, the model says %v", run.ID, flow, ids, Flows[flow].Steps)
	}
}

// repeated says how the output shows that the step's effect was there before,
// "" when it does not. Every id is new, so none may be.
func repeated(step instance.Step) string {
	var out struct {
		Created *bool    `json:"created"`
		Already *bool    `json:"already_granted"`
		Added   []string `json:"added"`
	}
	if err := json.Unmarshal(step.Output, &out); err != nil && step.Type != "webhook.send" {
		return fmt.Sprintf("has an output that cannot be read: %.200s", step.Output)
	}
	switch {
	case step.Type == "contact.upsert" && (out.Created == nil || !*out.Created):
		return "found its contact made already"
	case step.Type == "offer.grant" && (out.Already == nil || *out.Already):
		return "found its grant given already"
	case step.Type == "contact.add_tag" && !slices.Equal(out.Added, []string{"sale"}):
		return "found its tag there already"
	}
	return ""
}

// checkPromises wants for every accepted id exactly one run, the one that was
// answered, and for every refused one none.
func (c *checker) checkPromises() {
	for _, e := range c.entries {
		id, flow := e.Order.ID, e.Order.Flow
		runs := c.of[flow][id]
		for status := range e.Statuses {
			if !expected(status, e.Order.Malformed) {
				c.reportf(Misrun, "%s was answered %d", id, status)
			}
		}
		if e.Order.Malformed {
			if e.Accepted {
				c.reportf(Uninvited, "%s is malformed and was accepted", id)
			}
			continue
		}
		if !e.Accepted {
			continue
		}
		if len(e.Runs) > 1 {
			c.reportf(Doubled, "%s was answered with different runs: %v", id, e.Runs)
		}
		for _, run := range e.Runs {
			if _, there := c.runs[run]; !there {
				c.reportf(Lost, "%s was answered with the run %s, which is not there", id, run)
			}
		}
		switch {
		case len(runs) == 0:
			c.reportf(Lost, "%s was accepted and has no run that got to its contact", id)
		case len(e.Runs) == 1 && runs[0].ID != e.Runs[0]:
			c.reportf(Misrun, "%s was answered with the run %s and ran as %s", id, e.Runs[0], runs[0].ID)
		}
	}
}

// expected are the answers of a server that may be dying.
func expected(status int, malformed bool) bool {
	if malformed {
		return status == 400 || status == 503
	}
	return status == 200 || status == 202 || status == 503
}

// checkCauses wants one run of a caused flow for each run of its cause.
func (c *checker) checkCauses() {
	for name, flow := range Flows {
		if flow.Hooked {
			continue
		}
		for id, runs := range c.of[flow.Cause] {
			if runs[0].Status == "succeeded" && len(c.of[name][id]) == 0 {
				c.reportf(Lost, "the event of %s for %s started no run of %s", flow.Cause, id, name)
			}
		}
		for id := range c.of[name] {
			if len(c.of[flow.Cause][id]) == 0 {
				c.reportf(Uninvited, "%s ran for %s, for which %s did not", name, id, flow.Cause)
			}
		}
	}
}

// checkGrants wants one grant and the tag for each contact of Sale, and none
// for the others.
func (c *checker) checkGrants() {
	grants := map[string][]instance.Grant{}
	for _, g := range c.Grants {
		grants[g.ContactID] = append(grants[g.ContactID], g)
		if g.OfferID != c.Installed.Offer || g.RevokedAt != nil {
			c.reportf(Misrun, "the grant %s is of the offer %s, revoked %v", g.ID, g.OfferID, g.RevokedAt)
		}
	}
	for _, contact := range c.contacts {
		runs, n := c.of[Sale][idOf(contact)], len(grants[contact.ID])
		tagged := slices.Equal(contact.Tags, []string{"sale"})
		switch {
		case n > 1:
			c.reportf(Doubled, "the contact %s has %d grants", contact.ID, n)
		case len(runs) == 0 && (n > 0 || len(contact.Tags) > 0):
			c.reportf(Uninvited, "the contact %s has %d grants and the tags %v without a run of %s", contact.ID, n, contact.Tags, Sale)
		case len(runs) > 0 && runs[0].Status == "succeeded" && (n == 0 || !tagged):
			c.reportf(Lost, "the contact %s has %d grants and the tags %v after a run of %s", contact.ID, n, contact.Tags, Sale)
		}
	}
}

// checkEffects wants at least one call for each succeeded run that the sink
// answered 200, all calls of a run equal in keys and body, and no key for two
// runs.
func (c *checker) checkEffects() {
	first, done, owner := map[string]Effect{}, map[string]bool{}, map[string]string{}
	for _, e := range c.Effects {
		run, known := c.runs[e.Run]
		if !known || c.Installed.Flows[run.WorkflowID] != e.Flow {
			c.reportf(Uninvited, "the sink got a call of %s for %q from the unknown run %q", e.Flow, e.ID, e.Run)
			continue
		}
		if idOf(c.contacts[run.ContactID]) != e.ID {
			c.reportf(Misrun, "the run %s sent the id %q of somebody else", e.Run, e.ID)
		}
		if e.Key == "" || e.MessageID == "" {
			c.reportf(Unkeyed, "the run %s sent a call without its keys", e.Run)
		}
		if other := owner[e.Key]; other != "" && other != e.Run {
			c.reportf(Unkeyed, "the runs %s and %s sent the same key %s", other, e.Run, e.Key)
		}
		owner[e.Key] = e.Run
		before, again := first[e.Run]
		switch {
		case !again:
			first[e.Run] = e
		case before.Key != e.Key || before.MessageID != e.MessageID || before.Body != e.Body:
			c.reportf(Unkeyed, "the run %s repeated its call otherwise: %s %s %s, then %s %s %s",
				e.Run, before.Key, before.MessageID, before.Body, e.Key, e.MessageID, e.Body)
		}
		if e.Answer == "200" || e.Answer == "slow" {
			done[e.Run] = true
		}
	}
	for _, id := range slices.Sorted(maps.Keys(c.runs)) {
		if c.runs[id].Status == "succeeded" && !done[id] {
			c.reportf(Lost, "the run %s succeeded and the sink never answered a call of it 200", id)
		}
	}
}

// Shown is the first few violations, a line each.
func Shown(list []Violation) string {
	const most = 25
	lines := make([]string, 0, most+1)
	for i, v := range list {
		if i == most {
			lines = append(lines, fmt.Sprintf("... and %d more", len(list)-most))
			break
		}
		lines = append(lines, v.String())
	}
	return strings.Join(lines, "\n")
}
