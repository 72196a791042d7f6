package declared

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// connectionKey is the field of every action that names the connection.
const connectionKey = "connection"

// defaultIcon has pages show the first letter of the app's name.
const defaultIcon = "apps"

// Name is what people call the app.
func (c *App) Name() string { return c.File.Name }

// ID is what the app's types begin with.
func (c *App) ID() string { return c.File.App }

// account is the type of the app's connections.
func (c *App) accountType() string { return c.File.App + ".account" }

// connects reports whether the app has connections.
func (c *App) connects() bool { return c.Auth.Type != "none" }

// Definitions are the app's node types: its actions, and its connection when it has
// one.
func (c *App) Definitions() []nodes.Definition {
	var list []nodes.Definition
	if c.connects() {
		list = append(list, c.connection())
	}
	for _, name := range slices.Sorted(maps.Keys(c.actions)) {
		list = append(list, c.definition(c.actions[name]))
	}
	return list
}

func (c *App) icon(of string) string {
	for _, icon := range []string{of, c.Icon} {
		if icon != "" {
			return icon
		}
	}
	return defaultIcon
}

func (c *App) definition(a *action) nodes.Definition {
	fields := c.offering(a, described(a.Fields))
	if c.connects() {
		fields = append([]nodes.Field{{
			Key: connectionKey, Kind: nodes.FieldRef, Ref: "connection", Of: c.accountType(), Label: c.Name() + " account", Required: true, NoMap: true,
		}}, fields...)
	}
	repeatable := slices.Contains([]string{"GET", "PUT", "DELETE"}, a.Request.Method)
	if a.Repeatable != nil {
		repeatable = *a.Repeatable
	}
	return nodes.DynamicAction{
		Meta: nodes.Meta{
			Type: a.id, Version: a.Version, Name: a.Name, Group: c.Name(), Icon: c.icon(a.Icon), Summary: a.Summary, Card: a.Card,
			Sample: a.Sample, Upgrade: a.upgrade(),
		},
		Fields: fields, Repeatable: repeatable, Choices: c.choose(a),
		Validate: func(params map[string]any) []nodes.FieldProblem { return a.wrong(context.Background(), params, true) },
		Run: func(ctx context.Context, env *nodes.Env, params map[string]any) (any, error) {
			return c.run(ctx, env, a, params)
		},
	}
}

// upgrade is nil for an action that has one version.
func (a *action) upgrade() func(from int, params map[string]any) (map[string]any, error) {
	if a.Version < 2 {
		return nil
	}
	steps := slices.SortedFunc(slices.Values(a.Upgrades), func(x, y Upgrade) int { return x.To - y.To })
	return func(from int, params map[string]any) (map[string]any, error) {
		for _, u := range steps {
			if u.To <= from {
				continue
			}
			renamed := map[string]any{}
			for was, is := range u.Rename {
				if v, ok := params[was]; ok {
					renamed[is] = v
					delete(params, was)
				}
			}
			maps.Copy(params, renamed)
			for _, key := range u.Remove {
				delete(params, key)
			}
			for key, v := range u.Set {
				if _, ok := params[key]; !ok {
					params[key] = value.Clone(v)
				}
			}
		}
		return params, nil
	}
}

// run makes the call of an action.
func (c *App) run(ctx context.Context, env *nodes.Env, a *action, params map[string]any) (any, error) {
	caller, err := c.caller(env.Connection)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	params = maps.Clone(params)
	delete(params, connectionKey)
	ctx = optionsOf(ctx, env)
	if problems := a.wrong(ctx, params, false); problems != nil {
		return nil, nodes.Permanent(&nodes.ParamError{Problems: problems})
	}
	r, err := caller.request(ctx, a.request, params, env.IdempotencyKey)
	if err != nil {
		return nil, nodes.Permanent(c.spoken(err))
	}
	answer, err := env.HTTP.Send(ctx, r)
	if err != nil {
		return nil, err
	}
	hide := hider(r.Secrets)
	body := hidden(outbound.AnswerBody(env, answer), hide)
	said := map[string]any{"status": answer.Status, "headers": hidden(outbound.AnswerHeaders(answer.Header), hide), "body": body}
	scope := mapping.Scope{"answer": said, "params": params}
	if err := a.judge.failed(ctx, scope, answer, env.Now.Add(answer.Duration), hide); err != nil {
		return nil, &nodes.OutputError{Output: said, Err: err}
	}
	if a.output == nil {
		return map[string]any{"status": answer.Status, "body": body}, nil
	}
	got, err := a.output.Resolve(ctx, scope)
	if err != nil {
		return nil, nodes.Permanent(fmt.Errorf("%s took it, but its answer cannot be read: %w", c.Name(), err))
	}
	return got.Value, nil
}

// spoken names the app in an error of a template; params and connection are words
// that the person who reads it knows from the form.
func (c *App) spoken(err error) error {
	var broken *mapping.EvalError
	if errors.As(err, &broken) {
		return fmt.Errorf("the request to %s cannot be written: %w", c.Name(), err)
	}
	return err
}

// caller checks the credential before anything is made of it: one of another app
// goes nowhere.
func (c *App) caller(credential *nodes.Credential) (caller, error) {
	if !c.connects() {
		return caller{app: c, connection: map[string]any{}, allows: func(string) bool { return true }}, nil
	}
	switch {
	case credential == nil:
		return caller{}, errors.New("the connection of this step is not there any more: choose another one")
	case credential.Type != c.accountType():
		return caller{}, fmt.Errorf("this connection is of another kind (%s): choose one of %s", credential.Type, c.Name())
	}
	fields := make(map[string]any, len(credential.Fields))
	for key, v := range credential.Fields {
		fields[key] = v
	}
	return caller{app: c, connection: fields, allows: credential.Allows}, nil
}

// optionsOf gives templates the surroundings that every attempt shares.
func optionsOf(ctx context.Context, env *nodes.Env) context.Context {
	return mapping.WithOptions(ctx, mapping.Options{
		Zone: env.Zone, Locale: env.Workspace.Locale, Country: env.Workspace.DefaultCountry, Currency: env.Workspace.Currency,
	})
}

// connection is the type of the app's credentials.
func (c *App) connection() nodes.Definition {
	summary := c.Summary
	if summary == "" {
		summary = "Sign in at " + c.Name() + "."
	}
	if c.Auth.Help != "" {
		summary = strings.TrimSpace(summary + " " + c.Auth.Help)
	}
	fields := described(c.Auth.Fields)
	for i := range fields {
		fields[i].NoMap = fields[i].Kind != nodes.FieldSecret
	}
	d := nodes.DynamicConnection{
		Meta:   nodes.Meta{Type: c.accountType(), Version: 1, Name: c.Name(), Group: "Connections", Icon: c.icon(""), Summary: summary},
		Fields: fields, Hosts: c.address.hosts, Validate: c.validate,
	}
	if c.Auth.Type == "oauth2" {
		d.Fields = append(oauthFields(), d.Fields...)
		d.OAuth = c.oauth
	}
	if c.test != nil && c.Auth.Type != "oauth2" {
		d.Account = c.try
	}
	return d
}

// validate finds a connection whose address cannot be written.
func (c *App) validate(params map[string]any) []nodes.FieldProblem {
	if _, err := c.address.base(context.Background(), params); err != nil {
		pointer := ""
		for _, key := range append([]string{c.address.site}, c.address.fields...) {
			if key != "" {
				pointer = "/" + key
				break
			}
		}
		return []nodes.FieldProblem{{Pointer: pointer, Code: "invalid", Message: sentence(err)}}
	}
	return nil
}

func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// try makes the test call.
func (c *App) try(ctx context.Context, http nodes.HTTPClient, params map[string]any) (string, error) {
	hosts := &nodes.Credential{Hosts: c.address.hosts(params)}
	caller := caller{app: c, connection: params, allows: hosts.Allows}
	r, err := caller.request(ctx, c.test, nil, "")
	if err != nil {
		return "", nodes.Permanent(err)
	}
	r.Timeout = min(r.Timeout, 15*time.Second)
	answer, err := http.Send(ctx, r)
	if err != nil {
		return "", err
	}
	hide := hider(r.Secrets)
	body := hidden(outbound.AnswerBody(&nodes.Env{}, answer), hide)
	scope := mapping.Scope{"connection": params, "answer": map[string]any{"status": answer.Status, "headers": outbound.AnswerHeaders(answer.Header), "body": body}}
	if err := c.judge.failed(ctx, scope, answer, time.Time{}, hide); err != nil {
		return "", err
	}
	account, err := resolveText(ctx, c.account, scope)
	if err != nil {
		return "", nil //nolint:nilerr // the call was good, and nobody can say whose account it is
	}
	return shorten(hide(account), 100), nil
}
