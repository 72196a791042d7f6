package sheet

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// ImportKind is the kind of the jobs that import contacts.
const ImportKind = "contacts.import"

// Import is what such a job does.
type Import struct {
	Upload string `json:"upload"`
	Header string `json:"header"`
	// Columns are targets by column; "" ignores one.
	Columns []string `json:"columns"`
	// Tags are added to every contact.
	Tags []string `json:"tags,omitempty"`
	// Start lets what happens to the contacts start workflows.
	Start bool `json:"start,omitempty"`
	// KeepExisting leaves contacts that are there already as they are.
	KeepExisting bool `json:"keep_existing,omitempty"`
}

// ImportResult is what became of it so far.
type ImportResult struct {
	Created int `json:"created"`
	Updated int `json:"updated"`
	Same    int `json:"unchanged"`
	// Errors holds the first rows that were refused; the report has all.
	Errors []RowError `json:"errors"`
	// Warnings holds the first values that were left out.
	Warnings []RowError `json:"warnings"`
}

// RowError is what is wrong with one row.
type RowError struct {
	Line   int    `json:"line"`
	Detail string `json:"detail"`
}

// Store is what an import needs of the database.
type Store interface {
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	Upload(ctx context.Context, workspace, id string) (engine.Upload, error)
	ReportUpload(ctx context.Context, workspace, id string, report []byte) error
	ListFields(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Field], error)
}

// Importer does the jobs of ImportKind.
type Importer struct {
	store Store
	// woken is called when events were committed that may start workflows.
	woken func()
	now   func() time.Time
}

// NewImporter makes an importer; woken is called after rows that may start
// workflows, and now is the clock. None may be nil.
func NewImporter(store Store, woken func(), now func() time.Time) *Importer {
	return &Importer{store, woken, now}
}

const (
	// batchRows share a transaction; one that fails is done row by row.
	batchRows = 50
	// maxShown bounds the lists of ImportResult, maxReport the rows of a report.
	maxShown  = 100
	maxReport = 20_000
)

// Work goes on behind the rows that are done. A row that is done twice, because
// the process died before it was noted, changes nothing the second time.
func (w *Importer) Work(ctx context.Context, j *engine.Job, keep func() error) error {
	p, err := w.begin(ctx, j)
	if err != nil {
		return err
	}
	for at := j.Done + j.Failed; at < len(p.table.Rows); {
		end := min(at+batchRows, len(p.table.Rows))
		if err := p.rows(ctx, at, end); err != nil {
			return errors.Join(err, p.note(ctx, keep))
		}
		if at = end; at < len(p.table.Rows) && p.now().Sub(p.noted) < time.Second && ctx.Err() == nil {
			continue
		}
		if err := p.note(ctx, keep); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil //nolint:nilerr // the server stops; the next one goes on from what is noted
		}
	}
	j.Status, j.FinishedAt = "succeeded", w.now()
	return p.note(ctx, keep)
}

// progress is one import under way.
type progress struct {
	*Importer
	job    *engine.Job
	task   Import
	table  Table
	sets   []func(in *crm.UpsertInput, v string)
	result ImportResult
	// refused are the lines of the report.
	refused *bytes.Buffer
	report  *csv.Writer
	rowsBad int
	noted   time.Time
}

func (w *Importer) begin(ctx context.Context, j *engine.Job) (*progress, error) {
	p := &progress{Importer: w, job: j, refused: &bytes.Buffer{}, result: ImportResult{Errors: []RowError{}, Warnings: []RowError{}}}
	if err := json.Unmarshal(j.Input, &p.task); err != nil {
		return nil, fmt.Errorf("job %s: %w", j.ID, err)
	}
	if len(j.Result) > 0 {
		if err := json.Unmarshal(j.Result, &p.result); err != nil {
			return nil, fmt.Errorf("job %s: %w", j.ID, err)
		}
	}
	upload, err := w.store.Upload(ctx, j.Workspace, p.task.Upload)
	if err != nil {
		return nil, err
	}
	if p.table, err = Read(upload.Content, p.task.Header); err != nil {
		return nil, err
	}
	fields, err := w.store.ListFields(ctx, j.Workspace, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	p.sets = setters(p.task.Columns, fields.Items)
	p.refused.Write(upload.Report)
	p.rowsBad = j.Failed
	p.report = csv.NewWriter(p.refused)
	if len(upload.Report) == 0 {
		p.refused.WriteString("\ufeff")
		if err := p.line("line", "problem", p.table.Header); err != nil {
			return nil, err
		}
	}
	j.Status, j.Total = "running", len(p.table.Rows)
	return p, nil
}

// setters are nil for columns that are ignored.
func setters(columns []string, own []crm.Field) []func(in *crm.UpsertInput, v string) {
	sets := make([]func(in *crm.UpsertInput, v string), len(columns))
	for i, name := range columns {
		for _, t := range Targets(own) {
			if t.Name == name {
				sets[i] = t.set
			}
		}
	}
	return sets
}

func (p *progress) line(line, problem string, row []string) error {
	cells := []string{line, problem}
	for _, cell := range row {
		cells = append(cells, Cell(cell))
	}
	return p.report.Write(cells)
}

// note keeps progress and the report.
func (p *progress) note(ctx context.Context, keep func() error) (err error) {
	p.noted = p.now()
	p.report.Flush()
	if p.rowsBad > 0 {
		// What was refused is noted also while stopping.
		if err := p.store.ReportUpload(context.WithoutCancel(ctx), p.job.Workspace, p.task.Upload, p.refused.Bytes()); err != nil {
			return err
		}
	}
	if p.job.Result, err = json.Marshal(p.result); err != nil {
		return err
	}
	return keep()
}

// rows imports rows from at to before end: together, or when one is refused, each
// alone.
func (p *progress) rows(ctx context.Context, at, end int) error {
	made, err := p.together(ctx, at, end)
	if err == nil {
		for i, m := range made {
			p.count(at+i, m)
		}
		return nil
	}
	if errors.Is(err, engine.ErrUnavailable) || ctx.Err() != nil {
		return err
	}
	for i := at; i < end; i++ {
		made, err := p.together(ctx, i, i+1)
		var refused *crm.Rejected
		var taken *crm.Conflict
		switch {
		case err == nil:
			p.count(i, made[0])
		case errors.As(err, &refused):
			err = p.refuse(i, refused.Message)
		case errors.As(err, &taken):
			err = p.refuse(i, "It cannot be stored: "+taken.Message+".")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// outcome is what became of one row.
type outcome struct {
	created, changed bool
	warnings         []string
}

func (p *progress) together(ctx context.Context, at, end int) ([]outcome, error) {
	var made []outcome
	err := p.store.Do(ctx, p.job.Workspace, func(tx engine.Tx) error {
		made = made[:0]
		tx.Caused("", 0, !p.task.Start)
		for i := at; i < end; i++ {
			one, err := p.row(tx, i)
			if err != nil {
				return err
			}
			made = append(made, one)
		}
		return nil
	})
	if err == nil && p.task.Start {
		p.woken()
	}
	return made, err
}

func (p *progress) row(tx engine.Tx, i int) (outcome, error) {
	in := crm.UpsertInput{Tags: append([]string(nil), p.task.Tags...)}
	for column, set := range p.sets {
		if set != nil && column < len(p.table.Rows[i]) && p.table.Rows[i][column] != "" {
			set(&in, p.table.Rows[i][column])
		}
	}
	if in.Source == "" {
		in.Source = "import"
	}
	if p.task.KeepExisting && in.Email != "" {
		email, _ := crm.NormalizeEmail(in.Email)
		known, err := tx.ContactsBy("email", email)
		if err != nil || len(known) > 0 {
			return outcome{}, err
		}
	}
	result, err := crm.Upsert(tx, in)
	return outcome{result.Created, len(result.Changed) > 0, result.Warnings}, err
}

func (p *progress) count(row int, o outcome) {
	p.job.Done++
	switch {
	case o.created:
		p.result.Created++
	case o.changed:
		p.result.Updated++
	default:
		p.result.Same++
	}
	for _, w := range o.warnings {
		if len(p.result.Warnings) < maxShown {
			p.result.Warnings = append(p.result.Warnings, RowError{p.table.Lines[row], w})
		}
	}
}

func (p *progress) refuse(row int, why string) error {
	p.job.Failed++
	if len(p.result.Errors) < maxShown {
		p.result.Errors = append(p.result.Errors, RowError{p.table.Lines[row], why})
	}
	if p.rowsBad++; p.rowsBad > maxReport {
		return nil
	}
	return p.line(strconv.Itoa(p.table.Lines[row]), why, p.table.Rows[row])
}
