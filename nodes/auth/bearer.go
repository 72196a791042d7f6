package auth

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Connection[BearerParams]{Meta: nodes.Meta{
		Type: "auth.bearer", Version: 1, Name: "Bearer token", Group: group, Icon: "key",
		Summary: "Sign in with a token in the Authorization header.",
		Card:    "{hosts}",
	}, Hosts: func(p BearerParams) []string { return p.Hosts }})
}

// BearerParams are a bearer token (RFC 6750).
type BearerParams struct {
	Token nodes.Secret `json:"token" label:"Token" required:"true" help:"Without the word Bearer."`
	Hosts []string     `json:"hosts" label:"Only send it to these hosts" required:"true" max:"50" example:"api.example.com" help:"*.example.com stands for every subdomain. It is never sent anywhere else." no_map:"true"`
}

// Validate holds the hosts to a safe form.
func (p BearerParams) Validate() []nodes.FieldProblem { return checkHosts(p.Hosts) }
