package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

func simulateWith(t *testing.T, args ...string) (code int, out string) {
	t.Helper()
	var text bytes.Buffer
	code = run(t.Context(), Options{Args: append([]string{"simulate"}, args...), Environ: []string{"PATH=/usr/bin"}, Stdout: &text, Stderr: &text}.withDefaults())
	return code, text.String()
}

func TestSimulateSendsEverySenderToARealServer(t *testing.T) {
	c := server(t, nil)
	for _, s := range sender.All() {
		secret, signature := "", `{"scheme":"`+s.Name+`"}`
		switch {
		case s.Name == sender.Plain:
			signature = `{"scheme":"none"}`
		case s.Scheme != nil && s.Scheme.Standard:
			secret = sender.NewSecret()
		case s.Scheme != nil:
			secret = "secret-of-" + s.Name
		}
		if secret != "" {
			signature = `{"scheme":"` + s.Name + `","secret":"` + secret + `"}`
		}
		steps := end
		if s.Name == sender.PayPal {
			steps = confirmation("https://127.0.0.1:1/") + "," + end
		}
		id, url := c.hook(t, signature, steps)
		args := []string{s.Name, "--url", url, "--count", "3", "--duplicate", "--parallel", "2"}
		if secret != "" {
			args = append(args, "--secret", secret)
		}
		code, out := simulateWith(t, args...)
		if code != 0 || strings.Count(out, "\n") != 6 || strings.Count(out, "sent again") != 3 {
			t.Errorf("%s: %d\n%s", s.Name, code, out)
		}
		var requests struct{ Items []struct{ Verdict string } }
		if err := c.do(t.Context(), http.MethodGet, c.in("/requests?workflow_id=%s", id), nil, &requests); err != nil {
			t.Fatal(err)
		}
		verdicts := map[string]int{}
		for _, r := range requests.Items {
			verdicts[r.Verdict]++
		}
		want := map[string]int{"accepted": 3, "duplicate": 3}
		if s.Dedupe == "" {
			want = map[string]int{"accepted": 6}
		}
		for verdict, n := range want {
			if verdicts[verdict] != n {
				t.Errorf("%s: %v, want %v", s.Name, verdicts, want)
			}
		}
		if secret == "" {
			continue
		}
		if code, out := simulateWith(t, s.Name, "--url", url, "--wrong-signature"); code != 0 || !strings.Contains(out, "401") {
			t.Errorf("%s, wrong signature: %d\n%s", s.Name, code, out)
		}
		if code, out := simulateWith(t, s.Name, "--url", url, "--secret", sender.NewSecret()); code != 1 || !strings.Contains(out, "1 of 1 requests were not taken") {
			t.Errorf("%s, another secret: %d\n%s", s.Name, code, out)
		}
	}
}

// The checks that senders make of an address, as they come over HTTP; they start
// nothing.
func TestSendersMayCheckTheAddress(t *testing.T) {
	c := server(t, nil)
	call := func(method, url, body string, header http.Header) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if header != nil {
			r.Header = header
		}
		resp, err := c.http.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		text, _ := io.ReadAll(resp.Body)
		return resp.StatusCode, string(text)
	}
	made := func(name, event, url string) (string, http.Header) {
		t.Helper()
		list, err := sender.Plan{Sender: sender.Named(name), Events: []string{event}, Secret: "s3cret", URL: url, Now: time.Now()}.Requests()
		if err != nil {
			t.Fatal(err)
		}
		return string(list[0].Body), list[0].Header
	}
	slackID, slack := c.hook(t, `{"scheme":"slack","secret":"s3cret"}`, end)
	body, header := made("slack", "url_verification", slack)
	if status, told := call(http.MethodPost, slack, body, header); status != http.StatusOK || told == "" || strings.ContainsAny(told, "{\"") || !strings.Contains(body, told) {
		t.Errorf("Slack is told %d %q", status, told)
	}
	if status, _ := call(http.MethodPost, slack, `{"type":"url_verification","challenge":"x"}`, nil); status != http.StatusUnauthorized {
		t.Errorf("a challenge that Slack did not sign: %d", status)
	}
	githubID, github := c.hook(t, `{"scheme":"github","secret":"s3cret"}`, end)
	body, header = made("github", "ping", github)
	if status, told := call(http.MethodPost, github, body, header); status != http.StatusOK || !strings.Contains(told, `"verdict":"handshake"`) {
		t.Errorf("GitHub is told %d %q", status, told)
	}
	mailchimpID, mailchimp := c.hook(t, `{"scheme":"mailchimp"}`, end)
	if status, told := call(http.MethodGet, mailchimp, "", nil); status != http.StatusOK || told != "" {
		t.Errorf("Mailchimp is told %d %q", status, told)
	}
	for _, id := range []string{slackID, githubID, mailchimpID} {
		var runs struct{ Items []struct{ ID string } }
		if err := c.do(t.Context(), http.MethodGet, c.in("/runs?workflow_id=%s", id), nil, &runs); err != nil || len(runs.Items) != 0 {
			t.Errorf("%d runs, %v", len(runs.Items), err)
		}
		var requests struct{ Items []struct{ Verdict string } }
		if err := c.do(t.Context(), http.MethodGet, c.in("/requests?workflow_id=%s&verdict=handshake", id), nil, &requests); err != nil || len(requests.Items) != 1 {
			t.Errorf("%+v, %v", requests.Items, err)
		}
	}
}

func confirmation(address string) string {
	return `{"id":"check","type":"paypal.confirm","v":1,"params":{"receiver":"shop@example.com","environment":"sandbox","address":"` + address + `"}}`
}

// S8: PayPal is answered at once with an empty 200, asked with the same bytes, and
// what it does not know runs nothing else.
func TestPayPalIsAskedBeforeAnythingIsDone(t *testing.T) {
	words, asked := make(chan string, 1), make(chan string, 1)
	payPal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		asked <- string(body)
		_, _ = io.WriteString(w, <-words)
	}))
	defer payPal.Close()
	c := server(t, nil, "--allow-targets", strings.TrimPrefix(payPal.URL, "http://"))
	id, url := c.hook(t, `{"scheme":"paypal"}`, confirmation(payPal.URL)+`,{"id":"tag","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.payer_email }}","name":"{{ trigger.body.first_name }}"}}`)
	for i, word := range []string{"INVALID", "VERIFIED"} {
		message := fmt.Sprintf("payment_status=Completed&charset=windows-1252&first_name=Ren%%E9&payer_email=r%d%%40x.co&txn_id=%d&receiver_email=shop%%40example.com&item_name=&test_ipn=1", i, i)
		resp, err := c.http.Post(url, "application/x-www-form-urlencoded", strings.NewReader(message))
		if err != nil {
			t.Fatal(err)
		}
		told, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || len(told) != 0 {
			t.Errorf("PayPal is told %d %q", resp.StatusCode, told)
		}
		if got := <-asked; got != "cmd=_notify-validate&"+message {
			t.Errorf("asked about %q", got)
		}
		words <- word
		var runs struct{ Items []struct{ ID string } }
		if err := c.do(t.Context(), http.MethodGet, c.in("/runs?workflow_id=%s&limit=1", id), nil, &runs); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		p := &program{Options: Options{Stdout: &out}}
		err = p.follow(t.Context(), c, runs.Items[0].ID)
		if word == "INVALID" && (err == nil || !strings.Contains(err.Error(), "INVALID") || strings.Contains(out.String(), "contact.upsert")) || word == "VERIFIED" && err != nil {
			t.Errorf("%s: %v\n%s", word, err, out.String())
		}
	}
	var contacts struct {
		Items []struct{ Name, Email string }
	}
	if err := c.do(t.Context(), http.MethodGet, c.in("/contacts"), nil, &contacts); err != nil {
		t.Fatal(err)
	}
	if len(contacts.Items) != 1 || contacts.Items[0].Name != "René" || contacts.Items[0].Email != "r1@x.co" {
		t.Errorf("contacts %+v", contacts.Items)
	}
}

func TestSimulateSaysWhatIsMissing(t *testing.T) {
	const url = "http://127.0.0.1:1/hooks/x"
	for _, c := range []struct {
		args, want string
		code       int
	}{
		{"", "name the sender", 2},
		{"nobody --url " + url, `there is no sender "nobody"`, 2},
		{"stripe", "--url", 2},
		{"stripe --url ftp://x/y", "--url", 2},
		{"stripe --url " + url, "--secret", 2},
		{"jotform --wrong-signature --url " + url, "does not sign", 2},
		{"stripe --secret s --event nothing --url " + url, "checkout.session.completed", 2},
		{"stripe --secret s --count 20000 --url " + url, "at most 10000", 2},
		{"json --url " + url, "not sent", 1},
	} {
		code, out := simulateWith(t, strings.Fields(c.args)...)
		if code != c.code || !strings.Contains(out, c.want) {
			t.Errorf("%q: %d %s", c.args, code, out)
		}
	}
	if code, out := simulateWith(t, "--list"); code != 0 || !strings.Contains(out, "checkout.session.completed") || !strings.Contains(out, "kajabi") {
		t.Errorf("the list: %d %s", code, out)
	}
}
