package webhook

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// target is the address with the query of the form behind its own.
func (p SendParams) target() (*url.URL, error) {
	text := strings.TrimSpace(p.URL)
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Host == "" || u.Hostname() == "":
		// The query of an address may hold a key, so it is not repeated.
		shown, _, _ := strings.Cut(text, "?")
		return nil, fmt.Errorf("%.80q is not an address that can be called: it must look like https://api.example.com/path", shown)
	case u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("an address must begin with https://, not with %.20q", u.Scheme+":")
	case u.User != nil:
		return nil, errors.New("the address holds a user name or password: take it out and use Sign in, where it is stored safely")
	}
	u.Fragment, u.RawFragment = "", ""
	added := url.Values{}
	for _, name := range slices.Sorted(maps.Keys(p.Query)) {
		if name == "" {
			continue
		}
		for _, one := range repeated(p.Query[name]) {
			added.Add(name, one)
		}
	}
	appendQuery(u, added)
	return u, nil
}

// appendQuery keeps what the address says already as it is written there.
func appendQuery(u *url.URL, added url.Values) {
	if len(added) == 0 {
		return
	}
	if u.RawQuery != "" && !strings.HasSuffix(u.RawQuery, "&") {
		u.RawQuery += "&"
	}
	u.RawQuery += added.Encode()
}

// signIn adds the credential to the call. A connection's goes only to the hosts
// that it names; one of the form belongs to the host that is written in the
// form, see Validate.
func (p SendParams) signIn(env *nodes.Env, u *url.URL, r *nodes.HTTPRequest) error {
	switch {
	case p.Auth == "connection" || p.Connection != "":
		if env.Connection == nil {
			return errors.New("the connection of this step is not there any more: choose another one")
		}
		if !env.Connection.Allows(hostPort(u)) {
			return fmt.Errorf("the connection may be used for %s only, and the address is at %.200q: correct the address, or add the host to the connection",
				strings.Join(env.Connection.Hosts, ", "), u.Host)
		}
		return fromConnection(env.Connection, u, r)
	case p.Auth == "basic":
		basic(r, p.Username, p.Password.Reveal())
	case p.Auth == "bearer":
		return bearer(r, p.Token.Reveal())
	case p.Auth == "api_key":
		return apiKey(u, r, p.KeyName, p.KeyValue.Reveal(), p.KeyIn)
	}
	return nil
}

func fromConnection(c *nodes.Credential, u *url.URL, r *nodes.HTTPRequest) error {
	switch c.Type {
	case "auth.basic":
		basic(r, c.Fields["username"], c.Fields["password"])
		return nil
	case "auth.bearer":
		return bearer(r, c.Fields["token"])
	case "auth.api_key":
		return apiKey(u, r, c.Fields["name"], c.Fields["value"], c.Fields["in"])
	case "auth.oauth2":
		return bearer(r, c.Fields[nodes.AccessToken])
	}
	return fmt.Errorf("a connection of the type %s cannot be used here: choose one with a user name and password, a bearer token, an API key or a sign-in", c.Type)
}

// hostPort is the host of an address with the port that it stands for.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"https": "443", "http": "80"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

func basic(r *nodes.HTTPRequest, username, password string) {
	encoded := base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
	r.Header.Set("Authorization", "Basic "+encoded)
	r.Secrets = append(r.Secrets, password, encoded)
}

var errNoCredential = errors.New("the credential of this step is empty: enter it again")

func bearer(r *nodes.HTTPRequest, token string) error {
	if token == "" {
		return errNoCredential
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Secrets = append(r.Secrets, token)
	return nil
}

func apiKey(u *url.URL, r *nodes.HTTPRequest, name, key, in string) error {
	if name == "" || key == "" {
		return errNoCredential
	}
	r.Secrets = append(r.Secrets, key)
	if in == "query" {
		appendQuery(u, url.Values{name: {key}})
		return nil
	}
	r.Header.Set(name, key)
	return nil
}
