package ingress_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

// preset is a live workflow whose trigger is set up for a sender of the registry.
type preset struct {
	*sender.Sender
	w                       *world
	workflow, token, secret string
}

// unsigned are the senders that do not sign: their address is the secret. A new
// entry without a scheme is named here on purpose, or the tests fail.
var unsigned = []string{"json", "kajabi", "jotform", "mailchimp", "paypal", "clickup_automation"}

// presets publishes a workflow for each sender; more is added to the trigger's
// params.
func presets(t *testing.T, w *world, more string) []preset {
	t.Helper()
	var list []preset
	for _, s := range sender.All() {
		if (s.Scheme == nil) != slices.Contains(unsigned, s.Name) {
			t.Errorf("%s: is it meant to be taken without a signature?", s.Name)
		}
		list = append(list, w.preset(s, more))
	}
	return list
}

// signing are the presets that check a signature.
func signing(t *testing.T, w *world) []preset {
	t.Helper()
	return slices.DeleteFunc(presets(t, w, ""), func(p preset) bool { return p.Scheme == nil })
}

func (w *world) preset(s *sender.Sender, more string) preset {
	w.t.Helper()
	p := preset{Sender: s, w: w}
	signature := `"signature":{"scheme":"` + s.Name + `"}`
	switch {
	case s.Name == sender.Plain:
		signature = `"signature":{"scheme":"none"}`
	case s.Scheme != nil:
		p.secret = "secret of " + s.Name
		if s.Scheme.Standard {
			p.secret = sender.NewSecret()
		}
		signature = `"signature":{"scheme":"` + s.Name + `","secret":"` + p.secret + `"}`
	}
	steps := `{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}`
	if s.Name == sender.PayPal {
		steps = `{"id":"check","type":"paypal.confirm","v":1,"params":{"receiver":"shop@example.com","environment":"sandbox"}},` + steps
	}
	p.workflow, p.token = w.drafted(signature+more, steps)
	if _, err := w.engine.Publish(w.t.Context(), w.ws.ID, p.workflow, "", ""); err != nil {
		w.t.Fatalf("%s: %v", s.Name, err)
	}
	return p
}

// drafted is a workflow with a webhook.catch of these params, and its token.
func (w *world) drafted(params, steps string) (workflow, token string) {
	w.t.Helper()
	name := "Test"
	doc := `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{` + params + `}}],"steps":[` + steps + `]}`
	wf, err := w.engine.CreateWorkflow(w.t.Context(), w.ws.ID, engine.Edit{Name: &name, Document: []byte(doc)})
	if err != nil {
		w.t.Fatal(err)
	}
	tokens, err := w.store.Tokens(w.t.Context(), w.ws.ID, wf.ID)
	if err != nil || len(tokens) != 1 {
		w.t.Fatal(err, tokens)
	}
	return wf.ID, tokens[0].Plain
}

// plan is one request as the sender makes it now; change alters the plan.
func (p preset) plan(change ...func(*sender.Plan)) sender.Planned {
	p.w.t.Helper()
	plan := sender.Plan{Sender: p.Sender, Secret: p.secret, URL: "https://hooks.example.com/hooks/" + p.token, Now: p.w.clock.Now()}
	for _, c := range change {
		c(&plan)
	}
	list, err := plan.Requests()
	if err != nil {
		p.w.t.Fatalf("%s: %v", p.Name, err)
	}
	return list[0]
}

// post sends a request to the preset's address.
func (p preset) post(r sender.Planned, header ...string) got {
	p.w.t.Helper()
	call, err := http.NewRequestWithContext(p.w.t.Context(), r.Method, p.w.url+"/hooks/"+p.token, strings.NewReader(string(r.Body)))
	if err != nil {
		p.w.t.Fatal(err)
	}
	call.Header = r.Header.Clone()
	for i := 0; i < len(header); i += 2 {
		call.Header.Set(header[i], header[i+1])
	}
	return p.w.do(call)
}

// rows are the stored requests of the preset, newest first, and runs its runs.
func (p preset) rows() []engine.Request {
	p.w.t.Helper()
	list, err := p.w.store.ListRequests(p.w.t.Context(), p.w.ws.ID, engine.RequestFilter{WorkflowID: p.workflow}, engine.Page{Limit: 200})
	if err != nil {
		p.w.t.Fatal(err)
	}
	return list.Items
}

func (p preset) runs() int {
	p.w.t.Helper()
	list, err := p.w.store.ListRuns(p.w.t.Context(), p.w.ws.ID, engine.RunFilter{WorkflowID: p.workflow, Kind: "any"}, engine.Page{Limit: 200})
	if err != nil {
		p.w.t.Fatal(err)
	}
	return len(list.Items)
}

// refusal holds a refused request to the rule: 401 with the bytes that everybody
// gets, one more row with a reason, no run, and neither the reason nor anything
// secret in the answer.
func (p preset) refusal(what string, a got) {
	p.w.t.Helper()
	rows := p.rows()
	if a.status != http.StatusUnauthorized || a.body != refusedWords(p.w) {
		p.w.t.Errorf("%s, %s: %d %s", p.Name, what, a.status, a.body)
	}
	if len(rows) == 0 || rows[0].Verdict != nodes.BadSignature || rows[0].Reason == "" || rows[0].Status != http.StatusUnauthorized {
		p.w.t.Errorf("%s, %s: no row says why: %+v", p.Name, what, rows)
		return
	}
	if strings.Contains(a.body, rows[0].Reason) || p.secret != "" && (strings.Contains(a.body, p.secret) || strings.Contains(rows[0].Reason, p.secret)) {
		p.w.t.Errorf("%s, %s: too much is told: %s", p.Name, what, a.body)
	}
	if n := p.runs(); n != 0 {
		p.w.t.Errorf("%s, %s: %d runs", p.Name, what, n)
	}
}

// refusedWords are what everybody is told whose signature does not hold.
func refusedWords(w *world) string {
	w.t.Helper()
	if w.refused == "" {
		_, token := w.drafted(`"signature":{"scheme":"github","secret":"of somebody else"}`, `{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}`)
		w.refused = w.send("POST", "/hooks/"+token, "{}").body
	}
	return w.refused
}

// TestF1EverySenderIsTaken: each of its events, rightly signed, is taken once and
// starts one run, or none where it only tests the address.
func TestF1EverySenderIsTaken(t *testing.T) {
	w := newWorld(t, options{})
	for _, p := range presets(t, w, "") {
		runs := 0
		for _, sample := range p.Samples {
			a := p.post(p.plan(func(plan *sender.Plan) { plan.Events = []string{sample.Event} }))
			row := p.rows()[0]
			if a.status/100 != 2 || row.Verdict != nodes.Accepted && row.Verdict != nodes.Handshake {
				t.Errorf("%s %s: %d %s (%s: %s)", p.Name, sample.Event, a.status, a.body, row.Verdict, row.Reason)
			}
			if row.Verdict == nodes.Accepted {
				runs++
			}
		}
		if n := p.runs(); n != runs || runs == 0 {
			t.Errorf("%s: %d runs of %d events", p.Name, n, runs)
		}
	}
}

// TestF1EveryRepeatStartsOneRun: what a sender sends again, newly signed, is known
// by its id, also when the copies come at once. Where a scheme has no time in it,
// that id is what a caught request cannot be played again for.
func TestF1EveryRepeatStartsOneRun(t *testing.T) {
	w := newWorld(t, options{})
	for _, p := range presets(t, w, "") {
		if p.Dedupe == "" {
			if p.Scheme != nil && p.Scheme.TimestampPrefix == "" && len(p.Scheme.TimestampHeader) == 0 {
				t.Errorf("%s: neither a time nor an id keeps a caught request from being played again", p.Name)
			}
			continue
		}
		r := p.plan()
		answers := make(chan got, 8)
		for range 8 {
			go func() { answers <- p.post(r) }()
		}
		for range 8 {
			if a := <-answers; a.status/100 != 2 {
				t.Errorf("%s: %d %s", p.Name, a.status, a.body)
			}
		}
		if n := p.runs(); n != 1 {
			t.Errorf("%s: %d runs of one event", p.Name, n)
		}
	}
}

// TestF2EverySenderRefusesAWrongSignature: another secret, another body, one bit
// of the signature, of the time or of a signed id.
func TestF2EverySenderRefusesAWrongSignature(t *testing.T) {
	w := newWorld(t, options{})
	for _, p := range signing(t, w) {
		p.refusal("another secret", p.post(p.plan(func(plan *sender.Plan) { plan.WrongSignature = true })))
		altered := p.plan()
		altered.Body = append(slices.Clone(altered.Body), altered.Body[len(altered.Body)-1])
		p.refusal("another body", p.post(altered))
		for name := range signedHeaders(p.Scheme) {
			r := p.plan()
			text := []byte(r.Header.Get(name))
			text[len(text)/2] ^= 1
			r.Header.Set(name, string(text))
			p.refusal("one bit of "+name, p.post(r))
		}
	}
}

// signedHeaders are those that no request of a scheme may be without or change.
func signedHeaders(s *sender.Scheme) map[string]bool {
	names := map[string]bool{s.Header[0]: true}
	if len(s.TimestampHeader) > 0 {
		names[s.TimestampHeader[0]] = true
	}
	if len(s.IDHeader) > 0 && strings.Contains(s.Pattern, "{id}") {
		names[s.IDHeader[0]] = true
	}
	return names
}

// TestF3EverySenderRefusesABrokenHeader: without it, empty, cut, doubled, or with
// more signatures than anybody sends. A handshake is no way around it.
func TestF3EverySenderRefusesABrokenHeader(t *testing.T) {
	w := newWorld(t, options{})
	for _, p := range signing(t, w) {
		name := p.Scheme.Header[0]
		good := p.plan().Header.Get(name)
		broken := map[string]string{"empty": "", "cut": good[:len(good)-1], "prefix alone": p.Scheme.Lead + p.Scheme.Prefix}
		if p.Scheme.Separator != "" {
			broken["200 signatures"] = strings.TrimSuffix(strings.Repeat(good+p.Scheme.Separator, 200), p.Scheme.Separator)
		}
		for what, text := range broken {
			p.refusal(what, p.post(p.plan(), name, text))
		}
		for signed := range signedHeaders(p.Scheme) {
			r := p.plan()
			r.Header.Del(signed)
			p.refusal("without "+signed, p.post(r))
			r = p.plan()
			r.Header.Add(signed, r.Header.Get(signed))
			p.refusal("two of "+signed, p.post(r))
		}
		if p.Handshake == nil {
			continue
		}
		for _, sample := range p.Samples {
			r := p.plan(func(plan *sender.Plan) { plan.Events = []string{sample.Event} })
			if _, greets := p.Handshake(r.Header, nil); !greets && !strings.Contains(sample.Event, "verification") {
				continue
			}
			r.Header.Del(name)
			a := p.post(r)
			p.refusal("a handshake that nobody signed", a)
			if strings.Contains(a.body, "challenge") {
				t.Errorf("%s: a stranger was told %s", p.Name, a.body)
			}
		}
	}
}

// TestF4EverySenderRefusesAnOldTime: a time that is five minutes off is taken, one
// second more is not, in either direction.
func TestF4EverySenderRefusesAnOldTime(t *testing.T) {
	w := newWorld(t, options{})
	timed := 0
	for _, p := range signing(t, w) {
		if p.Scheme.TimestampPrefix == "" && len(p.Scheme.TimestampHeader) == 0 {
			continue
		}
		timed++
		for _, off := range []int{-301, 301, -86400, 86400} {
			p.refusal("a time off", p.post(p.plan(at(off))))
		}
		for _, off := range []int{-299, 299} {
			if a := p.post(p.plan(at(off))); a.status/100 != 2 {
				t.Errorf("%s: %d seconds off: %d %s", p.Name, off, a.status, a.body)
			}
		}
	}
	if timed < 5 {
		t.Errorf("only %d schemes carry a time", timed)
	}
}

// TestF7EverySendersAddressIsExact: a token that is wrong by a letter is nobody's,
// in the same words for all, and leaves no row.
func TestF7EverySendersAddressIsExact(t *testing.T) {
	w := newWorld(t, options{})
	want := ""
	for _, p := range presets(t, w, "") {
		right := p.token
		for _, wrong := range []string{right[:31] + string(right[31]^1), swapCase(right), "%2e%2e", right + "x", right[1:]} {
			p.token = wrong
			a := p.post(p.plan())
			if want == "" {
				want = a.body
			}
			if a.status != http.StatusNotFound || a.body != want {
				t.Errorf("%s at %s: %d %s", p.Name, wrong, a.status, a.body)
			}
		}
		if n := len(p.rows()); n != 0 {
			t.Errorf("%s: %d rows", p.Name, n)
		}
	}
}

// TestEveryProbeIsOfItsSender: only senders that probe an address with another
// method are answered to it, and no method but theirs.
func TestEveryProbeIsOfItsSender(t *testing.T) {
	w := newWorld(t, options{})
	for _, p := range presets(t, w, "") {
		for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodDelete} {
			want := http.StatusMethodNotAllowed
			if slices.Contains(p.Probe, method) {
				want = http.StatusOK
			}
			if a := w.send(method, "/hooks/"+p.token, ""); a.status != want {
				t.Errorf("%s %s: %d", p.Name, method, a.status)
			}
			if row := p.rows()[0]; row.Reason == "" {
				t.Errorf("%s %s: no reason", p.Name, method)
			}
		}
		if p.runs() != 0 {
			t.Errorf("%s: a probe started a run", p.Name)
		}
	}
}

// at shifts the time that a request is signed with.
func at(seconds int) func(*sender.Plan) {
	return func(plan *sender.Plan) { plan.Now = plan.Now.Add(time.Duration(seconds) * time.Second) }
}
