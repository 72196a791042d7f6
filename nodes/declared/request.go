package declared

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// request is a compiled request template.
type request struct {
	method      string
	path        []*mapping.Template
	query, form *tree
	headers     *tree
	json        *tree
	keepEmpty   bool
	idempotency string
	timeout     time.Duration
}

// signer is a compiled Auth.
type signer struct {
	kind               string
	username, password *mapping.Template
	value              *mapping.Template // the token, or the key
	in, name           string
}

// caller makes the requests of an app with the fields of one connection.
type caller struct {
	app        *App
	connection map[string]any
	// allows reports whether the connection's credential may go to a host.
	allows func(host string) bool
	// page is what the next part of a list is asked for with; nil for the first one
	// and for what is no list.
	page any
}

// request writes a request. The error is about params or the connection, and
// permanent.
func (c caller) request(ctx context.Context, r *request, params map[string]any, key string) (nodes.HTTPRequest, error) {
	out := nodes.HTTPRequest{Method: r.method, Header: http.Header{}, Timeout: r.timeout, Secrets: c.secrets()}
	base, err := c.app.address.base(ctx, c.connection)
	if err != nil {
		return out, err
	}
	if !c.allows(hostPort(base)) {
		return out, fmt.Errorf("the connection may not be used for %.100q: choose another connection", base.Host)
	}
	s := mapping.Scope{"params": params, "connection": c.connection, "page": c.page}
	parts := append(append([]*mapping.Template(nil), c.app.address.path...), r.path...)
	address, err := join(ctx, base, parts, s)
	if err != nil {
		return out, err
	}
	query, err := r.values(ctx, s)
	if err != nil {
		return out, err
	}
	if err := r.content(ctx, &out, s); err != nil {
		return out, err
	}
	for _, headers := range []*tree{c.app.headers, r.headers} {
		if err := addHeaders(ctx, out.Header, headers, s); err != nil {
			return out, err
		}
	}
	if r.idempotency != "" && key != "" {
		out.Header.Set(r.idempotency, key)
	}
	if err := c.app.signer.sign(ctx, &out, query, c.connection); err != nil {
		return out, err
	}
	if out.URL = address; len(query) > 0 {
		out.URL += "?" + query.Encode()
	}
	return out, nil
}

// secrets are the connection's credentials, which nothing that is kept may show.
func (c caller) secrets() []string {
	var list []string
	for _, key := range c.app.secrets {
		if text := mapping.Text(c.connection[key]); text != "" {
			list = append(list, text)
		}
	}
	return list
}

func (r *request) values(ctx context.Context, s mapping.Scope) (url.Values, error) {
	query := url.Values{}
	entries, err := formOf(ctx, r.query, s)
	for _, e := range entries {
		query.Add(strings.TrimSuffix(e.Name, "[]"), mapping.Text(e.Value))
	}
	return query, err
}

func formOf(ctx context.Context, t *tree, s mapping.Scope) ([]outbound.Entry, error) {
	if t == nil {
		return nil, nil
	}
	v, ok, err := t.resolve(ctx, s, false)
	if err != nil || !ok {
		return nil, err
	}
	return outbound.FormEntries(v, false)
}

// content writes the body; a template that gives nothing is an empty object.
func (r *request) content(ctx context.Context, out *nodes.HTTPRequest, s mapping.Scope) error {
	switch {
	case r.json != nil:
		v, ok, err := r.json.resolve(ctx, s, r.keepEmpty)
		if err != nil {
			return err
		}
		if !ok {
			v = map[string]any{}
		}
		out.Header.Set("Content-Type", "application/json")
		out.Body, err = value.Encode(v)
		return err
	case r.form != nil:
		entries, err := formOf(ctx, r.form, s)
		out.Header.Set("Content-Type", outbound.FormType)
		out.Body = outbound.Form(entries)
		return err
	}
	return nil
}

func addHeaders(ctx context.Context, header http.Header, t *tree, s mapping.Scope) error {
	if t == nil {
		return nil
	}
	v, _, err := t.resolve(ctx, s, false)
	if err != nil {
		return err
	}
	headers, _ := v.(map[string]any)
	for name, v := range headers {
		text := mapping.Text(v)
		if !httpguts.ValidHeaderFieldValue(text) {
			return fmt.Errorf("the value of the header %s has a line break or another control character: remove it", name)
		}
		header.Set(name, text)
	}
	return nil
}

var errNoCredential = errors.New("the connection has no credential: enter it again")

// sign adds the credential to the request.
func (s signer) sign(ctx context.Context, r *nodes.HTTPRequest, query url.Values, connection map[string]any) error {
	scope := mapping.Scope{"connection": connection}
	if s.kind == "oauth2" {
		token := mapping.Text(connection[nodes.AccessToken])
		if token == "" {
			return errors.New("the connection is not signed in: open it under Connections and sign in")
		}
		r.Header.Set("Authorization", "Bearer "+token)
		r.Secrets = append(r.Secrets, token)
		return nil
	}
	if s.kind == "basic" {
		username, err := resolveText(ctx, s.username, scope)
		if err != nil {
			return err
		}
		password, err := resolveText(ctx, s.password, scope)
		if err != nil {
			return err
		}
		if username == "" && password == "" {
			return errNoCredential
		}
		encoded := base64.StdEncoding.EncodeToString([]byte(username + ":" + password))
		r.Header.Set("Authorization", "Basic "+encoded)
		r.Secrets = append(r.Secrets, encoded)
		return nil
	}
	if s.value == nil {
		return nil
	}
	text, err := resolveText(ctx, s.value, scope)
	switch {
	case err != nil:
		return err
	case text == "":
		return errNoCredential
	case !httpguts.ValidHeaderFieldValue(text):
		return errors.New("the credential of the connection has a line break: enter it again")
	case s.kind == "bearer":
		r.Header.Set("Authorization", "Bearer "+text)
	case s.in == "query":
		query.Set(s.name, text)
	default:
		r.Header.Set(s.name, text)
	}
	r.Secrets = append(r.Secrets, text)
	return nil
}

// hostPort is the host of an address with the port that it stands for.
func hostPort(u *url.URL) string {
	if u.Port() != "" {
		return u.Host
	}
	if u.Scheme == "http" {
		return u.Host + ":80"
	}
	return u.Host + ":443"
}
