package api_test

import (
	"strings"
	"testing"
)

// A client's viewer sees that things ran, and finds nothing by what is hidden from
// them: neither by a value in a payload, nor by whose it is, nor by an error.
func TestAClientViewerFindsNothingByWhatIsHidden(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	viewer := w.joined(owner, "/workspaces/main", "client@example.com", "client_viewer")
	made := owner.post("/workspaces/main/workflows", map[string]any{"name": "Sale", "definition": map[string]any{
		"schema": 1, "triggers": []any{map[string]any{"id": "t", "type": "webhook.catch", "v": 1}},
		"steps": []any{
			map[string]any{"id": "buyer", "type": "contact.upsert", "v": 1, "params": map[string]any{"email": "{{ trigger.body.email }}"}},
			map[string]any{"id": "end", "type": "flow.stop", "v": 1, "params": map[string]any{"outcome": "failed", "message": "Refused {{ trigger.body.card }}"}},
		},
	}}).is(201)
	owner.post("/workspaces/main/workflows/"+made.text("id")+"/publish", map[string]any{}).is(200)
	_, token, _ := strings.Cut(made.json()["triggers"].([]any)[0].(map[string]any)["url"].(string), "/hooks/")
	sent := w.anonymous().at("POST", "/hooks/"+token, map[string]any{"email": "canary@example.com", "card": "4242canary"}).is(202)
	run := sent.json()["run_ids"].([]any)[0].(string)
	w.eventually("end of the run", func() bool { return owner.get("/workspaces/main/runs/"+run).text("status") == "failed" })

	// What may be asked answers without a value; what looks for one is refused or empty.
	for _, path := range []string{
		"/workspaces/main/runs", "/workspaces/main/runs/" + run, "/workspaces/main/requests", "/workspaces/main/requests/" + sent.text("request_id"),
		"/workspaces/main/workflows", "/workspaces/main/failures", "/search?q=" + run, "/search?q=Sale", "/clients",
	} {
		if got := viewer.get(path).is(200); strings.Contains(got.body, "canary") {
			t.Errorf("%s shows a value: %s", path, got.body)
		}
	}
	if found := viewer.get("/search?q=" + run).items(); len(found) != 1 {
		t.Errorf("a run is found by its id: %v", found)
	}
	for _, path := range []string{"/search?q=canary@example.com", "/search?q=4242canary"} {
		if found := viewer.get(path).is(200).items(); len(found) != 0 {
			t.Errorf("%s finds %v", path, found)
		}
	}
	for _, path := range []string{
		"/workspaces/main/runs?q=4242canary", "/workspaces/main/requests?q=canary@example.com", "/workspaces/main/contacts?email=canary@example.com", "/workspaces/main/contacts",
	} {
		if got := viewer.get(path).is(403); strings.Contains(got.body, "canary") {
			t.Errorf("%s: %s", path, got.body)
		}
	}
	// The same questions find it for who may see it.
	if found := owner.get("/search?q=canary@example.com").items(); len(found) != 1 {
		t.Errorf("the owner finds %v", found)
	}
}
