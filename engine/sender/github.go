package sender

import "net/http"

// Source: docs.github.com/webhooks (webhook events and payloads; validating
// webhook deliveries).
var _ = register(Sender{
	Name: "github", Label: "GitHub", Rank: 10,
	// The older X-Hub-Signature (SHA-1) comes beside it and is never read.
	Scheme: &Scheme{
		Name:     "github",
		Header:   []string{"X-Hub-Signature-256"},
		Prefix:   "sha256=",
		IDHeader: []string{"X-Github-Delivery"},
	},
	Secret: "The secret that you enter at GitHub: Settings, Webhooks, your webhook, Secret.",
	Dedupe: `{{ trigger.headers["x-github-delivery"] }}`, DedupeLabel: "The delivery's id in the header X-GitHub-Delivery",
	Unwrap:  "payload",
	Headers: []string{"x-github-event"},
	Handshake: func(h http.Header, _ any) (Answer, bool) {
		return Answer{Reason: "GitHub says hello: the webhook is set up. This starts nothing."}, h.Get("X-Github-Event") == "ping"
	},
	Labels: []Label{
		{"repository.full_name", "Repository", ""},
		{"pusher.email", "Pushed by (e-mail)", RoleEmail},
		{"pusher.name", "Pushed by", RoleName},
		{"ref", "Branch or tag", ""},
		{"commits.0.message", "First commit's message", ""},
	},
	Samples: []Sample{
		{Event: "push", Label: "Push to a repository", ids: []string{"72d3162e-cc78-11e3-81ab-4c9367dc0958"},
			Header: header("X-Github-Event", "push", "X-Github-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"),
			Body: []byte(`{
  "ref": "refs/heads/main",
  "before": "0000000000000000000000000000000000000000",
  "after": "9049f1265b7d61be4a8904a9a27120d2064dab3b",
  "repository": { "id": 1, "full_name": "acme/site", "private": false },
  "pusher": { "name": "ada", "email": "ada@example.com" },
  "commits": [
    {
      "id": "9049f1265b7d61be4a8904a9a27120d2064dab3b",
      "message": "Fix \"quote\" & <tag>\nline2",
      "author": { "name": "Ada Lovelace" },
      "added": [],
      "modified": ["a.txt"]
    }
  ]
}
`)},
		{Event: "ping", Label: "First contact (ping)", ids: []string{"0b989ba4-242f-11e5-81e1-c7b6966d2516"},
			Header: header("X-Github-Event", "ping", "X-Github-Delivery", "0b989ba4-242f-11e5-81e1-c7b6966d2516"),
			Body: []byte(`{
  "zen": "Keep it logically awesome.",
  "hook_id": 30,
  "hook": { "type": "Repository", "id": 30, "active": true, "events": ["push"] },
  "repository": { "id": 1, "full_name": "acme/site", "private": false }
}
`)},
	},
})
