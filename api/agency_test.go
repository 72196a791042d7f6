package api_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// Only what a caller may see anywhere is on the board, found, and in the usage.
func TestAnAgencySeesAllClientsAndAClientOnlyItself(t *testing.T) {
	r := newRig(t)
	r.sink.answer(http.StatusUnprocessableEntity)
	_, hook := r.publish()
	accepted := r.call("POST", hook, order).is(http.StatusAccepted)
	run := r.settled(accepted.text("run_ids.0"))
	if run.text("status") != "failed" {
		t.Fatalf("the run did not fail: %s", run.body)
	}
	r.in("POST", "/connection-requests", `{"type":"auth.bearer","name":"CRM","params":{"hosts":["api.example.com"]}}`).is(http.StatusCreated)

	board := r.call("GET", "/clients", nil).is(http.StatusOK)
	if board.text("items.0.slug") != "a" || board.text("items.1.slug") != "b" {
		t.Errorf("the worst is not first: %s", board.body)
	}
	for path, want := range map[string]int{"items.0.failed_24h": 1, "items.0.failures.9": 0, "items.0.waiting_connections": 1, "items.1.failed_24h": 0} {
		if got := board.number(path); got != want {
			t.Errorf("%s is %d, want %d", path, got, want)
		}
	}
	if board.at("items.0.last_event_at") == nil || board.at("items.1.last_event_at") != nil {
		t.Errorf("the last events are wrong: %s", board.body)
	}

	strange := []string{"Authorization", "Bearer " + r.call("POST", "/workspaces/b/api-keys", `{"name":"b","scopes":["*"]}`).is(http.StatusCreated).text("key")}
	weak := []string{"Authorization", "Bearer " + r.in("POST", "/api-keys", `{"name":"w","scopes":["offers:read"]}`).is(http.StatusCreated).text("key")}
	for _, key := range [][]string{strange, weak} {
		for _, path := range []string{"/clients", "/usage", "/search?q=ada", "/search?q=" + run.text("id"), "/search?q=" + accepted.text("request_id")} {
			got := r.call("GET", path, nil, key...).is(http.StatusOK)
			if strings.Contains(string(got.body), r.a.ID) {
				t.Errorf("%s tells of another workspace: %s", path, got.body)
			}
		}
		r.call("GET", "/agency/alerts", nil, key...).is(http.StatusForbidden)
	}
	for q, want := range map[string]string{
		"ada": "contact", "ADA@example.com": "contact", run.text("id"): "run", strings.TrimPrefix(run.text("id"), "run_"): "run",
		accepted.text("request_id"): "request", "sal": "workflow",
	} {
		got := r.call("GET", "/search?q="+q, nil).is(http.StatusOK)
		if got.text("items.0.kind") != want || got.text("items.0.workspace.slug") != "a" {
			t.Errorf("%q finds %s", q, got.body)
		}
	}
	if got := r.call("GET", "/search?q=nobody@example.com", nil).is(http.StatusOK); len(got.at("items").([]any)) != 0 {
		t.Errorf("found %s", got.body)
	}

	if err := r.store.CountUsage(t.Context(), time.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	used := r.call("GET", "/usage", nil).is(http.StatusOK)
	if used.number("items.0.runs") != 1 || used.number("items.1.runs") != 0 {
		t.Errorf("usage: %s", used.body)
	}
	csv := r.call("GET", "/usage/export", nil).is(http.StatusOK)
	if month := time.Now().UTC().Format("2006-01"); !strings.Contains(string(csv.body), month+",A,a,1,0,0,") {
		t.Errorf("the sheet: %s", csv.body)
	}
	r.call("GET", "/usage?from=soon", nil).is(http.StatusUnprocessableEntity).points("/from")
}

// What is over the limit is held with the reason, and runs in order once the limit
// is raised; nothing is lost.
func TestEventsOverTheLimitAreHeldAndRunLater(t *testing.T) {
	r := newRig(t)
	_, hook := r.publish()
	r.call("PATCH", "/workspaces/a", `{"limits":{"runs_per_month":1}}`).is(http.StatusOK)
	first := r.call("POST", hook, `{"email":"one@example.com"}`).is(http.StatusAccepted)
	if first.text("verdict") != "accepted" {
		t.Fatalf("the first is %s", first.body)
	}
	var held []string
	for _, email := range []string{"two@example.com", "three@example.com"} {
		got := r.call("POST", hook, `{"email":"`+email+`"}`).is(http.StatusAccepted)
		if got.text("verdict") != "held" {
			t.Fatalf("over the limit: %s", got.body)
		}
		held = append(held, got.text("run_ids.0"))
		reason := r.in("GET", "/requests/"+got.text("request_id"), nil).is(http.StatusOK).text("reason")
		if !strings.Contains(reason, "1 run of this month") {
			t.Errorf("the reason says %q", reason)
		}
	}
	if got := r.in("GET", "/runs/"+held[0], nil).is(http.StatusOK); got.text("status") != "held" || got.text("end_reason") != engine.HeldByLimit {
		t.Errorf("a held run: %s", got.body)
	}
	if board := r.call("GET", "/clients", nil).is(http.StatusOK); board.number("items.0.held") != 2 {
		t.Errorf("the board: %s", board.body)
	}
	if err := r.engine.ReleaseLimited(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := r.in("GET", "/runs/"+held[0], nil); got.text("status") != "held" {
		t.Errorf("it was let go although the limit stands: %s", got.body)
	}

	r.call("PATCH", "/workspaces/a", `{"limits":{"runs_per_month":2}}`).is(http.StatusOK)
	if err := r.engine.ReleaseLimited(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.settled(held[0])
	if got := r.in("GET", "/runs/"+held[1], nil); got.text("status") != "held" {
		t.Errorf("a younger one overtook: %s", got.body)
	}
	r.call("PATCH", "/workspaces/a", `{"limits":{"runs_per_month":0}}`).is(http.StatusOK)
	if err := r.engine.ReleaseLimited(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.settled(held[1])
}

// A resume lets no more go than the limit allows; the rest waits for the limit.
func TestAResumeKeepsToTheLimit(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	r.in("POST", "/workflows/"+id+"/pause", nil).is(http.StatusOK)
	var runs []string
	for _, email := range []string{"one@example.com", "two@example.com"} {
		runs = append(runs, r.call("POST", hook, `{"email":"`+email+`"}`).is(http.StatusAccepted).text("run_ids.0"))
	}
	r.call("PATCH", "/workspaces/a", `{"limits":{"runs_per_month":1}}`).is(http.StatusOK)
	r.in("POST", "/workflows/"+id+"/resume", `{"held":"run"}`).is(http.StatusOK)
	r.settled(runs[0])
	if got := r.in("GET", "/runs/"+runs[1], nil); got.text("status") != "held" || got.text("end_reason") != engine.HeldByLimit {
		t.Errorf("beyond the limit: %s", got.body)
	}
}

func TestOtherLimitsRefuseAndOnlyTheAgencySetsThem(t *testing.T) {
	r := newRig(t)
	own := []string{"Authorization", "Bearer " + r.in("POST", "/api-keys", `{"name":"k","scopes":["*"]}`).is(http.StatusCreated).text("key")}
	r.call("PATCH", "/workspaces/a", `{"limits":{"contacts":1,"workflows":1},"features":{"beta":false}}`).is(http.StatusOK)
	for _, body := range []string{`{"limits":{"contacts":0}}`, `{"limits":{"contacts":5}}`, `{"features":{"beta":true}}`, `{"features":{"more":true}}`} {
		r.in("PATCH", "", body, own...).is(http.StatusForbidden)
	}
	r.in("PATCH", "", `{"name":"Mine","limits":{"contacts":1}}`, own...).is(http.StatusOK)
	r.call("PATCH", "/workspaces/a", `{"limits":{"cows":1}}`).is(http.StatusUnprocessableEntity).points("/limits/cows")

	r.in("POST", "/contacts", `{"email":"one@example.com"}`).is(http.StatusCreated)
	refused := r.in("POST", "/contacts", `{"email":"two@example.com"}`).is(http.StatusUnprocessableEntity)
	if !strings.Contains(string(refused.body), "1 contact") {
		t.Errorf("the refusal says %s", refused.body)
	}
	r.in("POST", "/workflows", `{"name":"One"}`).is(http.StatusCreated)
	r.in("POST", "/workflows", `{"name":"Two"}`).is(http.StatusUnprocessableEntity)
	if got := r.call("GET", "/me", nil); got.at("agency") != true {
		t.Errorf("the agency is not known: %s", got.body)
	}
	if got := r.call("GET", "/me", nil, own...); got.at("agency") != false {
		t.Errorf("a client's key counts as the agency's: %s", got.body)
	}
}

// A client fills in a connection once, sees nothing but what is asked for, and the
// secret is never shown again.
func TestAClientFillsInAConnection(t *testing.T) {
	r := newRig(t)
	nobody := []string{"Authorization", ""}
	asked := r.in("POST", "/connection-requests", `{"type":"auth.bearer","name":"CRM","params":{"hosts":["api.example.com"]}}`).is(http.StatusCreated)
	id := asked.text("id")
	_, token, _ := strings.Cut(asked.text("link.url"), "#")
	if asked.text("link.state") != "open" || token == "" {
		t.Fatalf("the link: %s", asked.body)
	}
	if got := r.in("GET", "/connections/"+id, nil).is(http.StatusOK); got.at("waiting_since") == nil {
		t.Errorf("it does not wait: %s", got.body)
	}
	r.in("POST", "/connection-requests", `{"type":"auth.bearer","name":"CRM","params":{"token":"t"}}`).is(http.StatusUnprocessableEntity).points("/params/token")

	seen := r.call("POST", "/client-links/open", `{"token":"`+token+`"}`, nobody...).is(http.StatusOK)
	if seen.text("workspace") != "A" || seen.text("name") != "CRM" || len(seen.at("fields").([]any)) != 1 || seen.text("fields.0.key") != "token" {
		t.Errorf("what is asked for: %s", seen.body)
	}
	if strings.Contains(string(seen.body), "api.example.com") || strings.Contains(string(seen.body), r.a.ID) {
		t.Errorf("it shows what is stored: %s", seen.body)
	}
	fill := func(params string) reply {
		return r.call("POST", "/client-links/fill", `{"token":"`+token+`","params":`+params+`}`, nobody...)
	}
	fill(`{}`).is(http.StatusUnprocessableEntity).points("/params/token")
	fill(`{"token":"s3cret","hosts":["evil.example.com"]}`).is(http.StatusUnprocessableEntity).points("/params/hosts")
	if got := fill(`{"token":"s3cret"}`).is(http.StatusOK); got.at("stored") != true {
		t.Fatalf("not stored: %s", got.body)
	}
	stored := r.in("GET", "/connections/"+id, nil).is(http.StatusOK)
	if stored.at("waiting_since") != nil || strings.Contains(string(stored.body), "s3cret") || !strings.Contains(string(stored.body), "api.example.com") {
		t.Errorf("the connection: %s", stored.body)
	}
	for _, again := range []reply{fill(`{"token":"other"}`), r.call("POST", "/client-links/open", `{"token":"`+token+`"}`, nobody...)} {
		if !strings.Contains(again.is(http.StatusGone).text("detail"), "used already") {
			t.Errorf("a used link says %s", again.body)
		}
	}
	r.call("POST", "/client-links/open", `{"token":"`+strings.Repeat("x", len(token))+`"}`, nobody...).is(http.StatusNotFound)
}

func TestClientLinksEnd(t *testing.T) {
	r := newRig(t)
	nobody := []string{"Authorization", ""}
	id := r.in("POST", "/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"old","hosts":["api.example.com"]}}`).is(http.StatusCreated).text("id")
	ask := func() string {
		_, token, _ := strings.Cut(r.in("POST", "/connections/"+id+"/client-link", nil).is(http.StatusCreated).text("url"), "#")
		return token
	}
	open := func(token string) reply {
		return r.call("POST", "/client-links/open", `{"token":"`+token+`"}`, nobody...)
	}
	first := ask()
	second := ask()
	open(first).is(http.StatusGone)
	open(second).is(http.StatusOK)
	r.in("DELETE", "/connections/"+id+"/client-link", nil).is(http.StatusNoContent)
	if got := open(second).is(http.StatusGone); !strings.Contains(got.text("detail"), "withdrawn") {
		t.Errorf("a revoked link says %s", got.body)
	}
	third := ask()
	r.in("PATCH", "/connections/"+id, `{"name":"Filled in by the agency"}`).is(http.StatusOK)
	open(third).is(http.StatusGone)
	fourth := ask()
	r.ahead.Store(int64(engine.ClientLinkLife))
	if got := open(fourth).is(http.StatusGone); !strings.Contains(got.text("detail"), "7 days") {
		t.Errorf("an expired link says %s", got.body)
	}
	states := r.in("GET", "/connections/"+id+"/client-link", nil).is(http.StatusOK)
	var got []string
	for i := range 4 {
		got = append(got, states.text("items."+string(rune('0'+i))+".state"))
	}
	if !slices.Equal(got, []string{"expired", "revoked", "revoked", "revoked"}) {
		t.Errorf("the links are %v", got)
	}
}

func TestAgencyAlertsAreKept(t *testing.T) {
	r := newRig(t)
	r.call("PUT", "/agency/alerts", `{"enabled":true}`).is(http.StatusUnprocessableEntity).points("/emails")
	r.call("PUT", "/agency/alerts", `{"enabled":true,"emails":["no address"]}`).is(http.StatusUnprocessableEntity).points("/emails/0")
	r.call("PUT", "/agency/alerts", `{"enabled":true,"emails":["ops@agency.example"],"every_minutes":30}`).is(http.StatusOK)
	got := r.call("GET", "/agency/alerts", nil).is(http.StatusOK)
	if got.text("emails.0") != "ops@agency.example" || got.number("every_minutes") != 30 || got.text("email_delivery") != "outbox" {
		t.Errorf("alerts: %s", got.body)
	}
}
