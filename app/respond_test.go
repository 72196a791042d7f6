package app

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/test/service"
)

// A sender that waits is answered by a step, from whichever process works on the
// run, and while the run goes on; without an answer it is told the other one.
func TestTheSenderIsAnsweredByAStep(t *testing.T) {
	t.Run("one process", func(t *testing.T) {
		testAnswers(t, func(t *testing.T, targets string) *client { return server(t, nil, "--allow-targets", targets) })
	})
	t.Run("a worker of its own", func(t *testing.T) {
		testAnswers(t, func(t *testing.T, targets string) *client {
			environ := []string{"DATABASE_URL=" + service.Postgres(t), "REDIS_URL=" + service.Redis(t), "ENCRYPTION_KEY=" + secret.GenerateKey().Encode()}
			c := server(t, environ, "--workers=false", "--allow-targets", targets)
			start(t, environ, func(printed string) bool { return strings.Contains(printed, "works on") }, "worker", "--data-dir", filepath.Join(t.TempDir(), "w"), "--allow-targets", targets)
			return c
		})
	})
}

func testAnswers(t *testing.T, begin func(t *testing.T, targets string) *client) {
	release := make(chan struct{})
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		<-release
		_, _ = io.WriteString(w, "{}")
	}))
	t.Cleanup(slow.Close)
	c := begin(t, strings.TrimPrefix(slow.URL, "http://"))
	t.Cleanup(func() { close(release) }) // before the server stops
	call := `{"id":"$ID","type":"webhook.send","v":1,"params":{"url":"` + slow.URL + `"}}`
	answer := `{"id":"$ID","type":"webhook.respond","v":1,"params":{"body":"<Response><Message>Hi {{ trigger.body.name }}</Message></Response>"}}`
	step := func(text, id string) string { return strings.ReplaceAll(text, "$ID", id) }
	definition := func(timeout string) string {
		return `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"respond":{"mode":"step","timeout":"` + timeout + `","status":203,"body":"later"}}}],
		"steps":[{"id":"which","type":"flow.branch","v":1,"branches":[
			{"id":"answer","name":"Answer","when":"{{ trigger.body.do == 'answer' }}","steps":[` + step(answer, "first") + `,` + step(answer, "second") + `,` + step(call, "slow") + `]},
			{"id":"end","name":"End","when":"{{ trigger.body.do == 'end' }}","steps":[{"id":"stop","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]},
			{"id":"fail","name":"Fail","when":"{{ trigger.body.do == 'fail' }}","steps":[{"id":"broken","type":"flow.stop","v":1,"params":{"outcome":"failed","message":"no"}}]},
			{"id":"late","name":"Late","steps":[` + step(call, "slower") + `,` + step(answer, "late") + `]}]}]}`
	}
	post := func(url, body string, headers ...string) (status int, kind, told string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/json")
		for i := 0; i+1 < len(headers); i += 2 {
			r.Header.Set(headers[i], headers[i+1])
		}
		resp, err := c.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, resp.Header.Get("Content-Type"), string(text)
	}
	_, patient := c.publish(t, definition("25s"))
	_, hasty := c.publish(t, definition("1s"))
	for _, call := range []struct {
		what, url, body string
		headers         []string
		status          int
		told            string
	}{
		{"a step answers and the run goes on", patient, `{"do":"answer","name":"Ada"}`, []string{"Idempotency-Key", "k1"}, 200, "<Response><Message>Hi Ada</Message></Response>"},
		{"a repeat starts nothing and waits for nothing", patient, `{"do":"answer","name":"Ada"}`, []string{"Idempotency-Key", "k1"}, 200, `"verdict":"duplicate"`},
		{"the run ends without an answer", patient, `{"do":"end"}`, nil, 203, "later"},
		{"the run fails before it answers", patient, `{"do":"fail"}`, nil, 203, "later"},
		{"the time is up", hasty, `{"do":"wait"}`, nil, 203, "later"},
		{"a test is told what became of it", patient, `{"do":"end"}`, []string{"X-Hookloom-Test", "1"}, 202, `"test":true`},
	} {
		status, kind, told := post(call.url, call.body, call.headers...)
		if status != call.status || !strings.Contains(told, call.told) {
			t.Errorf("%s: %d %q", call.what, status, told)
		}
		if strings.HasPrefix(told, "<Response>") && kind != "text/xml; charset=utf-8" {
			t.Errorf("%s: as %s", call.what, kind)
		}
	}
}
