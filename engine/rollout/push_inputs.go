package rollout

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hookloom/hookloom/engine"
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

// supplied finds or makes what the new inputs of a version need, and returns the
// values that the workflows are filled in with: those of before stay as they are,
// whatever became of what they name. look changes nothing. Secrets are never among
// what is wrong: they are entered where they are used, and publishing asks for
// them.
func (p *Pusher) supplied(ctx context.Context, workspace string, file template.File, added []template.Input, given map[string]any, look bool) (map[string]any, []Wrong, error) {
	if len(added) == 0 {
		return given, nil, nil
	}
	file.Inputs = added
	var s Supplied
	err := p.store.Do(ctx, workspace, func(tx engine.Tx) (err error) {
		if s, err = Supply(tx, file, given); err == nil && look {
			err = errLookOnly
		}
		return err
	})
	if err != nil && !errors.Is(err, errLookOnly) {
		return nil, nil, err
	}
	inputs := maps.Clone(given)
	maps.Copy(inputs, s.Kept)
	wrong := slices.DeleteFunc(s.Wrong, func(w Wrong) bool {
		return slices.ContainsFunc(added, func(in template.Input) bool { return in.Key == w.Key && in.Kind == template.Secret })
	})
	return inputs, wrong, nil
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
