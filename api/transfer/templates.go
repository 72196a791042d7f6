package transfer

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/template"
)

// templates makes templates, or new versions of those that came as files.
func (i *importing) templates() error {
	met := map[string]int{}
	for _, it := range i.Bundle.Templates {
		place := met[it.File.Name]
		met[it.File.Name]++
		if err := i.template(it, place); err != nil {
			return err
		}
	}
	return nil
}

func (i *importing) template(it bundle.Item, place int) error {
	text, err := StoredTemplate(it.File)
	if err != nil {
		return err
	}
	out := Done{Kind: "template", Name: it.File.Name, File: it.Path, Action: Created}
	have, there := i.meetsTemplate(it.File.Name, place)
	if !there {
		t := engine.Template{ID: engine.NewID("tpl"), Name: it.File.Name, Summary: it.File.Summary, Latest: 1, CreatedBy: i.By}
		if err := i.tx.InsertTemplate(&t); err != nil {
			return err
		}
		v := TemplateVersion(t.ID, 1, text, "", i.By)
		out.ID = i.shownID(t.ID)
		i.done(out)
		return i.tx.InsertTemplateVersion(&v)
	}
	out.ID, out.Action = have.ID, Same
	known, readable := i.there.files[have.ID]
	before, err := StoredTemplate(known)
	if err != nil {
		return err
	}
	if readable && bytes.Equal(before, text) {
		i.done(out)
		return nil
	}
	out.Action, out.Changes = Different, []string{"The file differs from the newest version here."}
	switch {
	case i.Existing != Update:
	case len(have.Recipe) > 0:
		out.Changes = append(out.Changes, "The template is made of workflows of this workspace: make its new version of them.")
	default:
		out.Action = Changed
		if err := i.renew(have, it.File, text); err != nil {
			return err
		}
	}
	i.done(out)
	return nil
}

func (i *importing) meetsTemplate(name string, place int) (engine.Template, bool) {
	if i.Existing == Copy {
		return engine.Template{}, false
	}
	return nth(i.there.templates, place, func(have engine.Template) bool { return have.Name == name })
}

// renew makes a file the next version of a template.
func (i *importing) renew(have engine.Template, f template.File, text []byte) error {
	t, err := i.tx.Template(have.ID)
	if err != nil {
		return err
	}
	t.Latest++
	t.Summary = f.Summary
	v := TemplateVersion(t.ID, t.Latest, text, "From a file.", i.By)
	if err := i.tx.InsertTemplateVersion(&v); err != nil {
		return err
	}
	return i.tx.UpdateTemplate(&t)
}

// StoredTemplate is the text of a template's version.
func StoredTemplate(f template.File) ([]byte, error) {
	f.Describes = ""
	if f.Inputs == nil {
		f.Inputs = []template.Input{}
	}
	return f.JSON()
}

// TemplateVersion is a version of a template to be stored.
func TemplateVersion(id string, number int, file []byte, notes, by string) engine.TemplateVersion {
	sum := sha256.Sum256(file)
	return engine.TemplateVersion{TemplateID: id, Number: number, File: file, Hash: hex.EncodeToString(sum[:]), Notes: notes, CreatedBy: by}
}
