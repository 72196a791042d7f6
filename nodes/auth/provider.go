package auth

// Provider is a service whose addresses are known, so that a person enters only
// the id and secret of the app they registered there. Addresses and defaults are
// from the public documentation that Docs names.
type Provider struct {
	ID, Name               string
	AuthorizeURL, TokenURL string
	// Scopes are asked for when the person names none.
	Scopes         []string
	ScopeSeparator string
	Params         map[string]string
	SecretInBody   bool
	// Hosts are the only ones that get the tokens.
	Hosts []string
	// Docs is where an app is registered or where that is explained.
	Docs string
}

// Providers are the services that are known, in the order of their names.
func Providers() []Provider { return append([]Provider(nil), providers...) }

var providers = []Provider{
	{
		ID: "airtable", Name: "Airtable",
		AuthorizeURL: "https://airtable.com/oauth2/v1/authorize", TokenURL: "https://airtable.com/oauth2/v1/token",
		Scopes: []string{"data.records:read", "data.records:write", "schema.bases:read"},
		Hosts:  []string{"api.airtable.com"}, Docs: "https://airtable.com/developers/web/api/oauth-reference",
	},
	{
		ID: "google", Name: "Google (Sheets, Drive, Gmail, Calendar)",
		AuthorizeURL: "https://accounts.google.com/o/oauth2/v2/auth", TokenURL: "https://oauth2.googleapis.com/token",
		Scopes: []string{"https://www.googleapis.com/auth/spreadsheets"},
		// Without both, Google gives no refresh token when somebody allows it again.
		Params: map[string]string{"access_type": "offline", "prompt": "consent"}, SecretInBody: true,
		Hosts: []string{"*.googleapis.com"}, Docs: "https://developers.google.com/identity/protocols/oauth2/web-server",
	},
	{
		ID: "hubspot", Name: "HubSpot",
		AuthorizeURL: "https://app.hubspot.com/oauth/authorize", TokenURL: "https://api.hubapi.com/oauth/v1/token",
		Scopes: []string{"oauth", "crm.objects.contacts.read", "crm.objects.contacts.write"}, SecretInBody: true,
		Hosts: []string{"api.hubapi.com"}, Docs: "https://developers.hubspot.com/docs/api/working-with-oauth",
	},
	{
		ID: "mailchimp", Name: "Mailchimp",
		AuthorizeURL: "https://login.mailchimp.com/oauth2/authorize", TokenURL: "https://login.mailchimp.com/oauth2/token", SecretInBody: true,
		Hosts: []string{"*.api.mailchimp.com"}, Docs: "https://mailchimp.com/developer/marketing/guides/access-user-data-oauth-2/",
	},
	{
		ID: "microsoft", Name: "Microsoft 365",
		AuthorizeURL: "https://login.microsoftonline.com/common/oauth2/v2.0/authorize", TokenURL: "https://login.microsoftonline.com/common/oauth2/v2.0/token",
		Scopes: []string{"offline_access", "User.Read"}, SecretInBody: true,
		Hosts: []string{"graph.microsoft.com"}, Docs: "https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow",
	},
	{
		ID: "notion", Name: "Notion",
		AuthorizeURL: "https://api.notion.com/v1/oauth/authorize", TokenURL: "https://api.notion.com/v1/oauth/token", Params: map[string]string{"owner": "user"},
		Hosts: []string{"api.notion.com"}, Docs: "https://developers.notion.com/docs/authorization",
	},
	{
		ID: "pipedrive", Name: "Pipedrive",
		AuthorizeURL: "https://oauth.pipedrive.com/oauth/authorize", TokenURL: "https://oauth.pipedrive.com/oauth/token",
		Hosts: []string{"api.pipedrive.com", "*.pipedrive.com"}, Docs: "https://pipedrive.readme.io/docs/marketplace-oauth-authorization",
	},
	{
		ID: "salesforce", Name: "Salesforce",
		AuthorizeURL: "https://login.salesforce.com/services/oauth2/authorize", TokenURL: "https://login.salesforce.com/services/oauth2/token",
		Scopes: []string{"api", "refresh_token"}, SecretInBody: true,
		Hosts: []string{"*.my.salesforce.com"}, Docs: "https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm",
	},
	{
		ID: "slack", Name: "Slack",
		AuthorizeURL: "https://slack.com/oauth/v2/authorize", TokenURL: "https://slack.com/api/oauth.v2.access",
		Scopes: []string{"chat:write", "channels:read"}, ScopeSeparator: ",", SecretInBody: true,
		Hosts: []string{"slack.com"}, Docs: "https://docs.slack.dev/authentication/installing-with-oauth",
	},
	{
		ID: "xero", Name: "Xero",
		AuthorizeURL: "https://login.xero.com/identity/connect/authorize", TokenURL: "https://identity.xero.com/connect/token",
		Scopes: []string{"offline_access", "accounting.contacts", "accounting.transactions"},
		Hosts:  []string{"api.xero.com"}, Docs: "https://developer.xero.com/documentation/guides/oauth2/auth-flow",
	},
	{
		ID: "zoom", Name: "Zoom",
		AuthorizeURL: "https://zoom.us/oauth/authorize", TokenURL: "https://zoom.us/oauth/token",
		Hosts: []string{"api.zoom.us"}, Docs: "https://developers.zoom.us/docs/integrations/oauth/",
	},
}
