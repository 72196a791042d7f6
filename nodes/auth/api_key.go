package auth

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Connection[APIKeyParams]{Meta: nodes.Meta{
		Type: "auth.api_key", Version: 1, Name: "API key", Group: group, Icon: "key",
		Summary: "Sign in with a key in a header or in the address.",
		Card:    "{name} at {hosts}",
	}, Hosts: func(p APIKeyParams) []string { return p.Hosts }})
}

// APIKeyParams are a key under a name.
type APIKeyParams struct {
	Name  string       `json:"name" label:"Name of the header or parameter" required:"true" example:"X-Api-Key" no_map:"true"`
	Value nodes.Secret `json:"value" label:"Key" required:"true"`
	In    string       `json:"in" label:"Send it as" options:"header=Header,query=URL value" default:"header" no_map:"true"`
	Hosts []string     `json:"hosts" label:"Only send it to these hosts" required:"true" max:"50" example:"api.example.com" help:"*.example.com stands for every subdomain. It is never sent anywhere else." no_map:"true"`
}

// Validate holds the hosts to a safe form.
func (p APIKeyParams) Validate() []nodes.FieldProblem { return checkHosts(p.Hosts) }
