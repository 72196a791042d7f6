package declared

import (
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// oauthFields ask for the app that somebody registered at the service.
func oauthFields() []nodes.Field {
	return []nodes.Field{
		{Key: "client_id", Kind: nodes.FieldText, Label: "Client ID", Required: true, NoMap: true, Help: "The service shows it with the app that you have registered there."},
		{Key: "client_secret", Kind: nodes.FieldSecret, Label: "Client secret", Help: "It stands beside the client ID."},
	}
}

// oauth tells how the tokens of a connection are got.
func (c *App) oauth(params map[string]any) nodes.OAuth {
	a := c.Auth
	return nodes.OAuth{
		AuthorizeURL: a.AuthorizeURL, TokenURL: a.TokenURL, ClientID: mapping.Text(params["client_id"]),
		ClientSecret: nodes.NewSecret("", nodes.SecretVersion{Value: mapping.Text(params["client_secret"])}),
		Scopes:       a.Scopes, ScopeSeparator: a.ScopeSeparator, Params: a.AuthorizeWith, SecretInBody: a.SecretInBody,
	}
}
