package access

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
)

// AuditForm is exported because huma does not see what is embedded otherwise.
type AuditForm struct {
	Format string `query:"format" enum:"csv,jsonl" default:"csv" doc:"jsonl has one entry a line, with the exact text that its hash is made of"`
}

type exportAuditInput struct {
	rest.InWorkspace
	AuditForm
}

type exportOwnAuditInput struct{ AuditForm }

func (a *API) exportAudit(ctx context.Context, in *exportAuditInput) (*huma.StreamResponse, error) {
	ws := rest.WorkspaceOf(ctx)
	return a.auditFile(ctx, ws.ID, "audit-"+ws.Slug, in.Format)
}

func (a *API) exportOwnAudit(ctx context.Context, in *exportOwnAuditInput) (*huma.StreamResponse, error) {
	return a.auditFile(ctx, "", "audit", in.Format)
}

// auditFile sends a whole chain from its begin, part by part.
func (a *API) auditFile(ctx context.Context, workspace, name, format string) (*huma.StreamResponse, error) {
	part, err := a.Store.AuditPart(ctx, workspace, engine.AuditRecord{})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: workspace, Action: "audit.exported", Detail: map[string]any{"format": format}})
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		w := humagin.Unwrap(hc).Writer
		kind := "text/csv; charset=utf-8"
		if format == "jsonl" {
			kind = "application/jsonl; charset=utf-8"
		}
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+name+"."+format+`"`)
		w.Header().Set("Cache-Control", "private, no-store")
		out, err := newAuditWriter(w, format)
		for len(part) > 0 && err == nil {
			for _, r := range part {
				err = errors.Join(err, out.write(r))
			}
			if err = errors.Join(err, out.flush()); err == nil {
				part, err = a.Store.AuditPart(ctx, workspace, part[len(part)-1])
			}
		}
		if err = errors.Join(err, out.flush()); err != nil {
			a.Log.WarnContext(ctx, "an export broke off", "error", err)
			panic(http.ErrAbortHandler) // a file that ends early must not look whole
		}
	}}, nil
}

// auditWriter writes entries in one of the two forms.
type auditWriter struct {
	csv  *sheet.Writer
	json *json.Encoder
}

func newAuditWriter(w io.Writer, format string) (auditWriter, error) {
	if format == "jsonl" {
		return auditWriter{json: json.NewEncoder(w)}, nil
	}
	out, err := sheet.NewWriter(w, "seq", "at", "actor", "actor_id", "action", "object_kind", "object_id", "detail", "ip", "id", "prev", "hash")
	return auditWriter{csv: out}, err
}

// auditLine is an entry of the JSON form: hash is SHA-256 over the bytes of prev
// and text.
type auditLine struct {
	entryView
	Prev string `json:"prev,omitempty"`
	Text string `json:"text"`
}

func (w auditWriter) write(r engine.AuditRecord) error {
	if w.csv == nil {
		return w.json.Encode(auditLine{shownEntry(r.AuditEntry), hex.EncodeToString(r.Prev), string(r.Text)})
	}
	detail := ""
	if len(r.Detail) > 0 {
		text, err := json.Marshal(r.Detail)
		if err != nil {
			return err
		}
		detail = string(text)
	}
	return w.csv.Write(strconv.FormatInt(r.Seq, 10), r.At.UTC().Format(time.RFC3339Nano), r.ActorName, r.ActorID, r.Action, r.ObjectKind,
		r.ObjectID, detail, r.IP, r.ID, hex.EncodeToString(r.Prev), hex.EncodeToString(r.Hash))
}

func (w auditWriter) flush() error {
	if w.csv == nil {
		return nil
	}
	return w.csv.Flush()
}
