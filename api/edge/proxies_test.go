package edge_test

import (
	"crypto/tls"
	"net/http"
	"testing"

	"github.com/hookloom/hookloom/api/edge"
)

// F17: nobody chooses the address that we believe they come from.
func TestClientIP(t *testing.T) {
	const far, near, other = "203.0.113.9", "10.1.2.3", "198.51.100.7"
	for _, c := range []struct {
		name    string
		trusted []string
		peer    string
		header  http.Header
		want    string
	}{
		{"no proxies, no headers", nil, far + ":5", nil, far},
		{"no proxies, forged", nil, far + ":5", http.Header{"X-Forwarded-For": {near}, "X-Real-Ip": {near}, "Forwarded": {"for=" + near}}, far},
		{"forged past the proxy", []string{"10.0.0.0/8"}, far + ":5", http.Header{"X-Forwarded-For": {other}}, far},
		{"through the proxy", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {far}}, far},
		{"forged in front of what the proxy adds", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {other + ", " + far}}, far},
		{"forged with a trusted address in front", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {"10.9.9.9, " + far}}, far},
		{"several headers are one list", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {other, far}}, far},
		{"two proxies", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {other + ", " + far + ", 10.7.7.7"}}, far},
		{"all trusted", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {"10.4.4.4, 10.7.7.7"}}, "10.4.4.4"},
		{"nonsense ends the walk", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {other + ", nonsense, 10.7.7.7"}}, "10.7.7.7"},
		{"empty header", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {""}}, near},
		{"with a port", []string{"10.0.0.0/8"}, near + ":5", http.Header{"X-Forwarded-For": {far + ":4711"}}, far},
		{"mapped peer", []string{"10.0.0.0/8"}, "[::ffff:10.1.2.3]:5", http.Header{"X-Forwarded-For": {"::ffff:" + far}}, far},
		{"mapped proxy", []string{"::ffff:10.0.0.0/104"}, near + ":5", http.Header{"X-Forwarded-For": {far}}, far},
		{"mapped, no proxies", nil, "[::ffff:203.0.113.9]:5", nil, far},
		{"forwarded", []string{near}, near + ":5", http.Header{"Forwarded": {`for=192.0.2.1;proto=http, for="203.0.113.9:80";proto=https`}}, far},
		{"forwarded v6", []string{near}, near + ":5", http.Header{"Forwarded": {`For="[2001:db8::1]:4711"`}}, "2001:db8::1"},
		{"forwarded hidden", []string{near}, near + ":5", http.Header{"Forwarded": {`for=_secret`}}, near},
		{"real ip", []string{near}, near + ":5", http.Header{"X-Real-Ip": {far}}, far},
		{"zone is dropped", nil, "[fe80::1%eth0]:5", nil, "fe80::1"},
		{"v6 proxy", []string{"2001:db8::/32"}, "[2001:db8::5]:5", http.Header{"X-Forwarded-For": {far}}, far},
		{"unix socket", []string{"10.0.0.0/8"}, "@", http.Header{"X-Forwarded-For": {far}}, "invalid IP"},
	} {
		t.Run(c.name, func(t *testing.T) {
			proxies, err := edge.ParseProxies(c.trusted)
			if err != nil {
				t.Fatal(err)
			}
			if got := proxies.ClientIP(&http.Request{RemoteAddr: c.peer, Header: c.header}).String(); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestParseProxies(t *testing.T) {
	if _, err := edge.ParseProxies([]string{"10.0.0.0/8", " ", "192.0.2.1", "fe80::1%eth0"}); err != nil {
		t.Error(err)
	}
	if _, err := edge.ParseProxies([]string{"proxy.example.com"}); err == nil {
		t.Error("a name passed as an address")
	}
}

func TestSecure(t *testing.T) {
	proxies, _ := edge.ParseProxies([]string{"10.0.0.0/8"})
	for _, c := range []struct {
		name   string
		peer   string
		tls    bool
		header http.Header
		want   bool
	}{
		{"tls", "203.0.113.9:5", true, nil, true},
		{"plain", "203.0.113.9:5", false, nil, false},
		{"claimed by a stranger", "203.0.113.9:5", false, http.Header{"X-Forwarded-Proto": {"https"}}, false},
		{"said by the proxy", "10.0.0.1:5", false, http.Header{"X-Forwarded-Proto": {"https"}}, true},
		{"the nearest counts", "10.0.0.1:5", false, http.Header{"X-Forwarded-Proto": {"https, http"}}, false},
		{"forwarded", "10.0.0.1:5", false, http.Header{"Forwarded": {"for=1.2.3.4;proto=https"}}, true},
		{"forwarded plain", "10.0.0.1:5", false, http.Header{"Forwarded": {"for=1.2.3.4;proto=http"}}, false},
	} {
		r := &http.Request{RemoteAddr: c.peer, Header: c.header}
		if r.Header == nil {
			r.Header = http.Header{}
		}
		if c.tls {
			r.TLS = &tls.ConnectionState{}
		}
		if got := proxies.Secure(r); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

func TestLocal(t *testing.T) {
	for _, c := range []struct {
		peer   string
		header http.Header
		want   bool
	}{
		{"127.0.0.1:5", nil, true},
		{"[::1]:5", nil, true},
		{"[::ffff:127.0.0.1]:5", nil, true},
		{"192.0.2.1:5", nil, false},
		{"127.0.0.1:5", http.Header{"X-Forwarded-For": {"127.0.0.1"}}, false},
		{"127.0.0.1:5", http.Header{"Via": {"1.1 proxy"}}, false},
	} {
		if got := edge.Local(&http.Request{RemoteAddr: c.peer, Header: c.header}); got != c.want {
			t.Errorf("%s %v: got %v", c.peer, c.header, got)
		}
	}
}

func TestTraceID(t *testing.T) {
	for parent, want := range map[string]string{
		"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01":   "0af7651916cd43dd8448eb211c80319c",
		"00-00000000000000000000000000000000-b7ad6b7169203331-01":   "",
		"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01":   "",
		"00-0af7651916cd43dd8448eb211c8031\n\n-b7ad6b7169203331-01": "",
		"": "",
	} {
		got := edge.NewTraceID(&http.Request{Header: http.Header{"Traceparent": {parent}}})
		if len(got) != 32 || want != "" && got != want || want == "" && len(parent) > 35 && got == parent[3:35] {
			t.Errorf("traceparent %q gave %q", parent, got)
		}
	}
}
