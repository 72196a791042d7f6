package webhook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Action[SendParams]{Meta: nodes.Meta{
		Type: "webhook.send", Version: 1, Name: "Send data (webhook)", Group: "Webhooks", Icon: "send",
		Summary: "Call an address of another service with data of this run.",
		Card:    "{method} {url}", Expand: expand,
		Sample: map[string]any{
			"status": 200, "headers": map[string]any{"content-type": "application/json"},
			"body": map[string]any{"ok": true}, "duration_ms": 120,
		},
	}, Repeatable: true, Run: send})
}

// SendParams are one outbound call.
type SendParams struct {
	Method          string         `json:"method" label:"Method" options:"GET=GET,POST=POST,PUT=PUT,PATCH=PATCH,DELETE=DELETE,HEAD=HEAD" default:"POST" no_map:"true"`
	URL             string         `json:"url" label:"Address" kind:"url" required:"true" example:"https://api.example.com/orders"`
	Auth            string         `json:"auth" label:"Sign in" options:"none=Not needed,connection=With a connection,basic=User name and password,bearer=Bearer token,api_key=API key" default:"none" no_map:"true"`
	Connection      nodes.Ref      `json:"connection" label:"Connection" ref:"connection" show_if:"auth=connection" required:"true" no_map:"true"`
	Username        string         `json:"username" label:"User name" show_if:"auth=basic" required:"true" no_map:"true"`
	Password        nodes.Secret   `json:"password" label:"Password" show_if:"auth=basic"`
	Token           nodes.Secret   `json:"token" label:"Token" show_if:"auth=bearer" required:"true" help:"Without the word Bearer."`
	KeyName         string         `json:"key_name" label:"Name of the header or URL value" show_if:"auth=api_key" required:"true" example:"X-Api-Key" no_map:"true"`
	KeyValue        nodes.Secret   `json:"key_value" label:"API key" show_if:"auth=api_key" required:"true"`
	KeyIn           string         `json:"key_in" label:"Send the key as" options:"header=Header,query=URL value" default:"header" show_if:"auth=api_key" no_map:"true"`
	Query           map[string]any `json:"query" label:"URL values" help:"Added to the address behind the question mark. A list repeats its name." tab:"fields"`
	Headers         map[string]any `json:"headers" label:"Headers" tab:"fields"`
	BodyType        string         `json:"body_type" label:"Send as" options:"json=JSON,form=Form,multipart=Form with files (multipart),raw=Text,standard=Standard data (contact and trigger),none=Nothing" default:"json" no_map:"true" tab:"fields"`
	Body            any            `json:"body" label:"Data" show_if:"body_type=json|form|multipart|raw" tab:"fields"`
	ContentType     string         `json:"content_type" label:"Content type" show_if:"body_type=raw" default:"text/plain; charset=utf-8" advanced:"true" tab:"fields"`
	CustomData      map[string]any `json:"custom_data" label:"Custom data" show_if:"body_type=standard" help:"Names and values that are sent beside the standard data." tab:"fields"`
	Secret          nodes.Secret   `json:"secret" label:"Signing secret" advanced:"true" help:"Signs the call as Standard Webhooks say (whsec_...), so that the receiver can check who sent it."`
	Timeout         nodes.Duration `json:"timeout" label:"Give up after" default:"30s" min:"1" max:"120" advanced:"true" no_map:"true"`
	FollowRedirects bool           `json:"follow_redirects" label:"Follow redirects" advanced:"true" no_map:"true" help:"Up to 5. Credentials are not sent to another host."`
	FailOn          []string       `json:"fail_on" label:"Answers that count as failed" default:"3xx,4xx,5xx" example:"4xx, 500-599, 202" advanced:"true" no_map:"true"`
}

// send makes the call. What every attempt repeats (address, body, webhook-id,
// Idempotency-Key) comes from the params and keys of the execution; only the
// timestamp and the signature over it are new.
func send(ctx context.Context, env *nodes.Env, p SendParams) (any, error) {
	request, err := p.request(env)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	response, err := env.HTTP.Send(ctx, request)
	if err != nil {
		return nil, err
	}
	return p.result(env, request, response)
}

func (p SendParams) request(env *nodes.Env) (nodes.HTTPRequest, error) {
	target, err := p.target()
	if err != nil {
		return nodes.HTTPRequest{}, err
	}
	content, body, err := p.content(env.IdempotencyKey)
	if err != nil {
		return nodes.HTTPRequest{}, err
	}
	header, err := p.header(env)
	if err != nil {
		return nodes.HTTPRequest{}, err
	}
	if content != "" && header.Get("Content-Type") == "" {
		header.Set("Content-Type", content)
	}
	r := nodes.HTTPRequest{
		Method: p.Method, Header: header, Body: body, Timeout: time.Duration(p.Timeout), FollowRedirects: p.FollowRedirects,
	}
	if err := p.signIn(env, target, &r); err != nil {
		return nodes.HTTPRequest{}, err
	}
	r.URL = target.String()
	return r, p.sign(env, &r)
}

// header holds the rows of the form and the names of the call.
func (p SendParams) header(env *nodes.Env) (http.Header, error) {
	header := http.Header{}
	for _, name := range slices.Sorted(maps.Keys(p.Headers)) {
		v := p.Headers[name]
		name = strings.TrimSpace(name)
		switch {
		case name == "" && value.Empty(v):
			continue
		case ours[strings.ToLower(name)]:
			return nil, fmt.Errorf("the header %s is set by the sending itself: remove it from this step", name)
		}
		for _, one := range repeated(v) {
			header.Add(name, one)
		}
	}
	// A key of the sender's own choosing is as stable as ours: params are
	// resolved once for all attempts.
	if header.Get("Idempotency-Key") == "" {
		header.Set("Idempotency-Key", env.IdempotencyKey)
	}
	header.Set("Webhook-Id", env.MessageID)
	header.Set("Webhook-Timestamp", strconv.FormatInt(env.Now.Unix(), 10))
	return header, nil
}

// ours are the headers of the Standard Webhooks specification.
var ours = map[string]bool{"webhook-id": true, "webhook-timestamp": true, "webhook-signature": true}

// sign adds the signature of the Standard Webhooks specification.
func (p SendParams) sign(env *nodes.Env, r *nodes.HTTPRequest) error {
	if !p.Secret.Given() {
		return nil
	}
	secrets := p.Secret.Valid(env.Now)
	if len(secrets) == 0 {
		return errors.New("the signing secret is not stored any more: enter it again")
	}
	scheme, _ := sender.SchemeNamed("standard")
	signed, err := scheme.Sign(env.Now, sender.Request{Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body}, env.MessageID, secrets...)
	if err != nil {
		if problem := scheme.CheckSecret(secrets[0]); problem != nil {
			return fmt.Errorf("the call cannot be signed: %s", problem.Message)
		}
		return fmt.Errorf("the call cannot be signed: %w", err)
	}
	maps.Copy(r.Header, signed)
	return nil
}

// repeated writes a value as texts: a list is several, nil is none.
func repeated(v any) []string {
	switch x := v.(type) {
	case nil:
		return nil
	case []any:
		list := make([]string, 0, len(x))
		for _, e := range x {
			if e != nil {
				list = append(list, plainText(e))
			}
		}
		return list
	}
	return []string{plainText(v)}
}
