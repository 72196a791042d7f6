package contact

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine"
)

type exportInput struct {
	rest.InWorkspace
	Q   string `query:"q" maxLength:"200" doc:"As in the list"`
	Tag string `query:"tag" maxLength:"200" doc:"As in the list"`
}

// exportContacts sends the contacts of a list as CSV, part by part.
func (a *API) exportContacts(ctx context.Context, in *exportInput) (*huma.StreamResponse, error) {
	ws := rest.WorkspaceOf(ctx).ID
	own, err := a.Store.ListFields(ctx, ws, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	by := engine.ContactFilter{Query: in.Q, Tag: in.Tag}
	first, err := a.Store.ListContacts(ctx, ws, by, engine.Page{Limit: engine.MaxPage})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "contacts.exported", ObjectKind: "workspace", ObjectID: ws})
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		w := humagin.Unwrap(hc).Writer
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("Content-Disposition", `attachment; filename="contacts.csv"`)
		w.Header().Set("Cache-Control", "private, no-store")
		out, err := sheet.NewWriter(w, sheet.Heading(own.Items)...)
		for rows := first; err == nil; {
			for _, c := range rows.Items {
				err = errors.Join(err, out.Write(sheet.Row(c, own.Items)...))
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
