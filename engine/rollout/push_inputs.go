package rollout

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

// givenInputs are the values of a clone's inputs with what was given since.
func givenInputs(texts ...[]byte) (map[string]any, error) {
	given := map[string]any{}
	for _, text := range texts {
		if len(text) == 0 {
			continue
		}
		v, err := value.Decode(text)
		if err != nil {
			return nil, fmt.Errorf("inputs of a clone: %w", err)
		}
		if more, ok := v.(map[string]any); ok {
			maps.Copy(given, more)
		}
	}
	return given, nil
}

// newInputs are the inputs that a version asks for and the clone's version did
// not. When that one cannot be read any more, all are new.
func (p *Pusher) newInputs(ctx context.Context, clone engine.Clone, file template.File) []template.Input {
	old, err := p.file(ctx, clone.TemplateWorkspace, clone.TemplateID, clone.Version)
	if err != nil {
		return file.Inputs
	}
	var added []template.Input
	for _, in := range file.Inputs {
		if !slices.ContainsFunc(old.Inputs, func(was template.Input) bool { return was.Key == in.Key && was.Kind == in.Kind }) {
			added = append(added, in)
		}
	}
	return added
}

// missingInputs are the new inputs that a clone cannot do without and has no
// value for. Secrets are never among them: they are entered where they are used,
// and publishing asks for them.
func (p *Pusher) missingInputs(ctx context.Context, workspace string, file template.File, added []template.Input, given map[string]any) ([]template.Input, error) {
	var missing []template.Input
	var have map[string]any
	for _, in := range added {
		if !in.Required || in.Kind == template.Secret || in.Kind == template.ContactField || !value.Empty(file.Value(in, given)) {
			continue
		}
		if in.Kind == template.CustomValue {
			if have == nil {
				var err error
				if have, err = p.store.CustomValues(ctx, workspace); err != nil {
					return nil, err
				}
			}
			if !value.Empty(have[in.Key]) {
				continue
			}
		}
		missing = append(missing, in)
	}
	return missing, nil
}

// supply makes the custom values and contact fields that the version names and
// the client lacks; those that are there keep what they have.
func supply(tx engine.Tx, plan *Plan) error {
	for _, in := range plan.added {
		switch in.Kind {
		case template.CustomValue:
			v := crm.CustomValue{Key: in.Key, Name: in.Label, Value: plan.file.Value(in, plan.Inputs)}
			if _, _, err := tx.SupplyCustomValue(v); err != nil {
				return err
			}
		case template.ContactField:
			if _, _, err := tx.SupplyField(crm.Field{Key: in.Key, Label: in.Label, Kind: "text"}); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkInputs refuses values for what the version does not ask for, or must not
// be told here.
func checkInputs(file template.File, given map[string]any) error {
	for key, v := range given {
		at := slices.IndexFunc(file.Inputs, func(in template.Input) bool { return in.Key == key })
		switch {
		case at < 0:
			return &engine.StateError{Message: fmt.Sprintf("This version does not ask for %.60q.", key)}
		case file.Inputs[at].Kind == template.Secret:
			return &engine.StateError{Message: fmt.Sprintf("%s is a secret: enter it in the step that uses it.", file.Inputs[at].Label)}
		}
		switch v.(type) {
		case nil, string, bool:
		default:
			return &engine.StateError{Message: fmt.Sprintf("%s must be a text, or on or off.", file.Inputs[at].Label)}
		}
	}
	return nil
}
