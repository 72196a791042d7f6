package api_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

// oauthService is a real OAuth server with an API behind it. Refresh tokens rotate: one
// that is used twice takes everything back, as RFC 9700 wants it.
type oauthService struct {
	*httptest.Server
	mu sync.Mutex
	// codes holds the challenge of each code that was not used yet.
	codes           map[string]url.Values
	access, refresh string
	made            int
	refreshed       int
	seen            []string
	// broken has the next request for tokens answered 503.
	broken bool
}

func newService(t *testing.T) *oauthService {
	s := &oauthService{codes: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /authorize", s.authorize)
	mux.HandleFunc("POST /token", s.token)
	mux.HandleFunc("/api", s.api)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *oauthService) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if q.Get("response_type") != "code" || q.Get("client_id") != "app" || q.Get("code_challenge_method") != "S256" || q.Get("code_challenge") == "" || q.Get("state") == "" {
		http.Error(w, "no such app", http.StatusBadRequest)
		return
	}
	s.mu.Lock()
	s.made++
	code := fmt.Sprintf("canary-code-%d", s.made)
	s.codes[code] = q
	s.mu.Unlock()
	http.Redirect(w, r, q.Get("redirect_uri")+"?code="+code+"&state="+q.Get("state"), http.StatusFound)
}

func (s *oauthService) token(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	refuse := func(status int, code string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_, _ = fmt.Fprintf(w, `{"error":%q,"error_description":"canary <b>of the service</b>"}`, code)
	}
	if s.broken {
		s.broken = false
		refuse(http.StatusServiceUnavailable, "temporarily_unavailable")
		return
	}
	if id, key, ok := r.BasicAuth(); !ok || id != "app" || key != "canary-client-secret" {
		refuse(http.StatusUnauthorized, "invalid_client")
		return
	}
	switch r.FormValue("grant_type") {
	case "authorization_code":
		asked, ok := s.codes[r.FormValue("code")]
		delete(s.codes, r.FormValue("code"))
		sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
		if !ok || base64.RawURLEncoding.EncodeToString(sum[:]) != asked.Get("code_challenge") || r.FormValue("redirect_uri") != asked.Get("redirect_uri") {
			refuse(http.StatusBadRequest, "invalid_grant")
			return
		}
	case "refresh_token":
		s.refreshed++
		if r.FormValue("refresh_token") != s.refresh || s.refresh == "" {
			s.access, s.refresh = "", ""
			refuse(http.StatusBadRequest, "invalid_grant")
			return
		}
	case "client_credentials":
	default:
		refuse(http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	s.made++
	s.access, s.refresh = fmt.Sprintf("canary-access-%d", s.made), fmt.Sprintf("canary-refresh-%d", s.made)
	w.Header().Set("Content-Type", "application/json")
	answer := map[string]any{"access_token": s.access, "token_type": "bearer", "expires_in": 3600, "scope": "things"}
	if r.FormValue("grant_type") != "client_credentials" {
		answer["refresh_token"] = s.refresh
	}
	_ = json.NewEncoder(w).Encode(answer)
}

func (s *oauthService) api(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen = append(s.seen, r.Header.Get("Authorization"))
	if s.access == "" || r.Header.Get("Authorization") != "Bearer "+s.access {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *oauthService) change(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fn()
}

// signInDesk is a rig with a service and a browser that is signed in.
type signInDesk struct {
	*rig
	service *oauthService
	// cookie is the browser's jar as a header.
	cookie string
	clock  *movable
}

func newSignInDesk(t *testing.T) *signInDesk {
	t.Helper()
	d := &signInDesk{service: newService(t), clock: &movable{}}
	d.rig = newRig(t, func(with *engine.Deps) {
		client, err := egress.New(egress.Config{AllowTargets: []string{strings.TrimPrefix(d.service.URL, "http://")}})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(client.Close)
		with.HTTP, with.Now = client, d.clock.Now
	})
	now := time.Now()
	u := account.User{ID: engine.NewID("usr"), Email: "ann@example.com", Name: "Ann", PasswordHash: "x", CreatedAt: now}
	if _, err := d.store.CreateFirstOwner(t.Context(), nil, u, account.Membership{UserID: u.ID, Role: account.Owner}); err != nil {
		t.Fatal(err)
	}
	session, token := account.NewSession(engine.NewID("ses"), u.ID, now)
	if err := d.store.CreateSession(t.Context(), session); err != nil {
		t.Fatal(err)
	}
	d.cookie = "hookloom_session=" + token.Reveal()
	return d
}

// anotherProcess is a second engine on the same database.
func (d *signInDesk) anotherProcess() *engine.Engine {
	d.t.Helper()
	client, err := egress.New(egress.Config{AllowTargets: []string{strings.TrimPrefix(d.service.URL, "http://")}})
	if err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(client.Close)
	return engine.New(engine.Deps{
		Store: d.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: client, Registry: nodes.Default(), Now: d.clock.Now,
	})
}

// connection stores one of the service's.
func (d *signInDesk) connection(grant string) string {
	d.t.Helper()
	return d.in("POST", "/connections", map[string]any{"type": "auth.oauth2", "name": "CRM", "params": map[string]any{
		"provider": "other", "grant": grant, "client_id": "app", "client_secret": "canary-client-secret", "scopes": []string{"things"},
		"authorize_url": d.service.URL + "/authorize", "token_url": d.service.URL + "/token", "hosts": []string{strings.TrimPrefix(d.service.URL, "http://")},
	}}).is(http.StatusCreated).text("id")
}

// begin starts a sign-in as the person and follows the service's page up to its way
// back to us.
func (d *signInDesk) begin(connection string) (back, cookie string) {
	d.t.Helper()
	return d.onward(d.in("POST", "/connections/"+connection+"/connect", `{"back":"/w/a/connections"}`, "Authorization", "", "Cookie", d.cookie).is(http.StatusOK))
}

// onward follows a sign-in that has begun through the service's page.
func (d *signInDesk) onward(begun reply) (back, cookie string) {
	d.t.Helper()
	cookie, _, _ = strings.Cut(begun.header.Get("Set-Cookie"), ";")
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := stay.Get(begun.text("url"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer res.Body.Close()
	back, ok := strings.CutPrefix(res.Header.Get("Location"), "https://hooks.example.com")
	if !ok {
		d.t.Fatalf("the service sends to %q", res.Header.Get("Location"))
	}
	return back, cookie
}

func (d *signInDesk) come(back, cookie string) reply {
	d.t.Helper()
	return d.call("GET", back, nil, "Authorization", "", "Cookie", cookie)
}

func (d *signInDesk) connect(connection string) {
	d.t.Helper()
	back, cookie := d.begin(connection)
	if page := string(d.come(back, cookie).is(http.StatusOK).body); !strings.Contains(page, "Connected") || !strings.Contains(page, `href="/w/a/connections"`) {
		d.t.Fatalf("the page says %s", page)
	}
}

// sends publishes a workflow that calls the service's API, and returns its hook.
func (d *signInDesk) sends(connection, target string) string {
	d.t.Helper()
	made := d.in("POST", "/workflows", `{"name":"Send","definition":{"schema":1,
		"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
		"steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"`+target+`","body_type":"none","auth":"connection","connection":"`+connection+`"}}]}}`).is(http.StatusCreated)
	d.in("POST", "/workflows/"+made.text("id")+"/publish", nil).is(http.StatusOK)
	return strings.TrimPrefix(made.text("triggers.0.url"), "https://hooks.example.com")
}

func (d *signInDesk) posted(hook string) string {
	d.t.Helper()
	return d.call("POST", hook, `{}`).is(http.StatusAccepted).text("run_ids.0")
}

func (d *signInDesk) signIn(connection string) string {
	d.t.Helper()
	return d.in("GET", "/connections/"+connection, nil).is(http.StatusOK).text("sign_in.status")
}

// L12: somebody lets us in once, and steps send with tokens that are renewed ahead of
// their end, and after a 401, for all runs once.
func TestL12SignInWithOAuth2(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	if got := d.signIn(id); got != "not_connected" {
		t.Errorf("a new connection is %s", got)
	}
	d.in("POST", "/connections/"+id+"/connect", `{}`).is(http.StatusConflict) // a key is no browser
	d.connect(id)
	if got := d.signIn(id); got != "connected" {
		t.Errorf("it is %s", got)
	}
	hook := d.sends(id, d.service.URL+"/api")
	ended := func(what string, refreshed int) {
		t.Helper()
		runs := []string{d.posted(hook), d.posted(hook), d.posted(hook), d.posted(hook)}
		for _, run := range runs {
			if got := d.settled(run); got.text("status") != "succeeded" || len(got.at("steps.0.attempts").([]any)) != 1 {
				t.Fatalf("%s: %s", what, got.body)
			}
		}
		d.service.change(func() {
			if d.service.refreshed != refreshed {
				t.Errorf("%s: refreshed %d times, want %d", what, d.service.refreshed, refreshed)
			}
		})
	}
	ended("with the first token", 0)
	d.clock.ahead.Add(int64(59 * time.Minute))
	ended("shortly before its end", 1)
	d.clock.ahead.Add(int64(2 * time.Minute))
	d.service.change(func() { d.service.access = "taken back" })
	ended("after a 401", 2)
	d.clock.ahead.Add(int64(time.Hour))
	d.service.change(func() { d.service.broken = true })
	run := d.posted(hook)
	d.due(run)
	if got := d.signIn(id); got != "connected" {
		t.Errorf("a service that is away took the sign-in: %s", got)
	}
	d.nowhere(id, run)
}

// A client signs in by a link, without an account, and the link ends with that.
func TestL12AClientSignsInByALink(t *testing.T) {
	d := newSignInDesk(t)
	id, nobody := d.connection("person"), []string{"Authorization", ""}
	link := func() string {
		_, token, _ := strings.Cut(d.in("POST", "/connections/"+id+"/client-link", nil).is(http.StatusCreated).text("url"), "#")
		return `{"token":"` + token + `"}`
	}
	open := func(token string) reply { return d.call("POST", "/client-links/open", token, nobody...) }
	token := link()
	if asked := open(token).is(http.StatusOK); asked.at("sign_in") != true || len(asked.at("fields").([]any)) != 0 || strings.Contains(string(asked.body), "canary") {
		t.Errorf("the client is asked for %s", asked.body)
	}
	d.call("POST", "/client-links/fill", strings.Replace(token, "}", `,"params":{}}`, 1), nobody...).is(http.StatusConflict)
	refused, cookie := d.onward(d.call("POST", "/client-links/sign-in", token, nobody...).is(http.StatusOK))
	state, _, _ := strings.Cut(refused[strings.Index(refused, "state="):], "&")
	d.come(refused[:strings.Index(refused, "?")+1]+state+"&error=access_denied", cookie).is(http.StatusBadGateway)
	if open(token).is(http.StatusOK); d.signIn(id) != "not_connected" {
		t.Error("a client who did not allow it has connected")
	}
	back, cookie := d.onward(d.call("POST", "/client-links/sign-in", token, nobody...).is(http.StatusOK))
	d.come(back, cookie).is(http.StatusOK)
	open(token).is(http.StatusGone)
	got := d.in("GET", "/connections/"+id, nil).is(http.StatusOK)
	if got.text("sign_in.status") != "connected" || got.at("waiting_since") != nil {
		t.Errorf("the connection is %s", got.body)
	}

	// Withdrawn while the client is at the service: nothing is stored.
	token = link()
	back, cookie = d.onward(d.call("POST", "/client-links/sign-in", token, nobody...).is(http.StatusOK))
	d.in("DELETE", "/connections/"+id+"/client-link", nil).is(http.StatusNoContent)
	if page := string(d.come(back, cookie).is(http.StatusBadGateway).body); !strings.Contains(page, "withdrawn") {
		t.Errorf("the page says %s", page)
	}

	// Who signs in themselves needs the client no more.
	token = link()
	d.connect(id)
	open(token).is(http.StatusGone)
}

// due waits until a run waits for its next attempt.
func (d *signInDesk) due(run string) reply {
	d.t.Helper()
	changes, end := d.live.Subscribe(d.a.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		got := d.in("GET", "/runs/"+run, nil).is(http.StatusOK)
		if got.text("status") == "waiting" {
			return got
		}
		if !moved(changes, late, run) {
			d.t.Fatalf("the run does not wait: %s", got.body)
		}
	}
}

// nowhere looks for what is secret in all that the API shows.
func (d *signInDesk) nowhere(connection, run string) {
	d.t.Helper()
	for _, path := range []string{"/connections", "/connections/" + connection, "/runs/" + run, "/runs", "/audit", "/workflows", "/requests"} {
		if body := string(d.in("GET", path, nil).is(http.StatusOK).body); strings.Contains(body, "canary-") {
			d.t.Errorf("%s shows a secret: %s", path, body)
		}
	}
}

// A dead refresh token is said once, stops runs with a clear message, and connecting
// again lets all of them go on.
func TestL12SignInIsLostAndFound(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	hook := d.sends(id, d.service.URL+"/api")
	before := d.posted(hook)
	if got := d.due(before); !strings.Contains(got.text("steps.0.error.message"), "Nobody has signed in") {
		t.Errorf("before the first sign-in: %s", got.body)
	}
	d.connect(id)
	if got := d.settled(before); got.text("status") != "succeeded" {
		t.Errorf("connecting did not let it go on: %s", got.body)
	}
	d.clock.ahead.Add(int64(2 * time.Hour))
	d.service.change(func() { d.service.refresh = "taken back" })
	runs := []string{d.posted(hook), d.posted(hook), d.posted(hook)}
	for _, run := range runs {
		got := d.due(run)
		if message := got.text("steps.0.error.message"); got.text("steps.0.error.code") != "signed_out" || !strings.Contains(message, "“CRM”") && !strings.Contains(message, `"CRM"`) || !strings.Contains(message, "Reconnect") {
			t.Errorf("the step says %s", got.body)
		}
		d.nowhere(id, run)
	}
	lost := d.in("GET", "/connections?sign_in=lost", nil).is(http.StatusOK)
	if items := lost.at("items").([]any); len(items) != 1 || lost.text("items.0.id") != id || !strings.Contains(lost.text("items.0.sign_in.reason"), "does not accept") {
		t.Errorf("to be connected again: %s", lost.body)
	}
	d.service.change(func() {
		if d.service.refreshed != 1 {
			t.Errorf("a dead token was tried %d times", d.service.refreshed)
		}
	})
	d.connect(id)
	for _, run := range runs {
		if got := d.settled(run); got.text("status") != "succeeded" {
			t.Errorf("it did not go on: %s", got.body)
		}
	}
	if items := d.in("GET", "/connections?sign_in=lost", nil).is(http.StatusOK).at("items").([]any); len(items) != 0 {
		t.Errorf("still lost: %v", items)
	}
}

// A sign-in counts once, in the browser that began it.
func TestL12SignInBelongsToOneBrowser(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	back, cookie := d.begin(id)
	for name, attempt := range map[string][2]string{
		"no cookie": {back, ""}, "another state": {strings.Replace(back, "state=", "state=x", 1), cookie}, "no state": {"/oauth/callback?code=x", cookie},
	} {
		if got := d.come(attempt[0], attempt[1]); got.status != http.StatusBadRequest || strings.Contains(string(got.body), "canary") {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	back, cookie = d.begin(id)
	d.come(back, "oauth_browser="+secret.NewToken()).is(http.StatusBadRequest)
	d.come(back, cookie).is(http.StatusBadRequest) // it was used up by the stranger
	back, cookie = d.begin(id)
	d.come(back, cookie).is(http.StatusOK)
	d.come(back, cookie).is(http.StatusBadRequest)
	_, cookie = d.begin(id)
	if got := d.signIn(id); got != "connected" {
		t.Errorf("it is %s", got)
	}
	// What the service refuses is said, as text.
	begun := d.in("POST", "/connections/"+id+"/connect", `{"back":"//evil.example"}`, "Authorization", "", "Cookie", d.cookie+"; "+cookie).is(http.StatusOK)
	u, err := url.Parse(begun.text("url"))
	if err != nil {
		t.Fatal(err)
	}
	refused := d.come("/oauth/callback?error=access_denied&error_description="+url.QueryEscape("<script>x</script>")+"&state="+u.Query().Get("state"), cookie).is(http.StatusBadGateway)
	if page := string(refused.body); strings.Contains(page, "<script>") || strings.Contains(page, "evil.example") || !strings.Contains(page, "Not connected") {
		t.Errorf("the page says %s", page)
	}
}

// F39: tokens and the secret of the app go nowhere but where they were meant to.
func TestL12TokensGoNowhereElse(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	d.connect(id)
	elsewhere := d.sends(id, d.sink.URL+"/steal")
	if got := d.settled(d.posted(elsewhere)); got.text("status") != "failed" || !strings.Contains(got.text("error.message"), "may be used for") {
		t.Errorf("sent elsewhere: %s", got.body)
	}
	for _, change := range []string{`{"token_url":"https://evil.example/token"}`, `{"hosts":["evil.example"]}`} {
		d.in("PATCH", "/connections/"+id, `{"params":`+change+`}`).is(http.StatusUnprocessableEntity)
	}
	if got := d.signIn(id); got != "connected" {
		t.Errorf("a refused change made it %s", got)
	}
	d.in("PATCH", "/connections/"+id, `{"params":{"hosts":["evil.example"],"client_secret":"mine"}}`).is(http.StatusOK)
	if got := d.signIn(id); got != "not_connected" {
		t.Errorf("the tokens may go to another host: it is %s", got)
	}
	d.in("DELETE", "/connections/"+id, nil).is(http.StatusNoContent)
	if s, err := d.store.SignIn(t.Context(), d.a.ID, id); err != nil || s.Access != "" || s.Refresh != "" {
		t.Errorf("tokens outlive the connection: %+v %v", s, err)
	}
}

// Two processes that renew at once use a rotating refresh token once.
func TestL12TwoProcessesRenewOnce(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	d.connect(id)
	d.clock.ahead.Add(int64(2 * time.Hour))
	second := d.anotherProcess()
	c, err := d.store.Connection(t.Context(), d.a.ID, id)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			process := d.engine
			if i%2 == 1 {
				process = second
			}
			if _, err := process.TestConnection(t.Context(), d.a.ID, c); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	d.service.change(func() {
		if d.service.refreshed != 1 || d.service.refresh == "" {
			t.Errorf("refreshed %d times", d.service.refreshed)
		}
	})
}

func TestL12AppSignsInByItself(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("app")
	d.in("POST", "/connections/"+id+"/connect", `{}`, "Authorization", "", "Cookie", d.cookie).is(http.StatusConflict)
	hook := d.sends(id, d.service.URL+"/api")
	for range 2 {
		if got := d.settled(d.posted(hook)); got.text("status") != "succeeded" {
			t.Errorf("it did not send: %s", got.body)
		}
		d.clock.ahead.Add(int64(time.Hour))
	}
	if got := d.in("POST", "/connections/"+id+"/test", nil).is(http.StatusOK); got.at("ok") != true {
		t.Errorf("the test says %s", got.body)
	}
}
