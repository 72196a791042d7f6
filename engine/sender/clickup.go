package sender

// ClickUp calls in two ways: webhooks made over its API sign, the action "Call
// webhook" of an automation does not and sends another body.
//
// Source: developer.clickup.com/docs/webhooksignature and webhooktaskpayloads;
// help.clickup.com, "Automation webhooks".
var _ = register(Sender{
	Name: "clickup", Label: "ClickUp", Rank: 10,
	Scheme: &Scheme{
		Name:   "clickup",
		Header: []string{"X-Signature"},
	},
	shared: true,
	Secret: "ClickUp's answer when the webhook was created over its API: webhook.secret. Automations do not sign: choose ClickUp automation for them.",
	// Each entry of the history has an id of its own; an event without history,
	// such as a deletion, happens to a task once.
	Dedupe: `{{ trigger.body.event == nil ? "" : trigger.body.history_items[0].id != nil ? trigger.body.event + " " + trigger.body.history_items[0].id : ` +
		`trigger.body.event == "taskDeleted" && trigger.body.task_id != nil ? "taskDeleted " + trigger.body.task_id : "" }}`,
	DedupeLabel: "The event with the id of its first change",
	Labels: []Label{
		{"event", "What happened", ""},
		{"task_id", "Task id", ""},
		{"history_items.0.user.email", "Changed by (e-mail)", RoleEmail},
		{"history_items.0.user.username", "Changed by", RoleName},
		{"history_items.0.field", "What was changed", ""},
		{"history_items.0.after.status", "Status now", ""},
		{"history_items.0.before.status", "Status before", ""},
		{"history_items.0.after", "Value now", ""},
		{"history_items.0.before", "Value before", ""},
		{"webhook_id", "Webhook id", ""},
	},
	Samples: []Sample{{
		Event: "taskStatusUpdated", Label: "Status of a task changed", ids: []string{"2800787326392370170"},
		Body: []byte(`{
  "event": "taskStatusUpdated",
  "history_items": [
    {
      "id": "2800787326392370170",
      "type": 1,
      "date": "1642736194135",
      "field": "status",
      "parent_id": "162641062",
      "data": { "status_type": "custom" },
      "source": null,
      "user": { "id": 183, "username": "Ada Lovelace", "email": "ada@example.com", "color": "#7b68ee", "initials": "AL", "profilePicture": null },
      "before": { "status": "to do", "color": "#f9d900", "orderindex": 0, "type": "open" },
      "after": { "status": "in progress", "color": "#7C4DFF", "orderindex": 1, "type": "custom" }
    }
  ],
  "task_id": "1vj38vv",
  "webhook_id": "7fa3ec74-69a8-4530-a251-8a13730bd204"
}
`),
	}},
})

var _ = register(Sender{
	Name: "clickup_automation", Label: "ClickUp automation", Rank: 10,
	// The id names the automation's run, the trigger_id the automation.
	Dedupe: `{{ trigger.body.id == nil || trigger.body.trigger_id == nil ? "" : trigger.body.trigger_id + " " + trigger.body.id }}`, DedupeLabel: "The automation with the id of its run",
	Labels: []Label{
		{"payload.creator.email", "Creator's e-mail", RoleEmail},
		{"payload.creator.username", "Creator's name", RoleName},
		{"payload.name", "Task", ""},
		{"payload.status.status", "Status of the task", ""},
		{"payload.custom_fields", "Custom fields", ""},
		{"payload.id", "Task id", ""},
		{"date", "When it happened", ""},
	},
	Samples: []Sample{{
		Event: "automation", Label: "Automation called the webhook", ids: []string{"b4ced072-ed72-41e3-b5e4-b0f5e5e0c9a1:main"},
		Body: []byte(`{
  "id": "b4ced072-ed72-41e3-b5e4-b0f5e5e0c9a1:main",
  "trigger_id": "6f612d16-aa47-4d5b-a44a-3d3a0a9f4d1a",
  "date": "2024-01-11T19:40:17.927Z",
  "payload": {
    "id": "8687096vn",
    "name": "Onboard Ada Lovelace",
    "status": { "status": "complete", "type": "closed" },
    "creator": { "id": 26191384, "username": "Grace Hopper", "email": "grace@example.com" },
    "custom_fields": [{ "id": "ede917d5", "name": "Plan", "type": "drop_down" }]
  }
}
`),
	}},
})
