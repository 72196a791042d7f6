package declared

// Format is the version of the format that this package reads.
const Format = 1

// The limits of a file.
const (
	// MaxFile is the largest file in bytes.
	MaxFile = 256 << 10
	// MaxFiles is how many files of a folder are read.
	MaxFiles   = 200
	maxActions = 50
	maxFields  = 60
	maxDepth   = 40
)

// File is one service with its actions, as its file says it. The doc tags are the
// reference of the format and the JSON schema; required says that a key must be
// there.
type File struct {
	Format   int            `yaml:"hookloom" required:"true" doc:"Version of the format: 1."`
	App      string         `yaml:"app" required:"true" max:"40" doc:"Short name in front of every action: slack makes slack.post_message. Lower-case letters, digits and _. Never change it."`
	Name     string         `yaml:"name" required:"true" max:"60" doc:"What people see, also as the group in the list of steps."`
	Icon     string         `yaml:"icon" max:"4000" doc:"An own drawing: the d of an SVG path of 24 × 24, drawn in lines, which begins with M. The first letter of the name stands there otherwise."`
	Summary  string         `yaml:"summary" max:"200" doc:"One sentence about the service, shown where its connection is made."`
	Docs     string         `yaml:"docs" max:"500" doc:"Address of the service's API reference."`
	BaseURL  string         `yaml:"base_url" required:"true" max:"500" doc:"Where every request goes. The host may hold fields of the connection ({{ connection.dc }}.api.example.com) if the end of the name is written out, or the whole may begin with one field of kind url."`
	Headers  map[string]any `yaml:"headers" doc:"Sent with every request. Templates over connection."`
	Auth     Auth           `yaml:"auth" required:"true" doc:"How requests sign in, and what the connection asks for."`
	FailOn   []string       `yaml:"fail_on" doc:"Statuses that count as failed, such as 404, 4xx or 500-599. 3xx, 4xx and 5xx unless said otherwise."`
	FailWhen string         `yaml:"fail_when" max:"2000" doc:"A condition over answer that makes an answer a failed one whatever its status: {{ answer.body.ok != true }}."`
	Detail   string         `yaml:"error_text" max:"2000" doc:"A template over answer: the service's own words about an error, added to the message."`
	Errors   []ErrorRule    `yaml:"errors" doc:"Words for errors of every action, asked after the action's own."`
	// Choices are what fields can offer, by the name that fields know them by.
	Choices map[string]*Choices `yaml:"choices" doc:"What the service can be asked to list for fields of the actions, such as its channels, by a name of your own."`
	// Actions are the node types by the second half of their id.
	Actions map[string]*Action `yaml:"actions" required:"true" doc:"The steps, by the second half of their type: post_message. Never change a name."`
}

// Auth is how an app signs in.
type Auth struct {
	Type     string  `yaml:"type" required:"true" options:"none,basic,bearer,api_key,oauth2,custom" doc:"custom is for services that take the credential elsewhere, such as in the path: templates name its fields."`
	Help     string  `yaml:"help" max:"300" doc:"Where people find their credential, shown in the form of the connection."`
	Fields   []Field `yaml:"fields" doc:"The form of the connection. Credentials are of kind secret."`
	Username string  `yaml:"username" max:"500" doc:"basic: a template over connection."`
	Password string  `yaml:"password" max:"500" doc:"basic: a template over connection."`
	Token    string  `yaml:"token" max:"500" doc:"bearer: a template over connection, sent as Authorization: Bearer."`
	In       string  `yaml:"in" options:"header,query" doc:"api_key: where the key goes; header unless said otherwise."`
	KeyName  string  `yaml:"key_name" max:"100" doc:"api_key: name of the header or URL value."`
	Value    string  `yaml:"value" max:"500" doc:"api_key: a template over connection, such as Bot {{ connection.token }}."`

	AuthorizeURL   string            `yaml:"authorize_url" max:"500" doc:"oauth2: the page on which a person lets Hookloom in."`
	TokenURL       string            `yaml:"token_url" max:"500" doc:"oauth2: where codes become tokens. The client's secret goes nowhere else."`
	Scopes         []string          `yaml:"scopes" doc:"oauth2: the rights that are asked for."`
	ScopeSeparator string            `yaml:"scope_separator" max:"5" doc:"oauth2: what stands between scopes; a space unless said otherwise."`
	AuthorizeWith  map[string]string `yaml:"authorize_with" doc:"oauth2: further values of authorize_url, such as access_type: offline."`
	SecretInBody   bool              `yaml:"secret_in_body" doc:"oauth2: send the client's id and secret in the form instead of in a header."`

	Test *Test `yaml:"test" doc:"A harmless request that tells whether the connection works."`
}

// Test is the test call of a connection.
type Test struct {
	Request Request `yaml:"request" required:"true" doc:"The request; GET unless said otherwise."`
	Account string  `yaml:"account" max:"1000" doc:"A template over answer and connection: whose credential it is, shown as “Connected as …”."`
}

// Field is one field of a form.
type Field struct {
	Key      string   `yaml:"key" required:"true" max:"60" doc:"Name in templates and stored workflows. Never change it."`
	Label    string   `yaml:"label" required:"true" max:"80" doc:"What people see."`
	Kind     string   `yaml:"kind" options:"text,long_text,rich_text,code,url,date,duration,number,money,switch,choice,multi_choice,list,rows,group,json,secret" doc:"How it is filled in; text unless said otherwise. secret is for connections only."`
	Help     string   `yaml:"help" max:"400" doc:"Shown under the field."`
	Example  string   `yaml:"example" max:"200" doc:"Shown in the empty field."`
	Required bool     `yaml:"required" doc:"An empty value fails the step before anything is sent."`
	Default  any      `yaml:"default" doc:"Used while the field is empty."`
	Options  []Option `yaml:"options" doc:"The choices of a choice or multi_choice: values, or pairs of value and label."`
	Choices  string   `yaml:"choices" max:"60" doc:"Name of an entry of the file's choices: the form lists what the service has, and still takes an id or a mapping. For fields of kind text."`
	ShowIf   *ShowIf  `yaml:"show_if" doc:"Shows the field only while another one has one of some values."`
	Min      *float64 `yaml:"min" doc:"Least number, or length of a text or list."`
	Max      *float64 `yaml:"max" doc:"Greatest number, or length of a text or list."`
	Advanced bool     `yaml:"advanced" doc:"Folded away."`
	Tab      string   `yaml:"tab" options:"setup,fields" doc:"Where it stands in the form; setup unless said otherwise."`
	NoMap    bool     `yaml:"no_map" doc:"Takes no mapping."`
	Item     string   `yaml:"item" options:"text,number,date,json" doc:"The kind of a list's entries."`
	Fields   []Field  `yaml:"fields" doc:"The members of a group, or of each entry of a list."`
}

// Option is one choice of a field.
type Option struct {
	Value string `yaml:"value" required:"true" max:"100" doc:"What is sent."`
	Label string `yaml:"label" max:"100" doc:"What people see; the value unless said otherwise."`
}

// Shorthand has a lone text stand for the value.
func (Option) Shorthand() string { return "value" }

// ShowIf hides a field unless another one has one of the values.
type ShowIf struct {
	Field  string   `yaml:"field" required:"true" doc:"Key of the other field."`
	Values []string `yaml:"values" required:"true" doc:"Values of it; true and false for a switch."`
}

// Action is one step.
type Action struct {
	Name       string         `yaml:"name" required:"true" max:"60" doc:"What people see: Post message."`
	Summary    string         `yaml:"summary" required:"true" max:"120" doc:"One sentence."`
	Card       string         `yaml:"card" max:"120" doc:"The line on the step's card; {channel} stands for a field."`
	Icon       string         `yaml:"icon" max:"4000" doc:"Instead of the app's icon."`
	Version    int            `yaml:"version" doc:"Raise it when fields change their meaning, and say under upgrades how older steps are carried over. 1 unless said otherwise."`
	Upgrades   []Upgrade      `yaml:"upgrades" doc:"One for each version from 2 on."`
	Source     string         `yaml:"source" max:"500" doc:"Page of the service's reference that the example is from."`
	Fields     []Field        `yaml:"fields" doc:"The form. The connection stands in front of it by itself."`
	Checks     []Check        `yaml:"checks" doc:"Rules about the fields that they cannot say alone."`
	Request    Request        `yaml:"request" required:"true" doc:"What is sent."`
	Repeatable *bool          `yaml:"repeatable" doc:"Whether sending it twice does no harm, so that a call whose outcome is unknown is sent again instead of waiting for a person. true for GET, PUT and DELETE unless said otherwise."`
	FailOn     []string       `yaml:"fail_on" doc:"Instead of the app's."`
	FailWhen   string         `yaml:"fail_when" max:"2000" doc:"Instead of the app's."`
	Errors     []ErrorRule    `yaml:"errors" doc:"Words for errors, the first that fits counts."`
	Output     map[string]any `yaml:"output" doc:"What later steps can use: templates over answer and params. The whole answer as status and body unless said otherwise."`
	Sample     map[string]any `yaml:"sample" required:"true" doc:"An output as people will see it, for mapping before any run. Its keys are those of output."`
	Example    *Example       `yaml:"example" doc:"A call as the service's reference shows it; checked by hookloom node lint."`
}

// Upgrade carries the params of a step over to a version.
type Upgrade struct {
	To     int               `yaml:"to" required:"true" doc:"The version."`
	Rename map[string]string `yaml:"rename" doc:"Old keys with their new names."`
	Remove []string          `yaml:"remove" doc:"Keys that are gone."`
	Set    map[string]any    `yaml:"set" doc:"Values for keys that are new; what is there already stays."`
}

// Request is a request template.
type Request struct {
	Method  string         `yaml:"method" options:"GET,POST,PUT,PATCH,DELETE" doc:"POST unless said otherwise."`
	Path    string         `yaml:"path" required:"true" max:"1000" doc:"Added to base_url. Each value that a template puts in is escaped, so that it stays one part of the path."`
	Query   map[string]any `yaml:"query" doc:"URL values; a list repeats its name."`
	Headers map[string]any `yaml:"headers" doc:"Headers beside the app's."`
	JSON    any            `yaml:"json" doc:"Body as JSON. Values keep their type, and entries whose template gives nothing are left out."`
	Form    map[string]any `yaml:"form" doc:"Body as a form."`
	// KeepEmpty is for services in which null or an empty text means something.
	KeepEmpty   bool   `yaml:"keep_empty" doc:"Send entries whose template gives nothing as null. omit() leaves single ones out."`
	Idempotency string `yaml:"idempotency_header" max:"60" doc:"Header of the service for a key that stays the same over all attempts of a call."`
	Timeout     string `yaml:"timeout" max:"10" doc:"Such as 60s; 30s unless said otherwise, 2m at most."`
}

// ErrorRule gives an error its words.
type ErrorRule struct {
	Status     []string `yaml:"status" doc:"Statuses that it is about, such as 404 or 5xx; all unless said otherwise."`
	When       string   `yaml:"when" max:"2000" doc:"A condition over answer and params that must hold too."`
	Message    string   `yaml:"message" required:"true" max:"500" doc:"A sentence for marketers: what happened and what to do. A template over answer and params."`
	Retry      *bool    `yaml:"retry" doc:"Whether it is tried again. Unless said otherwise as the status says: 408, 425, 429 and 5xx are."`
	RetryAfter string   `yaml:"retry_after" max:"500" doc:"A template over answer: seconds to wait, for services that do not use the header Retry-After."`
}

// Example is one call as the service's reference shows it.
type Example struct {
	Connection map[string]any `yaml:"connection" doc:"Fields of the connection, with made-up secrets."`
	Params     map[string]any `yaml:"params" doc:"The step's settings."`
	Sends      Sent           `yaml:"sends" required:"true" doc:"The request that must be made of them."`
	Answers    Answered       `yaml:"answers" doc:"What the service answers."`
	Gives      map[string]any `yaml:"gives" doc:"The step's output for that answer."`
	Refused    *Refused       `yaml:"refused" doc:"An error of the service and what becomes of it."`
}

// Sent is the request of an example. Headers that are not named may be there too.
type Sent struct {
	Method  string            `yaml:"method" required:"true" doc:"GET, POST …"`
	URL     string            `yaml:"url" required:"true" doc:"The whole address with its URL values."`
	Headers map[string]string `yaml:"headers" doc:"Headers that must be there with these values."`
	JSON    any               `yaml:"json" doc:"The body, compared as JSON."`
	Form    map[string]any    `yaml:"form" doc:"The body, compared as a form."`
}

// Answered is the answer of an example.
type Answered struct {
	Status  int               `yaml:"status" doc:"200 unless said otherwise."`
	Headers map[string]string `yaml:"headers" doc:"Headers of the answer."`
	JSON    any               `yaml:"json" doc:"The body as JSON; an empty one unless said otherwise."`
}

// Refused is an answer that fails the step.
type Refused struct {
	Answers Answered `yaml:"answers" required:"true" doc:"What the service answers."`
	Says    string   `yaml:"says" required:"true" doc:"Words that the step's error must hold."`
	Retry   bool     `yaml:"retry" doc:"Whether it must be tried again."`
}
