package auth_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/auth"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

var forms = map[string]string{
	"auth.basic":   `"username":"ann","password":"p"`,
	"auth.bearer":  `"token":"t"`,
	"auth.api_key": `"name":"X-Key","value":"v"`,
	"auth.oauth2":  `"provider":"other","client_id":"c","authorize_url":"https://a.example.com/o","token_url":"https://a.example.com/t"`,
}

func TestHosts(t *testing.T) {
	for id, form := range forms {
		n := nodes.Default().Lookup(id)
		hosts, err := n.Hosts(nodetest.Params(`{` + form + `,"hosts":"api.example.com, *.example.org"}`))
		if diff := cmp.Diff([]string{"api.example.com", "*.example.org"}, hosts); diff != "" || err != nil {
			t.Errorf("%s: %v\n%s", id, err, diff)
		}
		if _, err := n.Hosts(nodetest.Params(`{` + form + `}`)); err == nil {
			t.Errorf("%s without hosts could be sent anywhere", id)
		}
	}
}

func TestHostsThatAreTooWide(t *testing.T) {
	for id, form := range forms {
		for host, message := range map[string]string{
			"api.example.com": "", "*.example.com": "", "*.example.co.uk": "", "127.0.0.1:9000": "", "localhost:8080": "",
			"https://api.example.com": "Write only the host",
			"api.example.com/v1":      "Write only the host",
			"a@b.example.com":         "Write only the host",
			"api.*.com":               "A star may only stand",
			"*":                       "A star may only stand",
			"**.example.com":          "A star may only stand",
			"*.com":                   "*.com would allow everybody's hosts",
			"*.co.uk":                 "*.co.uk would allow everybody's hosts",
			"*.":                      "would allow everybody's hosts",
		} {
			got := strings.Join(nodetest.New().Problems(id, nodetest.Params(`{`+form+`,"hosts":["`+host+`"]}`)), "; ")
			if (message == "") != (got == "") || !strings.Contains(got, message) {
				t.Errorf("%s at %s: %q", id, host, got)
			}
		}
	}
}

// A known service is signed in to with its own addresses, whatever else is entered,
// and its tokens go to its own hosts only.
func TestKnownServices(t *testing.T) {
	n := nodes.Default().Lookup("auth.oauth2")
	for _, p := range auth.Providers() {
		params := nodetest.Params(`{"provider":"` + p.ID + `","client_id":"c","client_secret":"s",
			"authorize_url":"https://evil.example.net/a","token_url":"https://evil.example.net/t","hosts":["evil.example.net"],"grant":"app"}`)
		if problems := nodetest.New().Problems("auth.oauth2", params); len(problems) > 0 {
			t.Errorf("%s: %v", p.ID, problems)
		}
		hosts, err := n.Hosts(params)
		if err != nil || len(hosts) == 0 || strings.Contains(strings.Join(hosts, " "), "evil") {
			t.Errorf("%s goes to %v, %v", p.ID, hosts, err)
		}
		o, err := n.OAuth(params)
		if err != nil || o.AuthorizeURL != p.AuthorizeURL || o.TokenURL != p.TokenURL || o.ClientCredentials {
			t.Errorf("%s signs in at %+v, %v", p.ID, o, err)
		}
		for _, address := range []string{p.AuthorizeURL, p.TokenURL, p.Docs} {
			if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Host == "" {
				t.Errorf("%s: %q is no address", p.ID, address)
			}
		}
	}
}

func TestAddressesOfOtherServices(t *testing.T) {
	for address, fine := range map[string]bool{
		"https://a.example.com/o?x=1": true, "http://127.0.0.1:9000/o": true, "http://localhost/o": true,
		"http://a.example.com/o": false, "javascript:alert(1)": false, "https://u:p@a.example.com/": false, "https:///o": false, "https://a.example.com/#x": false,
	} {
		for _, key := range []string{"authorize_url", "token_url"} {
			params := nodetest.Params(`{"provider":"other","client_id":"c","authorize_url":"https://a.example.com/","token_url":"https://a.example.com/","hosts":["api.example.com"]}`)
			params[key] = address
			if got := nodetest.New().Problems("auth.oauth2", params); (len(got) == 0) != fine {
				t.Errorf("%s %q: %v", key, address, got)
			}
		}
	}
}
