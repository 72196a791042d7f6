package contact

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[FindParams]{Meta: nodes.Meta{
		Type: "contact.find", Version: 1, Name: "Find contact", Group: group, Icon: "user-search",
		Summary: "Find a contact and go on with it.",
		Card:    "{by} is {value}", Contact: nodes.ContactMayProvide,
		Sample: map[string]any{"found": true, "contact": sampleContact(), "count": 1},
	}, Run: find})
}

// FindParams say whom to find and what to do when there is nobody.
type FindParams struct {
	By        string `json:"by" label:"Find by" default:"email" example:"email" no_map:"true" help:"email, phone, external_user_id, or field:NAME for one of your own fields."`
	Value     string `json:"value" label:"Value" required:"true" example:"ann@example.com" tab:"fields"`
	IfMissing string `json:"if_missing" label:"If there is none" options:"continue=Go on without a contact,stop=End the run,fail=Fail the step" default:"continue" no_map:"true"`
}

// ProvidesContact is true when a run only goes on with a contact.
func (p FindParams) ProvidesContact() bool { return p.IfMissing == "stop" || p.IfMissing == "fail" }

// Validate holds By to what contacts can be found by.
func (p FindParams) Validate() []nodes.FieldProblem {
	if _, err := p.key(); err != nil {
		return []nodes.FieldProblem{{Pointer: "/by", Code: "invalid", Message: err.Error()}}
	}
	return nil
}

func (p FindParams) key() (string, error) {
	switch by := strings.TrimSpace(p.By); by {
	case "email", "phone", "external_user_id":
		return by, nil
	default:
		if name, ok := strings.CutPrefix(by, "field:"); ok && crm.FieldKey(name) != "" {
			return "field:" + crm.FieldKey(name), nil
		}
		return "", fmt.Errorf("a contact cannot be found by %.80q: use email, phone, external_user_id, or field: and the name of one of your own fields", by)
	}
}

func find(tx nodes.Tx, call *nodes.Call, p FindParams) (any, error) {
	key, err := p.key()
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	found, err := tx.ContactsBy(key, searched(key, p.Value, call))
	if err != nil && !errors.Is(err, crm.ErrNotFound) {
		return nil, err
	}
	if len(found) == 0 {
		return p.missing(key)
	}
	if len(found) > 1 {
		call.Warn(fmt.Sprintf("%d contacts match; this is the oldest of them.", len(found)))
	}
	call.SetContact(found[0])
	return map[string]any{"found": true, "contact": found[0].Plain(), "count": len(found)}, nil
}

// searched brings a value into the form in which contacts are compared.
func searched(key, v string, call *nodes.Call) string {
	switch key {
	case "email":
		v, _ = crm.NormalizeEmail(v)
	case "phone":
		v, _ = crm.NormalizePhone(v, call.Workspace.DefaultCountry)
	default:
		v = strings.TrimSpace(v)
	}
	return v
}

func (p FindParams) missing(key string) (any, error) {
	none := map[string]any{"found": false, "contact": nil, "count": 0}
	message := fmt.Sprintf("There is no contact whose %s is %.80q.", words(key), p.Value)
	switch p.IfMissing {
	case "stop":
		return nil, nodes.StopRun(nodes.Stop{Reason: nodes.EndStop, Message: message, Output: none})
	case "fail":
		return nil, nodes.Permanent(&nodes.OutputError{Output: none, Err: errors.New(message)})
	}
	return none, nil
}

func words(key string) string {
	switch key {
	case "email":
		return "e-mail"
	case "phone":
		return "phone number"
	case "external_user_id":
		return "external user ID"
	}
	return "field " + strings.TrimPrefix(key, "field:")
}
