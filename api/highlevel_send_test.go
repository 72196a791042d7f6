package api_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/egress"
)

// calledServer is an outside server that keeps whole calls.
type calledServer struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	calls  []string
}

func newCalledServer(t *testing.T) *calledServer {
	c := &calledServer{status: http.StatusOK}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		c.mu.Lock()
		defer c.mu.Unlock()
		c.calls = append(c.calls, fmt.Sprintf("%s %s auth=%s key=%s x=%s type=%s %s", r.Method, r.RequestURI, r.Header.Get("Authorization"),
			r.Header.Get("X-Api-Key"), r.Header.Get("X-Custom"), r.Header.Get("Content-Type"), body))
		w.WriteHeader(c.status)
	}))
	t.Cleanup(c.Close)
	return c
}

func (c *calledServer) answer(status int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.status = status
}

func (c *calledServer) got() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.calls...)
}

func reaching(t *testing.T, c *calledServer, m *movable) func(*engine.Deps) {
	at, err := url.Parse(c.URL)
	if err != nil {
		t.Fatal(err)
	}
	client, err := egress.New(egress.Config{AllowTargets: []string{at.Host}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	return func(d *engine.Deps) { d.HTTP, d.Now = client, m.Now }
}

// TestL12CustomCallsWithEachCredential: any method, values in the URL, headers, a
// raw body, and signing in by nothing, user name, bearer token or API key, written
// in the step or kept in a connection.
func TestL12CustomCallsWithEachCredential(t *testing.T) {
	c := newCalledServer(t)
	r := newRig(t, reaching(t, c, &movable{}))
	host := strings.TrimPrefix(c.URL, "http://")
	connection := r.in("POST", "/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"kept","hosts":["`+host+`"]}}`).is(http.StatusCreated).text("id")
	for params, want := range map[string]string{
		`"method":"GET","auth":"none","query":{"a":"{{ trigger.body.a }}","b":["1","2"]}`:                                                                          "GET /in?a=x+%26+y&b=1&b=2 auth= key= x= type= ",
		`"method":"PUT","auth":"basic","username":"ada","password":"secret","body":{"n":1}`:                                                                        `PUT /in auth=Basic YWRhOnNlY3JldA== key= x= type=application/json {"n":1}`,
		`"method":"DELETE","auth":"bearer","token":"tok","body_type":"none"`:                                                                                       "DELETE /in auth=Bearer tok key= x= type= ",
		`"auth":"api_key","key_name":"X-Api-Key","key_value":"k1","headers":{"X-Custom":"{{ trigger.body.a }}"}`:                                                   "POST /in auth= key=k1 x=x & y type= ",
		`"auth":"api_key","key_name":"api_key","key_in":"query","key_value":"k2","body_type":"raw","body":"<a>{{ trigger.body.a }}</a>","content_type":"text/xml"`: "POST /in?api_key=k2 auth= key= x= type=text/xml <a>x & y</a>",
		`"auth":"connection","connection":"` + connection + `","body_type":"form","body":{"a":"{{ trigger.body.a }}"}`:                                             "POST /in auth=Bearer kept key= x= type=application/x-www-form-urlencoded a=x+%26+y",
	} {
		_, hook := r.goLive(catching(`{"id":"call","type":"webhook.send","v":1,"params":{"url":"` + c.URL + `/in",` + params + `}}`))
		run := r.caught(hook, `{"a":"x & y"}`)
		calls := c.got()
		if run.text("status") != "succeeded" || len(calls) == 0 || calls[len(calls)-1] != want {
			t.Errorf("%s\n got  %v\n want %s\n%s", params, calls, want, run.text("status"))
		}
		for _, secret := range []string{"YWRhOnNlY3JldA", `"tok"`, `"k1"`, `"k2"`, "kept", `"secret"`} {
			if strings.Contains(string(run.body), secret) {
				t.Errorf("%s: the run shows %s", params, secret)
			}
		}
	}
}

// TestL12RetriesGrowThenTheStepIsPassedOver: waits that double, then failed, and
// the run goes on where it may.
func TestL12RetriesGrowThenTheStepIsPassedOver(t *testing.T) {
	c, m := newCalledServer(t), &movable{}
	r := newRig(t, reaching(t, c, m))
	_, hook := r.goLive(catching(`{"id":"call","type":"webhook.send","v":1,"params":{"url":"` + c.URL + `/in","body":{}},
	  "retry":{"attempts":3,"backoff":{"initial":"10m"}},"on_error":{"do":"continue"}},
	  {"id":"set","type":"custom_value.set","v":1,"params":{"key":"after","value":"{{ steps.call.error.message }}"}}`))
	c.answer(http.StatusServiceUnavailable)
	run := r.started(hook, `{}`)
	r.stands(run, "waiting")
	r.later(m, 5*time.Minute)
	if n := len(c.got()); n != 1 {
		t.Errorf("%d calls before the first wait is over", n)
	}
	for calls := 2; calls <= 3; calls++ {
		// The waits are 10 and 20 minutes, each up to a fifth more.
		r.later(m, 25*time.Minute)
		for len(c.got()) < calls {
			if got := r.in("GET", "/runs/"+run, nil); engine.Status(got.text("status")).Finished() {
				t.Fatalf("no call %d: %s", calls, got.body)
			}
		}
		if calls < 3 {
			r.stands(run, "waiting")
		}
	}
	got := r.settled(run)
	if got.text("status") != "succeeded" || got.text("steps.0.status") != "failed" || got.text("steps.1.status") != "succeeded" || len(c.got()) != 3 {
		t.Errorf("after the last attempt: %s", got.body)
	}
}
