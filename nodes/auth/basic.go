package auth

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Connection[BasicParams]{Meta: nodes.Meta{
		Type: "auth.basic", Version: 1, Name: "User name and password", Group: group, Icon: "lock",
		Summary: "Sign in with a user name and a password (HTTP Basic).",
		Card:    "{username} at {hosts}",
	}, Hosts: func(p BasicParams) []string { return p.Hosts }})
}

// BasicParams are an HTTP Basic credential (RFC 7617).
type BasicParams struct {
	Username string       `json:"username" label:"User name" required:"true" no_map:"true"`
	Password nodes.Secret `json:"password" label:"Password" help:"Some services want their key as the user name and no password."`
	Hosts    []string     `json:"hosts" label:"Only send it to these hosts" required:"true" max:"50" example:"api.example.com" help:"*.example.com stands for every subdomain. It is never sent anywhere else." no_map:"true"`
}

// Validate holds the hosts to a safe form.
func (p BasicParams) Validate() []nodes.FieldProblem { return checkHosts(p.Hosts) }
