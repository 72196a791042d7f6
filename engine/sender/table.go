package sender

import "slices"

// schemes is the table of known senders. The facts are from each sender's public
// documentation; every entry has a known answer in the tests.
var schemes = []Scheme{
	{
		Name:            "stripe",
		Header:          []string{"Stripe-Signature"},
		Pattern:         "{timestamp}.{body}",
		Prefix:          "v1=", // v0 is a test scheme that receivers must ignore
		Separator:       ",",
		TimestampPrefix: "t=",
	},
	{
		Name:            "standard",
		Header:          []string{"Webhook-Signature", "Svix-Signature"},
		Encoding:        Base64,
		Pattern:         "{id}.{timestamp}.{body}",
		Prefix:          "v1,",
		PublicPrefix:    "v1a,",
		Separator:       " ",
		TimestampHeader: []string{"Webhook-Timestamp", "Svix-Timestamp"},
		IDHeader:        []string{"Webhook-Id", "Svix-Id"},
		Standard:        true,
	},
	{
		// The older X-Hub-Signature (SHA-1) comes beside it and is never read.
		Name:     "github",
		Header:   []string{"X-Hub-Signature-256"},
		Prefix:   "sha256=",
		IDHeader: []string{"X-Github-Delivery"},
	},
	{
		Name:     "typeform",
		Header:   []string{"Typeform-Signature"},
		Encoding: Base64,
		Prefix:   "sha256=",
	},
	{
		Name:     "shopify",
		Header:   []string{"X-Shopify-Hmac-Sha256"},
		Encoding: Base64,
		IDHeader: []string{"X-Shopify-Webhook-Id"},
	},
	{
		Name:            "calendly",
		Header:          []string{"Calendly-Webhook-Signature"},
		Pattern:         "{timestamp}.{body}",
		Prefix:          "v1=",
		Separator:       ",",
		TimestampPrefix: "t=",
	},
	{
		Name:            "slack",
		Header:          []string{"X-Slack-Signature"},
		Pattern:         "v0:{timestamp}:{body}",
		Prefix:          "v0=",
		TimestampHeader: []string{"X-Slack-Request-Timestamp"},
	},
}

// Custom is the name of a scheme that a person fills in. It is not in the table.
const Custom = "custom"

// Named finds a scheme of the table; false for Custom and unknown names.
func Named(name string) (Scheme, bool) {
	i := slices.IndexFunc(schemes, func(s Scheme) bool { return s.Name == name })
	if i < 0 {
		return Scheme{}, false
	}
	return schemes[i], true
}

// Schemes lists the table in its order.
func Schemes() []Scheme { return slices.Clone(schemes) }

// Preset is what Hookloom knows of a sender besides its signature.
type Preset struct {
	// Name is stable and stands in stored documents; Label is for people.
	Name, Label string
	// Scheme names an entry of the table.
	Scheme string
	// Secret says where in the sender's settings the signing secret is found.
	Secret string
	// Dedupe is the mapping template of the id by which the sender repeats a
	// request; "" when the sender has none. Where it comes out blank, the request
	// has no id and is never a duplicate.
	Dedupe string
	// Unwrap names the form field that holds the whole JSON body when the sender
	// is set to form encoding; "" for none. See payload.Body.Unwrap.
	Unwrap string
}

var presets = []Preset{
	{
		Name: "stripe", Label: "Stripe", Scheme: "stripe",
		Secret: "Stripe dashboard: Developers, Webhooks, your endpoint, Signing secret (starts with whsec_).",
		Dedupe: "{{ trigger.body.id }}",
	},
	{
		Name: "standard", Label: "Standard Webhooks (Svix)", Scheme: "standard",
		Secret: "The endpoint's signing secret at the sender (starts with whsec_ or whpk_).",
		Dedupe: `{{ first(trigger.headers["webhook-id"], trigger.headers["svix-id"]) }}`,
	},
	{
		Name: "github", Label: "GitHub", Scheme: "github",
		Secret: "The secret that you enter at GitHub: Settings, Webhooks, your webhook, Secret.",
		Dedupe: `{{ trigger.headers["x-github-delivery"] }}`,
		Unwrap: "payload",
	},
	{
		Name: "typeform", Label: "Typeform", Scheme: "typeform",
		Secret: "The secret that you enter at Typeform: Connect, Webhooks, your webhook, Edit, Secret.",
		Dedupe: "{{ trigger.body.event_id }}",
	},
	{
		Name: "shopify", Label: "Shopify", Scheme: "shopify",
		Secret: "Your app's client secret, or under Settings, Notifications, Webhooks the key below the list.",
		Dedupe: `{{ trigger.headers["x-shopify-webhook-id"] }}`,
	},
	{
		// An invitee's uri is the same in invitee.created and invitee.canceled. Half a
		// key would swallow strangers, so it is both parts or none.
		Name: "calendly", Label: "Calendly", Scheme: "calendly",
		Secret: "The signing_key given when the webhook subscription was created.",
		Dedupe: `{{ trigger.body.event == nil || trigger.body.payload.uri == nil ? "" : trigger.body.event + " " + trigger.body.payload.uri }}`,
	},
	{
		Name: "slack", Label: "Slack", Scheme: "slack",
		Secret: "api.slack.com: your app, Basic Information, Signing Secret.",
		Dedupe: "{{ trigger.body.event_id }}",
	},
}

// Presets lists the known senders in the order to show them.
func Presets() []Preset { return slices.Clone(presets) }

// PresetNamed finds a preset.
func PresetNamed(name string) (Preset, bool) {
	i := slices.IndexFunc(presets, func(p Preset) bool { return p.Name == name })
	if i < 0 {
		return Preset{}, false
	}
	return presets[i], true
}
