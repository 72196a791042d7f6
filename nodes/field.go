package nodes

// FieldKind is how a param is filled in.
type FieldKind string

// The kinds of fields and the Go types they come from.
const (
	FieldText        FieldKind = "text"         // string
	FieldLongText    FieldKind = "long_text"    // string, kind:"long_text"
	FieldRichText    FieldKind = "rich_text"    // string, kind:"rich_text": HTML in which mapped values are escaped
	FieldCode        FieldKind = "code"         // string, kind:"code"
	FieldURL         FieldKind = "url"          // string, kind:"url"
	FieldDate        FieldKind = "date"         // time.Time, or string with kind:"date"
	FieldDuration    FieldKind = "duration"     // Duration
	FieldNumber      FieldKind = "number"       // int, int64, float64
	FieldMoney       FieldKind = "money"        // Money
	FieldSwitch      FieldKind = "switch"       // bool, *bool
	FieldChoice      FieldKind = "choice"       // string with options
	FieldMultiChoice FieldKind = "multi_choice" // []string with options
	FieldSecret      FieldKind = "secret"       // Secret
	FieldRef         FieldKind = "ref"          // Ref, with ref:"offer"
	FieldList        FieldKind = "list"         // []T
	FieldRows        FieldKind = "rows"         // map[string]any, map[string]string
	FieldGroup       FieldKind = "group"        // struct
	FieldCondition   FieldKind = "condition"    // Condition
	FieldJSON        FieldKind = "json"         // any
	FieldFile        FieldKind = "file"         // File
)

// FieldKinds lists every kind that a form must be able to draw.
func FieldKinds() []FieldKind {
	return []FieldKind{
		FieldText, FieldLongText, FieldRichText, FieldCode, FieldURL, FieldDate, FieldDuration, FieldNumber, FieldMoney,
		FieldSwitch, FieldChoice, FieldMultiChoice, FieldSecret, FieldRef, FieldList, FieldRows, FieldGroup, FieldCondition,
		FieldJSON, FieldFile,
	}
}

// Field describes one param, read from the tags of its struct field:
//
//	json:"send_email"          the key in the document (required)
//	label:"Welcome e-mail"     what people see (required)
//	help:"..." example:"..."   shown with the field
//	kind:"long_text"           chooses between kinds of one Go type
//	required:"true"            an empty value fails the step
//	default:"if_subscribed"    used when the key is absent
//	options:"a,b" or "a=Label A,b=Label B"
//	show_if:"mode=step"        shown when another field has one of the values (a|b)
//	min:"1" max:"10"           of numbers, or of a text's or list's length
//	advanced:"true"            folded away
//	tab:"fields"               setup (default) or fields
//	no_map:"true"              takes no mapping
//	ref:"offer"                what a Ref points to
//	of:"slack.account"         narrows a ref to connections of one type
//	choices:"connection"       the service lists what can be chosen, asked with the fields named, see Chooser
type Field struct {
	Key      string    `json:"key"`
	Kind     FieldKind `json:"kind"`
	Label    string    `json:"label"`
	Help     string    `json:"help,omitempty"`
	Required bool      `json:"required,omitempty"`
	Default  any       `json:"default,omitempty"`
	Example  string    `json:"example,omitempty"`
	Options  []Option  `json:"options,omitempty"`
	// Choices is set where the service knows what can be chosen; nil elsewhere.
	Choices  *Choices `json:"choices,omitempty"`
	ShowIf   *ShowIf  `json:"show_if,omitempty"`
	Min      *float64 `json:"min,omitempty"`
	Max      *float64 `json:"max,omitempty"`
	Advanced bool     `json:"advanced,omitempty"`
	Tab      string   `json:"tab,omitempty"`
	NoMap    bool     `json:"no_map,omitempty"`
	Ref      string   `json:"ref,omitempty"`
	// Of narrows a ref to connections of one type.
	Of string `json:"of,omitempty"`
	// Fields are the members of a group, or of each entry of a list of groups.
	Fields []Field `json:"fields,omitempty"`
	// Item is the kind of a list's entries when they are not groups.
	Item FieldKind `json:"item,omitempty"`

	// pointer is "/" and the key.
	pointer string
}

// Option is one choice.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// ShowIf hides a field unless another one has one of the values.
type ShowIf struct {
	Field  string   `json:"field"`
	Values []string `json:"values"`
}
