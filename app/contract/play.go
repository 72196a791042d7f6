package contract

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// stage is a published workflow in a world, with what was told to senders.
type stage struct {
	*world
	id  string
	doc *workflow.Document
	// answer is what the last sender was told, nil when there was none; awaits says
	// that a step may have answered instead.
	answer *engine.Answer
	awaits bool
}

// publish stores the suite's workflow and makes it live.
func (w *world) publish(ctx context.Context, s *Suite) (*stage, error) {
	text, err := w.complete(ctx, s)
	if err != nil {
		return nil, err
	}
	name := s.Workflow
	made, err := w.CreateWorkflow(ctx, w.workspace.ID, engine.Edit{Name: &name, Document: text})
	if err != nil {
		return nil, unpublishable(err)
	}
	if _, err := w.Publish(ctx, w.workspace.ID, made.ID, "usr_test", engine.HeldKeep); err != nil {
		return nil, unpublishable(err)
	}
	doc, _ := workflow.Parse(text)
	return &stage{world: w, id: made.ID, doc: doc}, nil
}

// unpublishable lists the problems of a workflow for whoever wrote the test.
func unpublishable(err error) error {
	var broken *engine.DocumentError
	if !errors.As(err, &broken) {
		return fmt.Errorf("the workflow cannot be published: %w", err)
	}
	var b strings.Builder
	for _, p := range broken.Problems {
		if p.Severity == workflow.SeverityProblem {
			fmt.Fprintf(&b, "\n  %s: %s", cmp.Or(p.Step, p.Pointer, "workflow"), p.Message)
		}
	}
	return errors.New("the workflow cannot be published. Name what it needs under given, connections and fill:" + b.String())
}

// play lets everything of a test happen. With stay, runs that wait at the end are
// left waiting.
func (s *stage) play(ctx context.Context, acts []Act, stay bool) error {
	for i, act := range acts {
		if err := s.perform(ctx, act); err != nil {
			return fmt.Errorf("when/%d: %w", i, err)
		}
		if err := s.rest(ctx); err != nil {
			return err
		}
	}
	if stay {
		return nil
	}
	return s.pass(ctx, time.Time{})
}

func (s *stage) perform(ctx context.Context, act Act) error {
	switch {
	case act.Request != nil:
		return s.send(ctx, *act.Request)
	case act.Event != nil:
		return s.raise(ctx, *act.Event)
	case act.Start != nil:
		return s.start(ctx, *act.Start)
	}
	d, err := nodes.ParseDuration(act.After)
	if err != nil {
		return err
	}
	return s.pass(ctx, s.clock.Now().Add(time.Duration(d)))
}

// send makes a request as its sender would and lets it come in.
func (s *stage) send(ctx context.Context, in Inbound) error {
	trigger, token, err := s.address(ctx, in.Trigger)
	if err != nil {
		return err
	}
	r, err := s.request(in, trigger, base+"/hooks/"+token)
	if err != nil {
		return err
	}
	a := engine.Arrival{TokenHash: secret.HashToken(token), Size: int64(len(r.Body)), RawRequest: nodes.RawRequest{
		Method: r.Method, URL: r.URL, Path: "/hooks/" + token, Header: r.Header, Body: r.Body,
		IP: "192.0.2.1", ReceivedAt: s.clock.Now(),
	}}
	if _, query, ok := strings.Cut(r.URL, "?"); ok {
		a.RawQuery = query
	}
	answer, err := s.Ingest(ctx, a)
	if err != nil {
		return err
	}
	s.answer, s.awaits = &answer, answer.Await != nil
	if s.awaits {
		// Nobody waits here: the answer is read once the run is at rest.
		over, end := context.WithCancel(ctx)
		end()
		answer.Await(over)
	}
	return nil
}

// told is what the last sender was told: the answer of a step once the run is at
// rest, else the usual one.
func (s *stage) told(ctx context.Context) (*engine.Answer, error) {
	if s.answer == nil || !s.awaits || len(s.answer.RunIDs) == 0 {
		return s.answer, nil
	}
	reply, err := s.Replied(ctx, s.workspace.ID, s.answer.RunIDs[0])
	if err != nil {
		return nil, err
	}
	if reply != nil {
		s.answer.Reply = reply
	}
	s.awaits = false
	return s.answer, nil
}

// address finds the trigger that takes a request, and its token.
func (s *stage) address(ctx context.Context, id string) (workflow.Trigger, string, error) {
	tokens, err := s.store.Tokens(ctx, s.workspace.ID, s.id)
	if err != nil {
		return workflow.Trigger{}, "", err
	}
	for _, t := range s.doc.Triggers {
		for _, token := range tokens {
			if token.TriggerID == t.ID && token.Plain != "" && (id == "" || id == t.ID) {
				return t, token.Plain, nil
			}
		}
	}
	if id == "" {
		return workflow.Trigger{}, "", errors.New("no trigger of the workflow takes requests: use event or start")
	}
	return workflow.Trigger{}, "", fmt.Errorf("there is no trigger %q that takes requests", id)
}

// request is the call that comes in, signed as the trigger wants it.
func (s *stage) request(in Inbound, trigger workflow.Trigger, address string) (sender.Request, error) {
	r := sender.Request{Method: strings.ToUpper(cmp.Or(in.Method, http.MethodPost)), URL: address, Header: http.Header{}}
	if len(in.Query) > 0 {
		r.URL += "?" + queryOf(in.Query)
	}
	var from *sender.Sender
	if in.Sender != "" {
		if from = sender.Named(in.Sender); from == nil {
			return r, fmt.Errorf("there is no sender %q: hookloom simulate --list shows all", in.Sender)
		}
		sample, ok := from.Sample(in.Event)
		if !ok {
			return r, fmt.Errorf("%s has no sample %q: hookloom simulate --list shows all", from.Label, in.Event)
		}
		sample = sample.Fresh()
		r.Header, r.Body = sample.Header, sample.Body
	}
	if err := setBody(&r, in.Body); err != nil {
		return r, err
	}
	for name, text := range in.Headers {
		r.Header.Set(name, text)
	}
	if in.Unsigned {
		return r, nil
	}
	return r, s.sign(&r, from, trigger)
}

func queryOf(query map[string]any) string {
	values := url.Values{}
	for name, v := range query {
		list, ok := v.([]any)
		if !ok {
			list = []any{v}
		}
		for _, e := range list {
			values.Add(name, mapping.Text(e))
		}
	}
	return values.Encode()
}

// setBody writes the body of a request, or changes a sample's.
func setBody(r *sender.Request, body any) error {
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		r.Body = []byte(b)
		return nil
	case map[string]any:
		if len(r.Body) > 0 {
			sample, err := value.Decode(r.Body)
			object, ok := sample.(map[string]any)
			if err != nil || !ok {
				return errors.New("the sender's sample is no JSON object, so that no part of it can be changed: give the whole body as a text")
			}
			body = merged(object, b)
		}
	}
	text, err := value.Encode(body)
	if err != nil {
		return err
	}
	r.Body = text
	if r.Header.Get("Content-Type") == "" {
		r.Header.Set("Content-Type", "application/json")
	}
	return nil
}

// sign adds the signature that the trigger checks.
func (s *stage) sign(r *sender.Request, from *sender.Sender, trigger workflow.Trigger) error {
	params, _ := trigger.Params["signature"].(map[string]any)
	name, _ := params["scheme"].(string)
	checked := sender.Named(name)
	plain, _ := params["secret"].(string)
	if checked == nil || checked.Scheme == nil || plain == "" {
		return nil
	}
	if from == nil {
		from = checked
	}
	id := checked.Scheme.ID(r.Header)
	if id == "" {
		id = "msg_test"
	}
	signature, err := checked.Scheme.Sign(s.clock.Now(), *r, id, plain)
	if err != nil {
		return fmt.Errorf("the request cannot be signed as %s does: %w", from.Label, err)
	}
	maps.Copy(r.Header, signature)
	return nil
}

// raise has something happen in the workspace.
func (s *stage) raise(ctx context.Context, e Event) error {
	data := maps.Clone(e.Data)
	if data == nil {
		data = s.example(e.Type)
	}
	contact, err := s.find(ctx, e.Contact)
	if err != nil {
		return err
	}
	event := crm.Event{Type: e.Type, Data: data}
	if contact != nil {
		event.ContactID, data["contact"] = contact.ID, contact.Plain()
	} else {
		delete(data, "contact") // the example's contact is nobody here
	}
	if err := s.do(ctx, func(tx engine.Tx) error { return tx.Emit(event) }); err != nil {
		return err
	}
	s.WakeEvents()
	return nil
}

// example is what a trigger of an event shows as its sample.
func (s *stage) example(event string) map[string]any {
	for _, t := range s.registry.All() {
		if sample, ok := value.Clone(value.Normalize(t.Sample)).(map[string]any); ok && t.Event == event {
			return sample
		}
	}
	return map[string]any{}
}

// find looks a contact up by e-mail or phone; nil for "".
func (s *stage) find(ctx context.Context, ref string) (*crm.Contact, error) {
	if ref == "" {
		return nil, nil
	}
	var found []crm.Contact
	err := s.do(ctx, func(tx engine.Tx) (err error) {
		for _, key := range []string{"email", "phone", "external_user_id"} {
			if found, err = tx.ContactsBy(key, ref); err != nil || len(found) > 0 {
				return err
			}
		}
		return nil
	})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("there is no contact %q: add it to given", ref)
	}
	if err != nil {
		return nil, err
	}
	return &found[0], nil
}

func (s *stage) start(ctx context.Context, st Start) error {
	contact, err := s.find(ctx, st.Contact)
	if err != nil {
		return err
	}
	if st.Trigger != "" && !slices.ContainsFunc(s.doc.Triggers, func(t workflow.Trigger) bool { return t.ID == st.Trigger }) {
		return fmt.Errorf("the workflow has no trigger %q", st.Trigger)
	}
	o := engine.StartOptions{Trigger: st.Trigger, Payload: st.Data}
	if contact != nil {
		o.ContactID = contact.ID
	}
	_, err = s.StartWorkflow(ctx, s.workspace.ID, s.id, o)
	return err
}
