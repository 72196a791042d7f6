package auth_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/auth"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

var forms = map[string]string{
	"auth.basic":   `"username":"ann","password":"p"`,
	"auth.bearer":  `"token":"t"`,
	"auth.api_key": `"name":"X-Key","value":"v"`,
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
