package auth

import (
	"net"
	"net/url"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Connection[OAuth2Params]{Meta: nodes.Meta{
		Type: "auth.oauth2", Version: 1, Name: "Sign in at another service", Group: group, Icon: "plug-connected",
		Summary: "Google, HubSpot, Xero and others (OAuth 2): somebody allows it once on their page, and it stays signed in.",
		Card:    "{provider} {hosts}",
	}, Hosts: OAuth2Params.allowed, OAuth: OAuth2Params.oauth})
}

// OAuth2Params are an app that was registered at a service. Of a known provider
// only the app's id and secret are asked for.
type OAuth2Params struct {
	Provider     string            `json:"provider" label:"Service" options:"other=Another service" default:"other" no_map:"true"`
	Grant        string            `json:"grant" label:"Who signs in" options:"person=A person, on the service's page,app=The app itself (client credentials)" default:"person" show_if:"provider=other" no_map:"true"`
	ClientID     string            `json:"client_id" label:"Client ID" required:"true" max:"500" help:"The service shows it with the app that you have registered there." no_map:"true"`
	ClientSecret nodes.Secret      `json:"client_secret" label:"Client secret" help:"Some services give none to apps that sign in with PKCE."`
	AuthorizeURL string            `json:"authorize_url" label:"Authorization address" kind:"url" required:"true" show_if:"grant=person" max:"2000" example:"https://accounts.example.com/oauth/authorize" no_map:"true"`
	TokenURL     string            `json:"token_url" label:"Token address" kind:"url" required:"true" show_if:"provider=other" max:"2000" example:"https://accounts.example.com/oauth/token" no_map:"true"`
	Scopes       []string          `json:"scopes" label:"Rights (scopes)" max:"100" help:"Empty asks for what this service usually needs." no_map:"true"`
	Hosts        []string          `json:"hosts" label:"Only send it to these hosts" required:"true" show_if:"provider=other" max:"50" example:"api.example.com" help:"*.example.com stands for every subdomain. It is never sent anywhere else." no_map:"true"`
	Params       map[string]string `json:"params" label:"More values of the authorization address" show_if:"provider=other" advanced:"true" help:"Such as prompt or audience." no_map:"true"`
	SecretIn     string            `json:"secret_in" label:"Send the client secret in" options:"header=The Authorization header,body=The form" default:"header" show_if:"provider=other" advanced:"true" no_map:"true"`
}

// DescribeFields offers the providers that are known.
func (OAuth2Params) DescribeFields(fields []nodes.Field) {
	for i := range fields {
		if fields[i].Key != "provider" {
			continue
		}
		options := make([]nodes.Option, 0, len(providers)+1)
		for _, p := range providers {
			options = append(options, nodes.Option{Value: p.ID, Label: p.Name})
		}
		fields[i].Options = append(options, fields[i].Options...)
	}
}

// known is the provider's row; false for another service.
func (p OAuth2Params) known() (Provider, bool) {
	i := slices.IndexFunc(providers, func(one Provider) bool { return one.ID == p.Provider })
	if i < 0 {
		return Provider{}, false
	}
	return providers[i], true
}

// allowed are the hosts that tokens go to: a known provider's are fixed.
func (p OAuth2Params) allowed() []string {
	if known, ok := p.known(); ok {
		return known.Hosts
	}
	return p.Hosts
}

func (p OAuth2Params) oauth() nodes.OAuth {
	o := nodes.OAuth{
		AuthorizeURL: strings.TrimSpace(p.AuthorizeURL), TokenURL: strings.TrimSpace(p.TokenURL), ClientID: strings.TrimSpace(p.ClientID),
		ClientSecret: p.ClientSecret, Scopes: p.Scopes, Params: p.Params, SecretInBody: p.SecretIn == "body", ClientCredentials: p.Grant == "app",
	}
	known, ok := p.known()
	if !ok {
		return o
	}
	o.AuthorizeURL, o.TokenURL, o.Params, o.SecretInBody, o.ClientCredentials = known.AuthorizeURL, known.TokenURL, known.Params, known.SecretInBody, false
	o.ScopeSeparator = known.ScopeSeparator
	if len(o.Scopes) == 0 {
		o.Scopes = known.Scopes
	}
	return o
}

// Validate holds hosts and addresses to a safe form.
func (p OAuth2Params) Validate() []nodes.FieldProblem {
	if _, ok := p.known(); ok {
		return nil
	}
	problems := checkHosts(p.Hosts)
	if p.Grant != "app" {
		problems = append(problems, checkAddress("/authorize_url", p.AuthorizeURL)...)
	}
	return append(problems, checkAddress("/token_url", p.TokenURL)...)
}

// checkAddress wants https, but for this computer. An empty address is left to
// the field's own rule.
func checkAddress(pointer, text string) []nodes.FieldProblem {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "":
		return []nodes.FieldProblem{{Pointer: pointer, Code: "invalid", Message: "This is no address of a page: it must look like https://accounts.example.com/oauth."}}
	case u.Scheme == "https", u.Scheme == "http" && thisComputer(u.Hostname()):
		return nil
	}
	return []nodes.FieldProblem{{Pointer: pointer, Code: "invalid", Message: "The address must begin with https://, because secrets pass over it."}}
}

func thisComputer(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
