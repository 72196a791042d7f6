package storage

import (
	"context"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/value"
)

type formRow struct {
	WorkspaceID string
	ID          string
	Number      int64
	Slug        string
	Title       string
	Intro       string
	Button      string
	Fields      []byte
	ThankYou    string
	RedirectURL string
	Tags        []byte
	Offers      []byte
	Open        bool
	Key         []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
	DeletedAt   int64
}

func (formRow) TableName() string { return "forms" }

func (r formRow) form() (crm.Form, error) {
	f := crm.Form{
		ID: r.ID, Number: r.Number, Slug: r.Slug, Title: r.Title, Intro: r.Intro, Button: r.Button, ThankYou: r.ThankYou,
		RedirectURL: r.RedirectURL, Open: r.Open, Key: r.Key, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}
	for _, part := range []struct {
		text []byte
		dst  any
	}{{r.Fields, &f.Fields}, {r.Tags, &f.Tags}, {r.Offers, &f.Offers}} {
		if err := decode(part.text, part.dst); err != nil {
			return f, err
		}
	}
	return f, nil
}

func oneForm(db *gorm.DB, condition string, args ...any) (workspace string, f crm.Form, err error) {
	var rows []formRow
	if err := db.Where(condition+" AND deleted_at = 0", args...).Limit(1).Find(&rows).Error; err != nil {
		return "", f, translate(err)
	}
	if len(rows) == 0 {
		return "", f, errNotFound
	}
	f, err = rows[0].form()
	return rows[0].WorkspaceID, f, err
}

// Form finds a form by its id, see crm.FormTx.
func (t *tx) Form(id string) (crm.Form, error) {
	_, f, err := oneForm(t.orm(), "workspace_id = ? AND id = ?", t.workspace, id)
	return f, err
}

// Form returns a form.
func (s *Store) Form(ctx context.Context, workspace, id string) (f crm.Form, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		_, f, err = oneForm(db, "workspace_id = ? AND id = ?", workspace, id)
		return err
	})
	return f, err
}

// PublicForm finds a form by the end of its address, which crosses workspaces.
func (s *Store) PublicForm(ctx context.Context, slug string) (workspace string, f crm.Form, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		workspace, f, err = oneForm(db, "slug = ?", slug)
		return err
	})
	return workspace, f, err
}

// ListForms lists forms from the newest.
func (s *Store) ListForms(ctx context.Context, workspace string, p engine.Page) (list engine.List[crm.Form], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(narrowed(db, workspace, p).Where("deleted_at = 0"), p, func(r formRow) string { return r.ID }, formRow.form)
		return err
	})
	return list, err
}

// CreateForm stores a new form and fills ID, Number, Slug, Key and times in.
func (s *Store) CreateForm(ctx context.Context, workspace string, f *crm.Form) error {
	return s.within(ctx, workspace, func(t *tx) error { return t.insertForm(f) })
}

// insertForm stores a new form, see CreateForm.
func (t *tx) insertForm(f *crm.Form) error {
	number, err := t.number("forms")
	if err != nil {
		return err
	}
	f.ID, f.Number, f.CreatedAt, f.UpdatedAt = engine.NewID("frm"), number, t.at, t.at
	f.Slug, f.Key = strings.ToLower(strings.Map(letters, secret.NewToken())), []byte(secret.NewToken())
	return create(t, &formRow{
		t.workspace, f.ID, number, f.Slug, f.Title, f.Intro, f.Button, mustEncode(f.Fields), f.ThankYou, f.RedirectURL,
		bytesOf(f.Tags), bytesOf(f.Offers), f.Open, f.Key, micros(t.at), micros(t.at), 0,
	})
}

// letters keeps what stays in an address when people copy or say it.
func letters(r rune) rune {
	if r == '-' || r == '_' {
		return -1
	}
	return r
}

func bytesOf(list []string) []byte {
	if len(list) == 0 {
		return nil
	}
	return mustEncode(list)
}

// UpdateForm stores all of a form but its address; engine.ErrNotFound when there
// is no such form.
func (s *Store) UpdateForm(ctx context.Context, workspace string, f *crm.Form) error {
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		f.UpdatedAt = t.at
		return changed(db.Model(&formRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", workspace, f.ID).Updates(map[string]any{
			"title": f.Title, "intro": f.Intro, "button": f.Button, "fields": mustEncode(f.Fields), "thank_you": f.ThankYou,
			"redirect_url": f.RedirectURL, "tags": bytesOf(f.Tags), "offers": bytesOf(f.Offers), "open": f.Open, "updated_at": micros(t.at),
		}))
	})
}

// DeleteForm takes a form out of use; its submissions stay with their contacts.
func (s *Store) DeleteForm(ctx context.Context, workspace, id string) error {
	return s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		return changed(db.Model(&formRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", workspace, id).
			Updates(map[string]any{"deleted_at": micros(t.at), "open": false}))
	})
}

type submissionRow struct {
	WorkspaceID string
	ID          string
	Number      int64
	FormID      string
	ContactID   string
	Answers     []byte
	State       string
	Reason      string
	Source      string
	IP          string `gorm:"column:ip"`
	CreatedAt   int64  `gorm:"autoCreateTime:false"`
}

func (submissionRow) TableName() string { return "form_submissions" }

func (r submissionRow) submission() (crm.Submission, error) {
	answers, err := decodeObject(r.Answers)
	return crm.Submission{
		ID: r.ID, Number: r.Number, FormID: r.FormID, ContactID: r.ContactID, Answers: answers, State: r.State, Reason: r.Reason,
		Source: r.Source, IP: r.IP, CreatedAt: timeOf(r.CreatedAt),
	}, err
}

// InsertSubmission stores a submission, see crm.FormTx.
func (t *tx) InsertSubmission(s *crm.Submission) (err error) {
	if s.Number, err = t.number("submissions"); err != nil {
		return err
	}
	s.ID, s.CreatedAt = engine.NewID("sbm"), t.at
	var answers []byte
	if len(s.Answers) > 0 {
		if answers, err = value.Encode(s.Answers); err != nil {
			return fmt.Errorf("answers of a form: %w", err)
		}
	}
	return create(t, &submissionRow{
		t.workspace, s.ID, s.Number, s.FormID, s.ContactID, answers, s.State, s.Reason, s.Source, s.IP, micros(t.at),
	})
}

// ListSubmissions lists the submissions of a form from the newest; state "" is
// those that were accepted.
func (s *Store) ListSubmissions(ctx context.Context, workspace, formID, state string, p engine.Page) (list engine.List[crm.Submission], err error) {
	if state == "" {
		state = crm.SubmissionAccepted
	}
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = narrowed(db, workspace, p).Where("form_id = ? AND form_id <> '' AND state = ?", formID, state)
		list, err = listOf(db, p, func(r submissionRow) string { return r.ID }, submissionRow.submission)
		return err
	})
	return list, err
}
