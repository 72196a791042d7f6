package egress

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

func secretHeaders() http.Header {
	return http.Header{
		"Authorization": {"Bearer s3cr3t"}, "Cookie": {"s=s3cr3t"}, "X-Api-Key": {"s3cr3t"}, "Proxy-Thing": {"s3cr3t"},
		"Webhook-Signature": {"v1,s3cr3t"}, "Accept": {"application/json"}, "Content-Type": {"text/plain"}, "Idempotency-Key": {"k1"},
	}
}

func TestRedirectsAreNotFollowedUnasked(t *testing.T) {
	s := sink(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/" {
			t.Error("followed to", r.URL.Path)
		}
		http.Redirect(w, r, "/next", http.StatusFound)
	})
	resp, err := loopback(t).Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL + "/"})
	if err != nil || resp.Status != http.StatusFound || resp.Header.Get("Location") != "/next" {
		t.Fatal(resp.Status, resp.Header, err)
	}
}

func TestRedirectsKeepCredentialsAtHome(t *testing.T) {
	var seen http.Header
	var method, body string
	other := sink(t, func(_ http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		seen, method, body = r.Header.Clone(), r.Method, string(b)
	})
	status := 0
	home := sink(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/in" {
			b, _ := io.ReadAll(r.Body)
			seen, method, body = r.Header.Clone(), r.Method, string(b)
			return
		}
		w.Header().Set("Location", r.URL.Query().Get("to"))
		w.WriteHeader(status)
	})
	client := loopback(t)
	for _, tc := range []struct {
		status       int
		method, want string
		body         string
	}{
		{301, "POST", "GET", ""}, {302, "POST", "GET", ""}, {303, "POST", "GET", ""}, {303, "PUT", "GET", ""}, {303, "HEAD", "HEAD", ""},
		{302, "PUT", "PUT", "x"}, {307, "POST", "POST", "x"}, {308, "POST", "POST", "x"}, {302, "GET", "GET", ""},
	} {
		for _, to := range []string{"/in", other.URL} {
			status, seen = tc.status, nil
			var out []byte
			if tc.body != "" {
				out = []byte(tc.body)
			} else if tc.method == "POST" {
				out = []byte("dropped")
			}
			resp, err := client.Send(context.Background(), nodes.HTTPRequest{
				Method: tc.method, URL: home.URL + "/?to=" + to, Header: secretHeaders(), Body: out, FollowRedirects: true})
			if err != nil || resp.Status != 200 || method != tc.want || body != tc.body {
				t.Fatalf("%d %s to %s: %d %s %q %v", tc.status, tc.method, to, resp.Status, method, body, err)
			}
			leaked := strings.Contains(fmt.Sprint(seen), "s3cr3t")
			if leaked != (to == "/in") {
				t.Errorf("%d %s to %s: %v", tc.status, tc.method, to, seen)
			}
			if seen.Get("Accept") == "" || seen.Get("Idempotency-Key") != "k1" {
				t.Errorf("harmless headers are lost: %v", seen)
			}
			if (seen.Get("Content-Type") != "") != (tc.want == tc.method) {
				t.Errorf("%d %s: content type %q", tc.status, tc.method, seen.Get("Content-Type"))
			}
		}
	}
}

func TestRedirectsPassTheGuardAgain(t *testing.T) {
	c := newCanary(t)
	dns := newNames(t)
	dns.set("inside.test", "127.0.0.1")
	dns.set("public.test", "93.184.216.34")
	for _, location := range []string{
		"http://169.254.169.254/latest/meta-data/", fmt.Sprintf("http://127.0.0.1:%d/", c.port), fmt.Sprintf("https://127.0.0.1:%d/", c.port),
		fmt.Sprintf("https://inside.test:%d/", c.port), fmt.Sprintf("//127.0.0.1:%d/", c.port), fmt.Sprintf("https://[::1]:%d/", c.port),
		fmt.Sprintf("https://u:p@127.0.0.2:%d/", c.port), "file:///etc/passwd", fmt.Sprintf("gopher://127.0.0.1:%d/", c.port),
		fmt.Sprintf("https://2130706433:%d/", c.port), "http://public.test/",
	} {
		// 127.0.0.2 is the only place that may be called.
		s := redirectAt(t, "127.0.0.2:0", location)
		client := newClient(t, Config{AllowTargets: []string{"127.0.0.2"}, Resolver: dns.resolver()})
		_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s, Header: secretHeaders(), Body: []byte("x"), FollowRedirects: true})
		failed(t, err, "refused", true, true)
	}
	c.untouched(t)
}

func TestRedirectsEnd(t *testing.T) {
	calls := 0
	s := sink(t, func(w http.ResponseWriter, r *http.Request) {
		calls++
		if r.URL.Query().Get("n") == fmt.Sprint(calls-1) {
			return
		}
		http.Redirect(w, r, r.URL.RequestURI(), http.StatusTemporaryRedirect)
	})
	client := loopback(t)
	for n, ok := range map[int]bool{1: true, MaxRedirects: true, MaxRedirects + 1: false, 100: false} {
		calls = 0
		_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: fmt.Sprintf("%s/?n=%d", s.URL, n), FollowRedirects: true})
		if ok && err != nil {
			t.Errorf("%d redirects: %v", n, err)
		}
		if !ok {
			failed(t, err, "redirect", true, true)
			if calls != MaxRedirects+1 {
				t.Errorf("%d calls", calls)
			}
		}
	}
}

func TestRedirectsThatLeadNowhere(t *testing.T) {
	client := loopback(t)
	bad := redirectAt(t, "127.0.0.1:0", "http://%zz/")
	_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: bad, FollowRedirects: true})
	failed(t, err, "redirect", true, true)

	none := redirectAt(t, "127.0.0.1:0", "")
	resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: none, FollowRedirects: true})
	if err != nil || resp.Status != http.StatusFound {
		t.Errorf("a redirect to nowhere is the answer: %d %v", resp.Status, err)
	}

	gone := redirectAt(t, "127.0.0.1:0", "http://127.0.0.1:1/")
	_, err = client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: gone, FollowRedirects: true})
	failed(t, err, "connect", true, false) // the first receiver has had the call
}
