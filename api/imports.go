package api

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
)

// ImportStore keeps the files of imports.
type ImportStore interface {
	sheet.Store
	CreateUpload(ctx context.Context, u *engine.Upload) error
	// BeginUpload gives a file its job; engine.ErrLost when it has one already.
	BeginUpload(ctx context.Context, workspace, id, jobID string) error
}

// sheetRoutes bring contacts in and take them out.
func (a *API) sheetRoutes() {
	const imports = inWS + "/imports"
	handle(a, post(imports, needs(account.ContactsWrite), "Upload a file of contacts").takes(sheet.MaxBytes), a.uploadContacts)
	handle(a, get(imports+"/{id}", needs(account.ContactsWrite), "Preview a file of contacts"), a.getImport)
	handle(a, post(imports+"/{id}/start", needs(account.ContactsWrite), "Import a file of contacts").answers(http.StatusAccepted), a.startImport)
	handle(a, get(imports+"/{id}/report", needs(account.ContactsWrite), "Download the rows that an import refused"), a.importReport)
	handle(a, get(inWS+"/contacts/export", needs(account.ContactsRead), "Download contacts as CSV"), a.exportContacts)
	handle(a, post(inWS+"/contacts/start", needs(account.RunsWrite), "Start a workflow for many contacts").answers(http.StatusAccepted), a.startForContacts)
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
	InWorkspace
	Name    string `query:"name" maxLength:"200" doc:"Name of the file"`
	Header  string `query:"header" enum:"auto,yes,no" default:"auto" doc:"Whether the first row names the columns"`
	RawBody []byte `contentType:"text/csv"`
}

// uploadContacts takes a CSV file and says what seems to be in it; nothing is
// imported yet.
func (a *API) uploadContacts(ctx context.Context, in *uploadInput) (*one[importView], error) {
	if _, err := a.readSheet(in.RawBody, in.Header); err != nil {
		return nil, err
	}
	u := engine.Upload{ID: engine.NewID("imp"), Workspace: workspaceOf(ctx).ID, Name: in.Name, Content: in.RawBody, CreatedBy: callerOf(ctx).ID()}
	if err := a.Store.CreateUpload(ctx, &u); err != nil {
		return nil, err
	}
	return a.answerImport(ctx, u, in.Header)
}

func (a *API) readSheet(content []byte, header string) (sheet.Table, error) {
	t, err := sheet.Read(content, header)
	var unreadable *sheet.FileError
	if errors.As(err, &unreadable) {
		return t, problem.At("", "invalid", unreadable.Message)
	}
	return t, err
}

type getImportInput struct {
	ByID
	Header string `query:"header" enum:"auto,yes,no" default:"auto" doc:"Whether the first row names the columns"`
}

func (a *API) getImport(ctx context.Context, in *getImportInput) (*one[importView], error) {
	u, err := a.Store.Upload(ctx, workspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerImport(ctx, u, in.Header)
}

func (a *API) answerImport(ctx context.Context, u engine.Upload, header string) (*one[importView], error) {
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
		JobID: text(u.JobID), Refused: len(u.Report) > 0, ExpiresAt: stamp(u.ExpiresAt), Columns: []importColumn{},
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
	return &one[importView]{v}, nil
}

type startImportInput struct {
	ByID
	Body struct {
		Header       string   `json:"header,omitempty" enum:"auto,yes,no" doc:"auto when left out"`
		Columns      []string `json:"columns" maxItems:"200" doc:"A target for each column in order; an empty text leaves one out"`
		Tags         []string `json:"tags,omitempty" maxItems:"20" doc:"Added to every contact"`
		KeepExisting bool     `json:"keep_existing,omitempty" doc:"Leaves contacts whose e-mail is known already as they are"`
		Start        bool     `json:"start_workflows,omitempty" doc:"Lets what happens to the contacts start workflows; false imports them silently"`
	}
}

// startImport begins the job that imports a file, once.
func (a *API) startImport(ctx context.Context, in *startImportInput) (*one[jobStarted], error) {
	ws := workspaceOf(ctx).ID
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
	mark := engine.NewID("begun")
	if err := a.Store.BeginUpload(ctx, ws, in.ID, mark); errors.Is(err, engine.ErrLost) {
		return nil, problem.New(problem.CodeWrongState, "This file is imported already: upload it again to import it once more.")
	} else if err != nil {
		return nil, err
	}
	job, err := a.Bulk.AddJob(ctx, ws, callerOf(ctx).ID(), sheet.ImportKind, sheet.Import{
		Upload: in.ID, Header: header, Columns: in.Body.Columns, Tags: in.Body.Tags, Start: in.Body.Start, KeepExisting: in.Body.KeepExisting,
	}, len(t.Rows))
	if err != nil {
		return nil, err
	}
	a.audit(ctx, engine.AuditEntry{Workspace: ws, Action: "contacts.imported", ObjectKind: "job", ObjectID: job.ID, Detail: map[string]any{"rows": len(t.Rows)}})
	return &one[jobStarted]{jobStarted{job.ID, len(t.Rows)}}, nil
}

// checkColumns refuses targets that are unknown or doubled, and files by which
// nobody could be known.
func (a *API) checkColumns(ctx context.Context, t sheet.Table, columns []string) error {
	if len(columns) > t.Columns {
		return problem.At("/columns", "too_many", fmt.Sprintf("The file has %d columns, not %d.", t.Columns, len(columns)))
	}
	own, err := a.Store.ListFields(ctx, workspaceOf(ctx).ID, engine.Page{Limit: engine.MaxPage})
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

func (a *API) importReport(ctx context.Context, in *ByID) (*rawAnswer, error) {
	u, err := a.Store.Upload(ctx, workspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	if len(u.Report) == 0 {
		return nil, problem.New(problem.CodeNotFound, "No row of this file was refused.")
	}
	return csvAnswer("refused-rows.csv", u.Report), nil
}

func csvAnswer(name string, content []byte) *rawAnswer {
	return &rawAnswer{
		ContentType: "text/csv; charset=utf-8", Disposition: `attachment; filename="` + name + `"`,
		Sniff: "nosniff", Policy: "default-src 'none'; sandbox", Cache: "private, no-store", Body: content,
	}
}

type exportInput struct {
	InWorkspace
	Q   string `query:"q" maxLength:"200" doc:"As in the list"`
	Tag string `query:"tag" maxLength:"200" doc:"As in the list"`
}

// exported are the columns of an export; own fields follow.
var exported = []struct {
	name string
	of   func(c crm.Contact) string
}{
	{"email", func(c crm.Contact) string { return c.Email }}, {"first_name", func(c crm.Contact) string { return c.FirstName }},
	{"last_name", func(c crm.Contact) string { return c.LastName }}, {"name", func(c crm.Contact) string { return c.Name }},
	{"phone", func(c crm.Contact) string { return c.Phone }}, {"external_user_id", func(c crm.Contact) string { return c.ExternalUserID }},
	{"company", func(c crm.Contact) string { return c.Company }}, {"tags", func(c crm.Contact) string { return strings.Join(c.Tags, ", ") }},
	{"subscribed", func(c crm.Contact) string { return strconv.FormatBool(c.Subscribed) }}, {"source", func(c crm.Contact) string { return c.Source }},
	{"timezone", func(c crm.Contact) string { return c.Timezone }}, {"date_of_birth", func(c crm.Contact) string { return c.DateOfBirth }},
	{"street", func(c crm.Contact) string { return c.Address.Line1 }}, {"address_line_two", func(c crm.Contact) string { return c.Address.Line2 }},
	{"city", func(c crm.Contact) string { return c.Address.City }}, {"state", func(c crm.Contact) string { return c.Address.State }},
	{"postal_code", func(c crm.Contact) string { return c.Address.PostalCode }}, {"country", func(c crm.Contact) string { return c.Address.Country }},
	{"id", func(c crm.Contact) string { return c.ID }}, {"created_at", func(c crm.Contact) string { return c.CreatedAt.UTC().Format(time.RFC3339) }},
}

// exportContacts sends the contacts of a list as CSV, part by part.
func (a *API) exportContacts(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	ws := workspaceOf(ctx).ID
	own, err := a.Store.ListFields(ctx, ws, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	by := engine.ContactFilter{Query: in.Q, Tag: in.Tag}
	first, err := a.Store.ListContacts(ctx, ws, by, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	a.audit(ctx, engine.AuditEntry{Workspace: ws, Action: "contacts.exported", ObjectKind: "workspace", ObjectID: ws})
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		w := humagin.Unwrap(hc).Writer
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="contacts.csv"`)
		w.Header().Set("Cache-Control", "private, no-store")
		heading := make([]string, 0, len(exported)+len(own.Items))
		for _, c := range exported {
			heading = append(heading, c.name)
		}
		for _, f := range own.Items {
			heading = append(heading, f.Label)
		}
		out, err := sheet.NewWriter(w, heading...)
		for rows := first; err == nil; {
			for _, c := range rows.Items {
				err = errors.Join(err, out.Write(exportedRow(c, own.Items)...))
			}
			if err = errors.Join(err, out.Flush()); err != nil || rows.Next == "" {
				break
			}
			rows, err = a.Store.ListContacts(ctx, ws, by, engine.Page{Limit: engine.MaxPage, Cursor: rows.Next})
		}
		if err != nil {
			a.Log.WarnContext(ctx, "an export broke off", "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}}, nil
}

func exportedRow(c crm.Contact, own []crm.Field) []string {
	row := make([]string, 0, len(exported)+len(own))
	for _, column := range exported {
		row = append(row, column.of(c))
	}
	for _, f := range own {
		row = append(row, mapping.Text(c.Fields[f.Key]))
	}
	return row
}

type startForContactsInput struct {
	InWorkspace
	Body struct {
		WorkflowID string         `json:"workflow_id" minLength:"1" maxLength:"60"`
		Trigger    string         `json:"trigger,omitempty" maxLength:"40" doc:"Id of the trigger to start at; the manual one, or else the first, when left out"`
		IDs        []string       `json:"ids,omitempty" maxItems:"10000" doc:"The contacts; or else filter"`
		Filter     *ContactFilter `json:"filter,omitempty" doc:"The contacts that a list with the same filter shows, at most the 10,000 newest"`
	}
}

// ContactFilter narrows contacts as the list does.
type ContactFilter struct {
	Q   string `json:"q,omitempty" maxLength:"200"`
	Tag string `json:"tag,omitempty" maxLength:"200"`
}

// startForContacts starts the live version once for each contact, in the
// background.
func (a *API) startForContacts(ctx context.Context, in *startForContactsInput) (*one[jobStarted], error) {
	ws := workspaceOf(ctx).ID
	if (in.Body.Filter == nil) == (len(in.Body.IDs) == 0) {
		return nil, problem.At("/ids", "invalid", "Say which contacts: either by ids or by filter.")
	}
	w, err := a.Store.WorkflowInfo(ctx, ws, in.Body.WorkflowID)
	if err != nil {
		return nil, missing(err, "/workflow_id", "workflow", in.Body.WorkflowID)
	}
	if w.Status != engine.WorkflowLive {
		return nil, problem.New(problem.CodeWrongState, fmt.Sprintf("The workflow is %s: publish or resume it first.", w.Status))
	}
	ids := in.Body.IDs
	if in.Body.Filter != nil {
		if ids, err = a.contactsOf(ctx, *in.Body.Filter); err != nil {
			return nil, err
		}
	}
	job, err := a.Bulk.AddJob(ctx, ws, callerOf(ctx).ID(), bulk.StartKind, bulk.Start{Workflow: in.Body.WorkflowID, Trigger: in.Body.Trigger, IDs: distinct(ids)}, len(ids))
	if err != nil {
		return nil, err
	}
	a.audit(ctx, engine.AuditEntry{Workspace: ws, Action: "workflow.started", ObjectKind: "workflow", ObjectID: in.Body.WorkflowID, Detail: map[string]any{"contacts": job.Total}})
	return &one[jobStarted]{jobStarted{job.ID, job.Total}}, nil
}

// contactsOf collects the contacts of a filter, newest first.
func (a *API) contactsOf(ctx context.Context, f ContactFilter) ([]string, error) {
	ids := []string{}
	p := engine.Page{Limit: engine.MaxPage}
	for {
		rows, err := a.Store.ListContacts(ctx, workspaceOf(ctx).ID, engine.ContactFilter{Query: f.Q, Tag: f.Tag}, p)
		if err != nil {
			return nil, err
		}
		for _, c := range rows.Items {
			if ids = append(ids, c.ID); len(ids) == bulk.MaxRuns {
				return ids, nil
			}
		}
		if p.Cursor = rows.Next; p.Cursor == "" {
			return ids, nil
		}
	}
}

// registerJobs tells the runner who does which jobs.
func (a *API) registerJobs() {
	a.Bulk.Register(sheet.ImportKind, sheet.NewImporter(a.Store, a.Engine.WakeEvents))
	a.Bulk.Register(bulk.StartKind, bulk.Starter{Workflows: a.Engine})
}
