package contact

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
)

// ImportStore keeps the files of imports.
type ImportStore interface {
	sheet.Store
	CreateUpload(ctx context.Context, u *engine.Upload) error
	// BeginUpload gives a file its job; engine.ErrLost when it has one already.
	BeginUpload(ctx context.Context, workspace, id, jobID string) error
}

// importView is a file with what its columns seem to be.
type importView struct {
	ID        string         `json:"id" example:"imp_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Name      string         `json:"name"`
	Header    bool           `json:"header" doc:"Whether the first row names the columns"`
	Delimiter string         `json:"delimiter"`
	Encoding  string         `json:"encoding" enum:"utf-8,utf-16,windows-1252"`
	Rows      int            `json:"rows" doc:"Without the heading"`
	Columns   []importColumn `json:"columns" nullable:"false"`
	Targets   []importTarget `json:"targets" nullable:"false" doc:"What a column can become"`
	JobID     *string        `json:"job_id" doc:"The job that imports it; null before it was started"`
	Refused   bool           `json:"refused" doc:"Whether there is a report of refused rows to download"`
	ExpiresAt time.Time      `json:"expires_at" doc:"The file is deleted then"`
}

type importColumn struct {
	Index   int      `json:"index"`
	Heading string   `json:"heading"`
	Samples []string `json:"samples" nullable:"false" doc:"Of the first rows that have one"`
	Guess   string   `json:"guess" doc:"What it seems to be: a target, or empty to leave it out"`
}

type importTarget struct {
	Target string `json:"target" example:"email"`
	Label  string `json:"label" example:"E-mail"`
}

type uploadInput struct {
	rest.InWorkspace
	Name    string `query:"name" maxLength:"200" doc:"Name of the file"`
	Header  string `query:"header" enum:"auto,yes,no" default:"auto" doc:"Whether the first row names the columns"`
	RawBody []byte `contentType:"text/csv"`
}

// uploadContacts takes a CSV file and says what seems to be in it; nothing is
// imported yet.
func (a *API) uploadContacts(ctx context.Context, in *uploadInput) (*rest.One[importView], error) {
	if _, err := a.readSheet(in.RawBody, in.Header); err != nil {
		return nil, err
	}
	u := engine.Upload{ID: engine.NewID("imp"), Workspace: rest.WorkspaceOf(ctx).ID, Name: in.Name, Content: in.RawBody, CreatedBy: rest.CallerOf(ctx).ID()}
	if err := a.Store.CreateUpload(ctx, &u); err != nil {
		return nil, err
	}
	return a.answerImport(ctx, u, in.Header)
}

func (a *API) readSheet(content []byte, header string) (sheet.Table, error) {
	t, err := sheet.Read(content, header)
	if unreadable, ok := errors.AsType[*sheet.FileError](err); ok {
		return t, problem.At("", "invalid", unreadable.Message)
	}
	return t, err
}

type getImportInput struct {
	rest.ByID
	Header string `query:"header" enum:"auto,yes,no" default:"auto" doc:"Whether the first row names the columns"`
}

func (a *API) getImport(ctx context.Context, in *getImportInput) (*rest.One[importView], error) {
	u, err := a.Store.Upload(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerImport(ctx, u, in.Header)
}

func (a *API) answerImport(ctx context.Context, u engine.Upload, header string) (*rest.One[importView], error) {
	t, err := a.readSheet(u.Content, header)
	if err != nil {
		return nil, err
	}
	own, err := a.Store.ListFields(ctx, u.Workspace, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	v := importView{
		ID: u.ID, Name: u.Name, Header: t.Header != nil, Delimiter: t.Delimiter, Encoding: t.Encoding, Rows: len(t.Rows),
		JobID: rest.Text(u.JobID), Refused: len(u.Report) > 0, ExpiresAt: rest.Stamp(u.ExpiresAt), Columns: []importColumn{},
	}
	guessed := sheet.Guess(t, own.Items)
	for i := range t.Columns {
		c := importColumn{Index: i, Heading: fmt.Sprintf("Column %d", i+1), Samples: []string{}, Guess: guessed[i]}
		if t.Header != nil && t.Header[i] != "" {
			c.Heading = t.Header[i]
		}
		for _, row := range t.Rows[:min(len(t.Rows), 100)] {
			if row[i] != "" && len(c.Samples) < 3 {
				c.Samples = append(c.Samples, strings.ToValidUTF8(row[i][:min(len(row[i]), 80)], ""))
			}
		}
		v.Columns = append(v.Columns, c)
	}
	for _, target := range sheet.Targets(own.Items) {
		v.Targets = append(v.Targets, importTarget{target.Name, target.Label})
	}
	return &rest.One[importView]{Body: v}, nil
}

type startImportInput struct {
	rest.ByID
	Body struct {
		Header       string   `json:"header,omitempty" enum:"auto,yes,no" doc:"auto when left out"`
		Columns      []string `json:"columns" maxItems:"200" doc:"A target for each column in order; an empty text leaves one out"`
		Tags         []string `json:"tags,omitempty" maxItems:"20" doc:"Added to every contact"`
		KeepExisting bool     `json:"keep_existing,omitempty" doc:"Leaves contacts whose e-mail is known already as they are"`
		Start        bool     `json:"start_workflows,omitempty" doc:"Lets what happens to the contacts start workflows; false imports them silently"`
	}
}

// startImport begins the job that imports a file, once.
func (a *API) startImport(ctx context.Context, in *startImportInput) (*rest.One[rest.JobStarted], error) {
	ws := rest.WorkspaceOf(ctx).ID
	u, err := a.Store.Upload(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	header := in.Body.Header
	if header == "" {
		header = "auto"
	}
	t, err := a.readSheet(u.Content, header)
	if err != nil {
		return nil, err
	}
	if err := a.checkColumns(ctx, t, in.Body.Columns); err != nil {
		return nil, err
	}
	// The file is taken first: two calls at once must not import it twice.
	job := engine.Job{ID: engine.NewID("job"), Workspace: ws, Kind: sheet.ImportKind, Total: len(t.Rows), CreatedBy: rest.CallerOf(ctx).ID()}
	if err := a.Store.BeginUpload(ctx, ws, in.ID, job.ID); errors.Is(err, engine.ErrLost) {
		return nil, problem.New(problem.CodeWrongState, "This file is imported already: upload it again to import it once more.")
	} else if err != nil {
		return nil, err
	}
	if _, err := a.Bulk.AddJob(ctx, job, sheet.Import{
		Upload: in.ID, Header: header, Columns: in.Body.Columns, Tags: in.Body.Tags, Start: in.Body.Start, KeepExisting: in.Body.KeepExisting,
	}); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "contacts.imported", ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"rows": len(t.Rows)}})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: len(t.Rows)}}, nil
}

// checkColumns refuses targets that are unknown or doubled, and files by which
// nobody could be known.
func (a *API) checkColumns(ctx context.Context, t sheet.Table, columns []string) error {
	if len(columns) > t.Columns {
		return problem.At("/columns", "too_many", fmt.Sprintf("The file has %d columns, not %d.", t.Columns, len(columns)))
	}
	own, err := a.Store.ListFields(ctx, rest.WorkspaceOf(ctx).ID, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return err
	}
	known := sheet.Targets(own.Items)
	var items []problem.Item
	for i, name := range columns {
		at := "/columns/" + strconv.Itoa(i)
		switch {
		case name == "":
		case !slices.ContainsFunc(known, func(t sheet.Target) bool { return t.Name == name }):
			items = append(items, problem.Item{Pointer: at, Code: "not_found", Detail: fmt.Sprintf("%.60q is nothing that a column can become.", name)})
		case slices.Index(columns, name) < i && name != "tags":
			items = append(items, problem.Item{Pointer: at, Code: "duplicate", Detail: "Two columns cannot become the same: choose another one, or leave one out."})
		}
	}
	if len(items) > 0 {
		return problem.New(problem.CodeInvalid, items[0].Detail, items...)
	}
	for _, name := range columns {
		if name == "email" || name == "phone" || name == "external_user_id" {
			return nil
		}
	}
	return problem.At("/columns", "required", "Choose the column with the e-mail addresses: a contact is known by its e-mail, phone or id.")
}

func (a *API) importReport(ctx context.Context, in *rest.ByID) (*rest.RawAnswer, error) {
	u, err := a.Store.Upload(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	if len(u.Report) == 0 {
		return nil, problem.New(problem.CodeNotFound, "No row of this file was refused.")
	}
	return csvAnswer("refused-rows.csv", u.Report), nil
}

func csvAnswer(name string, content []byte) *rest.RawAnswer {
	return &rest.RawAnswer{
		ContentType: "text/csv; charset=utf-8", Disposition: `attachment; filename="` + name + `"`,
		Sniff: "nosniff", Policy: "default-src 'none'; sandbox", Cache: "private, no-store", Body: content,
	}
}
