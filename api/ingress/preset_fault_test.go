package ingress_test

import (
	"database/sql"
	"errors"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

// TestF5EverySecretRotatesWithAnOverlap: both secrets are taken until it ends, the
// new one alone after it.
func TestF5EverySecretRotatesWithAnOverlap(t *testing.T) {
	w := newWorld(t, options{})
	list := signing(t, w)
	rotated := make([]preset, len(list))
	for i, p := range list {
		rotated[i] = p
		rotated[i].secret = "new secret of " + p.Name
		if p.Scheme.Standard {
			rotated[i].secret = sender.NewSecret()
		}
		if err := w.engine.RotateSecret(t.Context(), w.ws.ID, p.workflow, "hook", rotated[i].secret, time.Hour); err != nil {
			t.Fatalf("%s: %v", p.Name, err)
		}
		for what, one := range map[string]preset{"old": p, "new": rotated[i]} {
			if a := one.post(one.plan()); a.status/100 != 2 {
				t.Errorf("%s: the %s secret within the overlap: %d %s", p.Name, what, a.status, a.body)
			}
		}
	}
	w.clock.advance(2 * time.Hour)
	for i, p := range list {
		before := p.runs()
		if a := p.post(p.plan()); a.status != http.StatusUnauthorized || p.runs() != before || p.rows()[0].Verdict != nodes.BadSignature {
			t.Errorf("%s: the old secret after the overlap: %d %s", p.Name, a.status, a.body)
		}
		if a := rotated[i].post(rotated[i].plan()); a.status/100 != 2 {
			t.Errorf("%s: the new secret after the overlap: %d %s", p.Name, a.status, a.body)
		}
	}
}

// TestF6EverySenderNeedsItsSecret: without one the workflow cannot be published,
// and one that is lost from the database refuses everything.
func TestF6EverySenderNeedsItsSecret(t *testing.T) {
	w := newWorld(t, options{})
	list := signing(t, w)
	for _, p := range list {
		id, _ := w.drafted(`"signature":{"scheme":"`+p.Name+`"}`, `{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}`)
		var refused *engine.DocumentError
		if _, err := w.engine.Publish(t.Context(), w.ws.ID, id, "", ""); !errors.As(err, &refused) {
			t.Errorf("%s: published without a secret: %v", p.Name, err)
		}
	}
	db, err := sql.Open("sqlite", "file:"+filepath.Join(w.dir, "hookloom.db")+"?_pragma=busy_timeout(5000)")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), "DELETE FROM secret_versions"); err != nil {
		t.Fatal(err)
	}
	for _, p := range list {
		p.refusal("a secret that is lost", p.post(p.plan()))
	}
}

// TestF16NothingIsReadFromFiles: what looks like an uploaded file of another
// program stays text, in JSON and in a form with files.
func TestF16NothingIsReadFromFiles(t *testing.T) {
	w := newWorld(t, options{})
	const name = "/etc/passwd"
	json := `{"files.filepath":"` + name + `","files":{"filepath":"` + name + `","path":"file://` + name + `"}}`
	form := "--b\r\nContent-Disposition: form-data; name=\"files.filepath\"\r\n\r\n" + name + "\r\n" +
		"--b\r\nContent-Disposition: form-data; name=\"doc\"; filename=\"../../etc/passwd\"\r\nContent-Type: text/plain\r\n\r\nown words\r\n--b--\r\n"
	for _, p := range presets(t, w, `,"dedupe":{"by":"off"}`) {
		for contentType, body := range map[string]string{"application/json": json, "multipart/form-data; boundary=b": form} {
			r := sender.Planned{Request: sender.Request{Method: http.MethodPost, Header: http.Header{"Content-Type": {contentType}}, Body: []byte(body), URL: "https://hooks.example.com/hooks/" + p.token}}
			if p.Scheme != nil {
				signed, err := p.Scheme.Sign(w.clock.Now(), r.Request, "msg_1", p.secret)
				if err != nil {
					continue // a scheme that signs forms has no signature for this one
				}
				for header := range signed {
					r.Header.Set(header, signed.Get(header))
				}
			}
			a := p.post(r)
			if a.status/100 == 5 || strings.Contains(a.body, "root:") {
				t.Errorf("%s: %d %s", p.Name, a.status, a.body)
			}
			row, err := w.store.Request(t.Context(), w.ws.ID, p.rows()[0].ID)
			if err != nil || a.status/100 == 2 && string(row.Body) != body {
				t.Errorf("%s: stored %q, %v", p.Name, row.Body, err)
			}
		}
	}
	for _, run := range w.runs() {
		whole, err := w.store.Run(t.Context(), w.ws.ID, run.ID)
		if err != nil || strings.Contains(string(whole.Input), "root:") {
			t.Errorf("a run was given a file: %s, %v", whole.Input, err)
		}
	}
}

// TestF17EveryAllowListBelievesTrustedProxiesOnly, and before it looks at a
// signature: who comes from elsewhere learns nothing of whether it would hold.
func TestF17EveryAllowListBelievesTrustedProxiesOnly(t *testing.T) {
	for _, c := range []struct {
		name    string
		proxies []string
		header  []string
		taken   bool
	}{
		{"from elsewhere", nil, nil, false},
		{"X-Forwarded-For of a stranger", nil, []string{"X-Forwarded-For", "203.0.113.9"}, false},
		{"Forwarded of a stranger", nil, []string{"Forwarded", "for=203.0.113.9"}, false},
		{"X-Real-IP of a stranger", nil, []string{"X-Real-IP", "203.0.113.9"}, false},
		{"through a trusted proxy", []string{"127.0.0.1"}, []string{"X-Forwarded-For", "203.0.113.9"}, true},
		{"mapped into IPv6", []string{"127.0.0.1"}, []string{"X-Forwarded-For", "::ffff:203.0.113.9"}, true},
		{"a stranger behind it", []string{"127.0.0.1"}, []string{"X-Forwarded-For", "203.0.113.9, 198.51.100.7"}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, options{proxies: c.proxies})
			told := ""
			for _, p := range presets(t, w, `,"allow_ips":["203.0.113.0/24"]`) {
				a := p.post(p.plan(), c.header...)
				row := p.rows()[0]
				if c.taken {
					if a.status/100 != 2 || row.IP != "203.0.113.9" {
						t.Errorf("%s: %d %s from %s", p.Name, a.status, a.body, row.IP)
					}
					continue
				}
				if told == "" {
					told = a.body
				}
				if a.status != http.StatusForbidden || a.body != told || row.Verdict != nodes.ForbiddenIP || row.Reason == "" || p.runs() != 0 {
					t.Errorf("%s: %d %s (%s)", p.Name, a.status, a.body, row.Reason)
				}
				if p.Scheme == nil {
					continue
				}
				if a := p.post(p.plan(func(plan *sender.Plan) { plan.WrongSignature = true }), c.header...); a.status != http.StatusForbidden || a.body != told {
					t.Errorf("%s: a wrong signature from elsewhere: %d %s", p.Name, a.status, a.body)
				}
			}
		})
	}
}

// TestF38AnswersSmuggleNoHeaders: a trigger that answers with what it was sent
// cannot be made to set other headers.
func TestF38AnswersSmuggleNoHeaders(t *testing.T) {
	w := newWorld(t, options{})
	for _, s := range []string{"json", "github"} {
		p := w.preset(sender.Named(s), `,"respond":{"status":200,"headers":{"X-Name":"{{ trigger.body.name }}"},"body":"ok"}`)
		r := sender.Planned{Request: sender.Request{Method: http.MethodPost, Header: http.Header{"Content-Type": {"application/json"}},
			Body: []byte(`{"name":"a\r\nSet-Cookie: hookloom_session=x\r\nX-Evil: 1"}`)}}
		if p.Scheme != nil {
			signed, err := p.Scheme.Sign(w.clock.Now(), r.Request, "", p.secret)
			if err != nil {
				t.Fatal(err)
			}
			for header := range signed {
				r.Header.Set(header, signed.Get(header))
			}
		}
		a := p.post(r)
		if a.status/100 == 5 || a.header.Get("Set-Cookie") != "" || a.header.Get("X-Evil") != "" {
			t.Errorf("%s: %d %v", s, a.status, a.header)
		}
		id, _ := w.drafted(`"respond":{"status":200,"headers":{"Content-Length":"1","Set-Cookie":"a=b"},"body":"ok"}`, `{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}`)
		if _, err := w.engine.Publish(t.Context(), w.ws.ID, id, "", ""); err == nil {
			t.Error("a trigger may answer with headers that are ours")
		}
	}
}
