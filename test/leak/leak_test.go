// Package leak_test puts a secret of every kind into a running server, has its
// workflows succeed and fail with them, and then looks for each in everything that
// anybody can read afterwards: logs, pages of history, exports, traces, e-mails,
// backups and the database file.
package leak_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

// F79: no secret is found outside of where it is stored sealed.
func TestF79NoSecretIsReadAgain(t *testing.T) {
	h := start(t)
	hidden := h.secrets()
	h.work()
	h.found(hidden)
}

// secret is something that nobody but its owner may know.
type secret struct {
	what, value string
	// shown are surfaces where it is meant to stand, by how their name begins.
	shown []string
}

// secrets enters one of every kind, or has it made, and returns them.
func (h *house) secrets() []secret {
	h.t.Helper()
	list := []secret{
		{what: "the owner's password", value: ownerPassword},
		{what: "the key of the first start", value: h.key},
		{what: "the token of the metrics", value: metricsToken},
		{what: "a wrong password", value: canary("guess")},
		{what: "a caller's credential", value: canary("inbound")},
	}
	add := func(what, value string, shown ...string) string {
		h.t.Helper()
		if len(value) < 12 {
			h.t.Fatalf("%s is %q", what, value)
		}
		list = append(list, secret{what, value, shown})
		return value
	}
	far := strings.TrimPrefix(h.far.URL, "http://")
	connect := func(kind, params string) string {
		return h.post("/connections", `{"type":"`+kind+`","name":"`+kind+`","params":{"hosts":["`+far+`"],`+params+`}}`, 201).text("id")
	}
	h.names["$BEARER"] = connect("auth.bearer", `"token":"`+add("a bearer token", canary("bearer"))+`"`)
	h.names["$BASIC"] = connect("auth.basic", `"username":"ann","password":"`+add("a basic password", canary("basic"))+`"`)
	add("a basic credential", base64.StdEncoding.EncodeToString([]byte("ann:"+canary("basic"))))
	h.names["$KEYED"] = connect("auth.api_key", `"name":"X-Key","value":"`+add("an API key of a service", canary("keyed"))+`"`)
	h.names["$QUERY"] = connect("auth.api_key", `"name":"key","in":"query","value":"`+add("an API key in the address", canary("query"))+`"`)
	h.names["$OAUTH"] = connect("auth.oauth2", `"provider":"other","grant":"app","client_id":"app","client_secret":"`+add("an app's client secret", canary("client"))+`","token_url":"`+h.far.URL+`/token"`)
	add("an access token", canary("access"))
	add("a secret that signs what comes", signing)

	made := h.post("/workflows", h.fill(workflow), 201)
	h.names["$WF"] = made.text("id")
	h.hook = made.text("triggers.0.url")
	add("a trigger's token", last(h.hook), "API /workspaces/main/workflows", "API /workspaces/main/runs/plan")
	h.post("/workflows/"+made.text("id")+"/publish", `{}`, 200)

	add("an outgoing webhook's secret", h.post("/hooks", `{"event":"contact.created","url":"`+h.far.URL+`/hook"}`, 201).text("secret"))
	add("an API key", h.post("/api-keys", `{"name":"App","scopes":["contacts:read"]}`, 201).text("key"))
	offer := h.post("/offers", `{"title":"Course"}`, 201)
	h.offer = h.get("/offers/" + offer.text("id") + "/webhooks").text("activation_url")
	add("an offer's token", strings.Split(h.offer, "/webhooks/offers/")[1][:16], "API /workspaces/main/offers")
	add("an invitation", last(h.post("/invitations", `{"email":"bob@example.com","role":"viewer"}`, 201).text("url")), "an e-mail")
	add("a client's link", last(h.post("/connections/"+h.names["$BEARER"]+"/client-link", `{}`, 201).text("url")))
	add("a session", h.signIn())
	return list
}

// workflow calls somebody who sends back all that it got, and fails in the ways in
// which calls fail.
const workflow = `{"name":"Leaky","definition":{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe","secret":"` + signing + `"}}}],
 "steps":[
  {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}},
  {"id":"bearer","type":"webhook.send","v":1,"params":{"method":"POST","url":"$FAR/echo","auth":"connection","connection":"$BEARER","body_type":"json","body":{"a":1}}},
  {"id":"basic","type":"webhook.send","v":1,"params":{"method":"POST","url":"$FAR/echo","auth":"connection","connection":"$BASIC","body_type":"json","body":{"a":1}}},
  {"id":"oauth","type":"webhook.send","v":1,"params":{"method":"POST","url":"$FAR/echo","auth":"connection","connection":"$OAUTH","body_type":"none"}},
  {"id":"refused","type":"webhook.send","v":1,"params":{"method":"POST","url":"$FAR/refuse","auth":"connection","connection":"$KEYED","body_type":"none"},"on_error":{"do":"continue"}},
  {"id":"moved","type":"webhook.send","v":1,"params":{"method":"GET","url":"$FAR/moved","auth":"connection","connection":"$QUERY","body_type":"none"},"retry":{"attempts":1},"on_error":{"do":"continue"}},
  {"id":"cut","type":"webhook.send","v":1,"params":{"method":"GET","url":"$FAR/cut","auth":"connection","connection":"$QUERY","body_type":"none"},"repeatable":true,"retry":{"attempts":1},"on_error":{"do":"continue"}},
  {"id":"letter","type":"email.send","v":1,"params":{"subject":"Hello","body":"<p>{{ steps.bearer.status }}</p>","send":"always"}},
  {"id":"end","type":"webhook.send","v":1,"params":{"method":"POST","url":"$FAR/refuse","auth":"connection","connection":"$BEARER","body_type":"none"}}
 ]}}`

const signing = "whsec_cnry-signing-0123456789"

// work has the workflows run, and strangers knock.
func (h *house) work() {
	h.t.Helper()
	scheme, _ := sender.SchemeNamed("stripe")
	body := []byte(`{"id":"evt_1","email":"ann@example.com"}`)
	for _, key := range []string{signing, "whsec_another"} {
		header, err := scheme.Sign(time.Now(), sender.Request{Body: body}, "", key)
		if err != nil {
			h.t.Fatal(err)
		}
		header.Set("Authorization", "Bearer "+canary("inbound"))
		header.Set("Cookie", "session="+canary("inbound"))
		h.call(http.MethodPost, h.hook, body, header)
	}
	run := h.settled()
	if status := run.text("status"); status != "failed" || run.text("steps.1.output.body.a") == "" {
		h.t.Fatalf("the run did not go as planned: %s", run)
	}
	h.call(http.MethodPost, h.offer, []byte(`{"name":"Ann","email":"ann@example.com","external_user_id":"1"}`), nil)
	h.call(http.MethodPost, h.offer, []byte(`{`), nil)
	h.call(http.MethodPost, h.base+"/api/v1/session", []byte(`{"email":"`+owner+`","password":"`+canary("guess")+`"}`), nil)
	h.call(http.MethodGet, h.base+"/metrics", nil, http.Header{"Authorization": {"Bearer " + metricsToken}})
	h.call(http.MethodGet, h.base+"/api/v1/me?api_key="+h.key, nil, nil)
	h.call(http.MethodGet, h.base+"/api/v1/me", nil, http.Header{"Authorization": {"Bearer " + canary("inbound")}})
	h.wait("the webhook and the letter", func() bool { return h.far.count("/hook") > 0 && len(h.mails.Letters()) > 0 })
}

// found looks for the secrets everywhere.
func (h *house) found(hidden []secret) {
	h.t.Helper()
	surfaces := h.history()
	for _, letter := range h.mails.Letters() {
		surfaces["an e-mail"] = append(surfaces["an e-mail"], letter...)
		if _, token, ok := strings.Cut(letter, "/u/"); ok {
			token, _, _ = strings.Cut(token, ">")
			hidden = append(hidden, secret{"a link to unsubscribe", strings.TrimSpace(strings.Split(token, "\n")[0]), []string{"an e-mail"}})
		}
	}
	surfaces["the export"] = h.export()
	if err := h.process.Stop(time.Minute); err != nil {
		h.t.Fatal(err)
	}
	surfaces["the traces"] = h.far.traces()
	for name, path := range map[string]string{"the log": h.log, "the database": filepath.Join(h.dir, "hookloom.db"), "the database's journal": filepath.Join(h.dir, "hookloom.db-wal")} {
		text, err := os.ReadFile(path)
		if err != nil && !os.IsNotExist(err) {
			h.t.Fatal(err)
		}
		surfaces[name] = text
	}
	for _, must := range []string{"the log", "the database", "the traces", "an e-mail", "the export", "API /backup", "API /workspaces/main/audit/export"} {
		if len(surfaces[must]) == 0 {
			h.t.Errorf("%s is empty: nothing was looked at", must)
		}
	}
	for _, s := range hidden {
		for name, text := range surfaces {
			at := index(text, s.value)
			if at < 0 || meant(s, name) {
				continue
			}
			h.t.Errorf("%s stands in %s: …%q…", s.what, name, text[max(0, at-120):min(len(text), at+len(s.value)+40)])
		}
	}
	h.t.Logf("%d secrets, %d surfaces", len(hidden), len(surfaces))
}

func meant(s secret, surface string) bool {
	for _, start := range s.shown {
		if strings.HasPrefix(surface, start) {
			return true
		}
	}
	return false
}

// index finds a secret as it is, in JSON, or in an address.
func index(text []byte, value string) int {
	quoted, _ := json.Marshal(value)
	for _, form := range []string{value, strings.Trim(string(quoted), `"`), url.QueryEscape(value)} {
		if at := bytes.Index(text, []byte(form)); at >= 0 {
			return at
		}
	}
	return -1
}

func last(address string) string {
	address = strings.TrimRight(address, "/")
	return address[strings.LastIndexAny(address, "/#=")+1:]
}
