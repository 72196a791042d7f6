package nodes_test

import (
	"encoding/base64"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

func TestConcealTakesCredentialsOutOfAnswers(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("ann:long & \"hard\" password"))
	for name, c := range map[string]struct {
		request nodes.HTTPRequest
		said    string
		want    string
	}{
		"a bearer token":           {nodes.HTTPRequest{Header: http.Header{"Authorization": {"Bearer abcdefgh-1234"}}}, "with Bearer abcdefgh-1234 and abcdefgh-1234", "with [redacted] and [redacted]"},
		"a password, encoded":      {nodes.HTTPRequest{Header: http.Header{"Authorization": {"Basic " + basic}}}, basic, "[redacted]"},
		"a password, as it was":    {nodes.HTTPRequest{Header: http.Header{"Authorization": {"Basic " + basic}}}, `{"p":"long & \"hard\" password"}`, `{"p":"[redacted]"}`},
		"a key in the address":     {nodes.HTTPRequest{Secrets: []string{"key/with+signs"}}, "/next?key=key%2Fwith%2Bsigns&key=key/with+signs", "/next?key=[redacted]&key=[redacted]"},
		"a short one":              {nodes.HTTPRequest{Secrets: []string{"ann"}}, "ann cannot", "ann cannot"},
		"a word":                   {nodes.HTTPRequest{Secrets: []string{"customer"}}, `{"customer":1}`, `{"customer":1}`},
		"an id":                    {nodes.HTTPRequest{Secrets: []string{"12345678"}}, `{"id":12345678}`, `{"id":12345678}`},
		"a long number":            {nodes.HTTPRequest{Secrets: []string{"1234567812345678"}}, "not 1234567812345678", "not [redacted]"},
		"none":                     {nodes.HTTPRequest{Header: http.Header{"Content-Type": {"application/json"}}}, "application/json", "application/json"},
		"a longer one comes first": {nodes.HTTPRequest{Secrets: []string{"abcdefgh", "abcdefgh-ijkl"}}, "abcdefgh-ijkl", "[redacted]"},
	} {
		t.Run(name, func(t *testing.T) {
			given := nodes.HTTPResponse{Status: 302, Header: http.Header{"Location": {c.said}}, Body: []byte(c.said)}
			got := c.request.Conceal(given)
			if string(got.Body) != c.want || got.Header.Get("Location") != c.want || got.Status != 302 {
				t.Errorf("body %s, header %s", got.Body, got.Header)
			}
			if string(given.Body) != c.said || !strings.Contains(given.Header.Get("Location"), c.said) {
				t.Error("the answer given was changed")
			}
		})
	}
}
