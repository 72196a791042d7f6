package engine_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

const club = `
hookloom: 1
app: club
name: Club
base_url: SINK/v1
headers: { X-Club: HEADER }
auth: { type: bearer, token: "{{ connection.token }}", fields: [{ key: token, label: Token, kind: secret, required: true }] }
actions:
  join:
    name: Join
    summary: Join the club.
    fields: [{ key: email, label: E-mail, required: true }]
    request: { path: /members, json: { email: "{{ params.email }}" } }
    output: { ok: "{{ answer.body.ok }}" }
    sample: { ok: true }
`

// use puts the file into the registry, as a process does when it finds it changed;
// "" takes it away.
func (w *world) use(header string) {
	w.t.Helper()
	var definitions []nodes.Definition
	if header != "" {
		app, problems := declared.Parse([]byte(strings.NewReplacer("SINK", w.sink.URL, "HEADER", header).Replace(club)))
		if app == nil {
			w.t.Fatal(problems)
		}
		definitions = app.Definitions()
	}
	if err := w.registry.Replace("files", definitions...); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) connect(typeID string, form map[string]any) string {
	w.t.Helper()
	c := engine.Connection{ID: engine.NewID("cxn"), Type: typeID, Name: "Club"}
	w.do(func(tx engine.Tx) (err error) {
		if c.Params, err = engine.HideSecrets(tx, w.registry.Lookup(c.Type), c.ID, form); err != nil {
			return err
		}
		return tx.PutConnection(c)
	})
	return c.ID
}

func joining(connection string) string {
	return `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"join","type":"club.join","v":1,"params":{"connection":"` + connection + `","email":"{{ trigger.body.email }}"}}]}`
}

// A file of node types changes, goes and comes back while its workflow is live: each
// run is done by what counts then, and nothing that comes is turned away.
func TestDeclaredTypesChangeUnderLiveWorkflows(t *testing.T) {
	w := newWorld(t)
	w.use("first")
	_, token := w.publish(joining(w.connect("club.account", map[string]any{"token": "canary"})))
	for _, header := range []string{"first", "second"} {
		w.use(header)
		run := w.settled(w.post(token, `{"email":"ann@example.com"}`).RunIDs[0])
		sent := w.sink.all()
		if last := sent[len(sent)-1]; run.Status != engine.Succeeded || last.Header.Get("X-Club") != header ||
			last.Header.Get("Authorization") != "Bearer canary" || last.Body != `{"email":"ann@example.com"}` {
			t.Errorf("run %s: %+v, sent %+v", run.Status, run.Error, last)
		}
	}
	w.use("")
	answer := w.post(token, `{"email":"bob@example.com"}`)
	if answer.Verdict != nodes.Accepted || len(answer.RunIDs) != 1 {
		t.Fatalf("answered %+v", answer)
	}
	run := w.settled(answer.RunIDs[0])
	if run.Status != engine.Failed || run.Error.Code != "step_missing" || !strings.Contains(run.Error.Message, `"club.join"`) {
		t.Errorf("run %s: %+v", run.Status, run.Error)
	}
	w.use("third")
	if run := w.settled(w.post(token, `{"email":"cid@example.com"}`).RunIDs[0]); run.Status != engine.Succeeded || len(w.sink.all()) != 3 {
		t.Errorf("run %s: %+v, %d calls", run.Status, run.Error, len(w.sink.all()))
	}
}

// A step takes connections of its app alone: publishing refuses another one, and a
// test of the draft sends its secret nowhere.
func TestDeclaredTypesTakeTheirOwnConnections(t *testing.T) {
	w := newWorld(t)
	w.use("any")
	foreign := w.connect("auth.bearer", map[string]any{"token": "canary", "hosts": []any{"other.example.com"}})
	refused := w.draft(joining(foreign))
	if _, err := w.Publish(t.Context(), w.workspace.ID, refused.ID, "usr_test", engine.HeldKeep); err == nil || !strings.Contains(err.Error(), "the chosen connection is for Bearer token") {
		t.Errorf("publishing says %v", err)
	}
	tested, err := w.Test(t.Context(), w.workspace.ID, refused.ID, engine.StartOptions{Payload: map[string]any{"email": "ann@example.com"}}, engine.KindWorkflow, false)
	if err != nil {
		t.Fatal(err)
	}
	run := w.settled(tested.ID)
	if run.Status != engine.Failed || len(w.sink.all()) != 0 || !strings.Contains(run.Error.Message, "of another kind") || strings.Contains(run.Error.Message, "canary") {
		t.Errorf("run %s: %+v, sent %v", run.Status, run.Error, w.sink.all())
	}
}
