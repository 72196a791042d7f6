// Package contract tests workflows without a server: a file beside a workflow says
// what comes in, what other services answer, and what shall happen. Each test runs
// the real engine on a database of its own that is thrown away, with a clock that
// passes waits at once and without a way to the network.
package contract

import (
	"github.com/hookloom/hookloom/nodes/declared"
)

// File is a test file: NAME.test.yaml, .yml or .json beside NAME.json.
type File struct {
	Workflow    string                    `yaml:"workflow" json:"workflow,omitempty" max:"500" doc:"The workflow's file, from the folder of this one. When left out, the file of the same name without .test."`
	Fill        map[string]map[string]any `yaml:"fill" json:"fill,omitempty" doc:"What the workflow's file leaves out, by the id of the step or trigger: its fields, such as a signing secret."`
	Connections map[string]map[string]any `yaml:"connections" json:"connections,omitempty" doc:"Fields of the stand-in for a step's connection, by the id of the step. What is left out is made up; nothing is ever sent anywhere."`
	Given       *Given                    `yaml:"given" json:"given,omitempty" doc:"What the workspace has before each test."`
	Tests       []*Test                   `yaml:"tests" json:"tests" required:"true" doc:"The tests, each in a workspace of its own."`
}

// Given is what a workspace has before a test.
type Given struct {
	Now      string         `yaml:"now" json:"now,omitempty" doc:"When the test begins, as 2026-01-15T12:00:00Z, which it is when left out. Time stands still, and waits pass at once."`
	Timezone string         `yaml:"timezone" json:"timezone,omitempty" doc:"The workspace's time zone; UTC when left out."`
	Currency string         `yaml:"currency" json:"currency,omitempty" doc:"The workspace's currency; USD when left out."`
	Country  string         `yaml:"country" json:"country,omitempty" doc:"The country that phone numbers without a prefix belong to; US when left out."`
	Values   map[string]any `yaml:"values" json:"values,omitempty" doc:"Custom values by key."`
	Offers   []string       `yaml:"offers" json:"offers,omitzero" doc:"Titles of offers; each opens a product of the same title."`
	Fields   []string       `yaml:"fields" json:"fields,omitempty" doc:"Keys of the workspace's own contact fields."`
	Contacts []Person       `yaml:"contacts" json:"contacts,omitzero" doc:"People whom the workspace knows."`
}

// Test is one story.
type Test struct {
	Name    string   `yaml:"name" json:"name" required:"true" max:"200" doc:"What is shown; each name once in a file."`
	Given   *Given   `yaml:"given" json:"given,omitempty" doc:"What this test has more, or instead."`
	When    []Act    `yaml:"when" json:"when" required:"true" doc:"What happens, in this order; one thing needs no list."`
	Answers []Answer `yaml:"answers" json:"answers,omitempty" doc:"What other services answer. The first one that fits a call is given."`
	Expect  *Expect  `yaml:"expect" json:"expect,omitempty" doc:"What shall have happened. Without it every run shall have succeeded; what is not mentioned is not compared, but a call that no answer fits always fails the test."`
}

// Act is one thing that happens: exactly one of its members is set.
type Act struct {
	Request *Inbound `yaml:"request" json:"request,omitempty" doc:"A request to a trigger's address."`
	Event   *Event   `yaml:"event" json:"event,omitempty" doc:"An event of the workspace."`
	Start   *Start   `yaml:"start" json:"start,omitempty" doc:"A start by hand, or in the place of a schedule or of a look at another service."`
	After   string   `yaml:"after" json:"after,omitempty" doc:"Time that passes, such as 2h or 3d. After the last act, as much passes as runs wait for."`
}

// Inbound is a request to a trigger.
type Inbound struct {
	Trigger  string            `yaml:"trigger" json:"trigger,omitempty" doc:"Id of the trigger; the only one that takes requests when left out."`
	Sender   string            `yaml:"sender" json:"sender,omitempty" doc:"Id of a sender, such as stripe: its sample is sent, signed with the trigger's secret."`
	Event    string            `yaml:"event" json:"event,omitempty" doc:"Which of the sender's samples; its usual one when left out."`
	Method   string            `yaml:"method" json:"method,omitempty" doc:"POST when left out."`
	Query    map[string]any    `yaml:"query" json:"query,omitempty" doc:"What stands behind the ? of the address."`
	Headers  map[string]string `yaml:"headers" json:"headers,omitempty" doc:"Headers by name."`
	Body     any               `yaml:"body" json:"body,omitempty" doc:"The body: a text as it is, anything else as JSON. With a sender, what is changed in its sample."`
	Unsigned bool              `yaml:"unsigned" json:"unsigned,omitempty" doc:"Sends no signature where the trigger checks one; otherwise it is made with the trigger's secret."`
}

// Event is something that happened in the workspace.
type Event struct {
	Type    string         `yaml:"type" json:"type" required:"true" doc:"Such as tag.added; docs/nodes.md lists them."`
	Contact string         `yaml:"contact" json:"contact,omitempty" doc:"E-mail or phone of one of the contacts."`
	Data    map[string]any `yaml:"data" json:"data,omitempty" doc:"The objects that mappings find below trigger; the example of the trigger's type when left out."`
}

// Start is a start by hand.
type Start struct {
	Trigger string `yaml:"trigger" json:"trigger,omitempty" doc:"Id of the trigger; the one for starts by hand, or else the first, when left out."`
	Contact string `yaml:"contact" json:"contact,omitempty" doc:"E-mail or phone of one of the contacts."`
	Data    any    `yaml:"data" json:"data,omitempty" doc:"What becomes trigger.body; for triggers that take no requests, the objects below trigger."`
}

// Answer is what another service says.
type Answer struct {
	To      string            `yaml:"to" json:"to,omitempty" doc:"Method and address of the calls, as in POST https://api.example.com/v1/*; * stands for any text."`
	Step    string            `yaml:"step" json:"step,omitempty" doc:"Path of the step that calls; with to, both must fit."`
	Status  int               `yaml:"status" json:"status,omitempty" doc:"200 when left out."`
	Headers map[string]string `yaml:"headers" json:"headers,omitempty" doc:"Headers of the answer."`
	Body    any               `yaml:"body" json:"body,omitempty" doc:"A text as it is, anything else as JSON; {} when left out."`
	Fail    string            `yaml:"fail" json:"fail,omitempty" options:"timeout,connect,dns,tls,reset" doc:"No answer comes."`
	Times   int               `yaml:"times" json:"times,omitempty" doc:"For how many calls it counts; 0 for all. So the first calls can fail and the next one work."`
}

// Expect is what shall have happened.
type Expect struct {
	Answer          *Reply         `yaml:"answer" json:"answer,omitempty" doc:"What the sender of the last request was told."`
	Run             *Run           `yaml:"run" json:"run,omitempty" doc:"The only run."`
	Runs            []Run          `yaml:"runs" json:"runs,omitzero" doc:"All runs, oldest first; [] for none."`
	Requests        []Outbound     `yaml:"requests" json:"requests,omitzero" doc:"All calls of steps, in their order; [] for none."`
	RequestsInclude []Outbound     `yaml:"requests_include" json:"requests_include,omitzero" doc:"Calls that were made among others, in this order."`
	Contacts        []Person       `yaml:"contacts" json:"contacts,omitzero" doc:"People as they are afterwards. Each is found by e-mail, phone or external_user_id; tags and offers are compared as a whole, other fields where they are named."`
	Letters         []Letter       `yaml:"letters" json:"letters,omitzero" doc:"All e-mails to contacts, in their order; [] for none."`
	Values          map[string]any `yaml:"values" json:"values,omitempty" doc:"Custom values afterwards."`
}

// Reply is what a sender was told.
type Reply struct {
	Status  int    `yaml:"status" json:"status,omitempty" doc:"HTTP status."`
	Verdict string `yaml:"verdict" json:"verdict,omitempty" doc:"What became of the request: accepted, filtered, bad_signature and so on, see docs/webhooks.md."`
	Body    any    `yaml:"body" json:"body,omitempty" doc:"The answer where the trigger or a step gives one of its own."`
}

// Run is how a run went.
type Run struct {
	Status       string `yaml:"status" json:"status,omitempty" options:"succeeded,failed,waiting,held,canceled,parked" doc:"succeeded when left out. waiting also has the test end while the run waits."`
	Reason       string `yaml:"reason" json:"reason,omitempty" doc:"Why it ended: end, filter, stop, goal and so on."`
	Error        string `yaml:"error" json:"error,omitempty" doc:"What its error says."`
	Steps        []Step `yaml:"steps" json:"steps,omitzero" doc:"All steps that ran, in their order."`
	StepsInclude []Step `yaml:"steps_include" json:"steps_include,omitzero" doc:"Steps that ran among others, in this order."`
}

// Step is how a step went.
type Step struct {
	Step          string `yaml:"step" json:"step" required:"true" doc:"Path of the step: its id, behind those of the branches and loops around it, as in tier/vip/access and items[0]/grant."`
	Status        string `yaml:"status" json:"status,omitempty" options:"succeeded,failed,skipped,waiting,unknown" doc:"How it ended; succeeded when left out."`
	Branch        string `yaml:"branch" json:"branch,omitempty" doc:"Id of the branch that was taken."`
	Output        any    `yaml:"output" json:"output,omitempty" doc:"A part of what it gave: what is named must be so."`
	OutputExactly any    `yaml:"output_exactly" json:"output_exactly,omitempty" doc:"All that it gave."`
	Error         string `yaml:"error" json:"error,omitempty" doc:"What its error says."`
	Attempts      int    `yaml:"attempts" json:"attempts,omitempty" doc:"How often it was tried."`
}

// Outbound is a call that a step made.
type Outbound struct {
	To          string            `yaml:"to" json:"to" required:"true" doc:"Method and address, as in POST https://api.example.com/v1/people?list=7; * stands for any text."`
	Step        string            `yaml:"step" json:"step,omitempty" doc:"Path of the step that called."`
	Headers     map[string]string `yaml:"headers" json:"headers,omitempty" doc:"Headers that it had, among others."`
	Body        any               `yaml:"body" json:"body,omitempty" doc:"A part of its body: JSON and forms as objects, anything else as a text."`
	BodyExactly any               `yaml:"body_exactly" json:"body_exactly,omitempty" doc:"Its whole body."`
}

// Person is a contact.
type Person struct {
	Email          string         `yaml:"email" json:"email,omitempty" doc:"E-mail."`
	Phone          string         `yaml:"phone" json:"phone,omitempty" doc:"Phone number."`
	ExternalUserID string         `yaml:"external_user_id" json:"external_user_id,omitempty" doc:"Id in another system."`
	Name           string         `yaml:"name" json:"name,omitempty" doc:"Whole name."`
	FirstName      string         `yaml:"first_name" json:"first_name,omitempty" doc:"First name."`
	LastName       string         `yaml:"last_name" json:"last_name,omitempty" doc:"Last name."`
	Company        string         `yaml:"company" json:"company,omitempty" doc:"Company."`
	Subscribed     *bool          `yaml:"subscribed" json:"subscribed,omitempty" doc:"Whether e-mails are welcome."`
	Tags           []string       `yaml:"tags" json:"tags,omitzero" doc:"Names of tags."`
	Offers         []string       `yaml:"offers" json:"offers,omitzero" doc:"Titles of the offers that are open."`
	Fields         map[string]any `yaml:"fields" json:"fields,omitempty" doc:"The workspace's own fields by key."`
}

// Letter is an e-mail.
type Letter struct {
	To      string `yaml:"to" json:"to,omitempty" doc:"Address."`
	Subject string `yaml:"subject" json:"subject,omitempty" doc:"Subject."`
	Text    string `yaml:"text" json:"text,omitempty" doc:"The text, without HTML."`
}

// Shorthand has a lone text stand for the step's path.
func (Step) Shorthand() string { return "step" }

// Shorthand has a lone text stand for method and address.
func (Outbound) Shorthand() string { return "to" }

var _, _ declared.Shorthand = Step{}, Outbound{}
