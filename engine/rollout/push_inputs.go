package rollout

import (
	"context"
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

// supply finds or makes in a transaction what the new inputs of the version need;
// the values of before stay as they are, whatever became of what they name. Secrets
// are never missing: they are entered where they are used, and publishing asks for
// them.
func (p *Plan) supply(tx Workspace) error {
	p.Inputs, p.Made, p.Missing = p.given, nil, nil
	if len(p.added) == 0 {
		return nil
	}
	file := p.file
	file.Inputs = p.added
	s, err := Supply(tx, file, p.given)
	if err != nil {
		return err
	}
	p.Inputs, p.Made = maps.Clone(p.given), s.Made
	maps.Copy(p.Inputs, s.Kept)
	p.Missing = slices.DeleteFunc(s.Wrong, func(w Wrong) bool {
		return slices.ContainsFunc(p.added, func(in template.Input) bool { return in.Key == w.Key && in.Kind == template.Secret })
	})
	return nil
}

// brought is what the version brings along, for whoever validates before it is made.
func (p *Plan) brought() engine.Brought {
	b := engine.Brought{Refs: map[string]bool{}, CustomValues: map[string]bool{}, ContactFields: map[string]bool{}}
	for _, m := range p.Made {
		switch m.Kind {
		case template.CustomValue:
			b.CustomValues[m.Name] = true
		case template.ContactField:
			b.ContactFields[m.Name] = true
		default:
			b.Refs[m.ID] = true
		}
	}
	delete(b.Refs, "")
	return b
}

// Brings tells what a version may make or set in the workspace of a clone that
// follows another version of the template, so that whoever pushes it needs the
// rights for that.
func (p *Pusher) Brings(ctx context.Context, clone engine.Clone, version int) ([]Made, error) {
	file, err := p.file(ctx, clone.TemplateWorkspace, clone.TemplateID, version)
	if err != nil {
		return nil, err
	}
	var list []Made
	for _, in := range p.newInputs(ctx, clone, file) {
		switch in.Kind {
		case template.Tag, template.ContactField, template.CustomValue:
		case template.Offer, template.Product, template.Form:
			if in.Mode != template.FindOrCreate {
				continue
			}
		default:
			continue
		}
		list = append(list, Made{Kind: in.Kind, Name: in.Named()})
		if in.Kind == template.Form && in.Define != nil && in.Define.Form != nil {
			list = append(list, formBrings(in.Define.Form)...)
		}
	}
	return list, nil
}

// formBrings are the tags and offers that are made with a form.
func formBrings(f *template.FormDefine) []Made {
	var list []Made
	for _, name := range f.Tags {
		list = append(list, Made{Kind: template.Tag, Name: name})
	}
	for _, title := range f.Offers {
		list = append(list, Made{Kind: template.Offer, Name: title})
	}
	return list
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
