package engine

import "time"

// Template is a template that people made. It belongs to the workspace that it
// was made in, its home; engine/template reads its files.
type Template struct {
	ID        string
	Workspace string
	Name      string
	Summary   string
	// Latest is the number of its newest version; 0 before the first.
	Latest int
	// Recipe is how it was made, as JSON of engine/template; nil for one that came
	// as a file. It stays in the home.
	Recipe    []byte
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// TemplateVersion is one immutable state of a template.
type TemplateVersion struct {
	// Workspace is set for one that a link led to alone.
	Workspace  string
	TemplateID string
	// Number counts from 1.
	Number int
	// File is the template file; lists leave it out.
	File []byte
	// Hash is File's SHA-256 in hexadecimal.
	Hash      string
	Notes     string
	CreatedBy string
	CreatedAt time.Time
}

// TemplateLink lets whoever has its token look at a template without an account.
type TemplateLink struct {
	ID         string
	Workspace  string
	TemplateID string
	// Hash is the token's; the token itself is shown once.
	Hash      []byte
	CreatedBy string
	CreatedAt time.Time
	ExpiresAt time.Time
	// RevokedAt is zero unless somebody ended it before its time.
	RevokedAt time.Time
}

// TemplateTx changes templates of the transaction's workspace.
type TemplateTx interface {
	// Template reads a template and locks it until the commit.
	Template(id string) (Template, error)
	// InsertTemplate stores a new template and fills times in.
	InsertTemplate(t *Template) error
	// UpdateTemplate stores name, summary, Latest and Recipe.
	UpdateTemplate(t *Template) error
	// DeleteTemplate takes a template out of use with its links; versions stay,
	// because clones came from them.
	DeleteTemplate(id string) error
	// InsertTemplateVersion stores a version; a *crm.Conflict when its number is
	// taken.
	InsertTemplateVersion(v *TemplateVersion) error
}
