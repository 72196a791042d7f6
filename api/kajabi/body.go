package kajabi

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// document is a body of JSON:API, read whole.
type document map[string]any

// body reads what was sent; JSON and JSON:API are taken.
func (c *call) body() (document, error) {
	media, _, err := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if c.r.Header.Get("Content-Type") != "" && (err != nil || media != mediaType && media != "application/json") {
		return nil, &failure{status: http.StatusUnsupportedMediaType, title: "Unsupported media type", detail: "Send " + mediaType + "."}
	}
	raw, err := io.ReadAll(c.r.Body)
	if err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, &failure{status: http.StatusRequestEntityTooLarge, title: "Too large", detail: "The body is larger than 1 MiB."}
		}
		return nil, &failure{status: http.StatusBadRequest, title: "Bad request", detail: "The body did not arrive whole."}
	}
	v, err := value.Decode(raw)
	object, ok := v.(map[string]any)
	if err != nil || !ok {
		return nil, &failure{status: http.StatusBadRequest, title: "Bad request", detail: "The body is no JSON object."}
	}
	return object, nil
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func text(v any) string {
	s, _ := v.(string)
	return strings.TrimSpace(s)
}

// data is the one resource of a document. Its type must be kind.
func (d document) data(kind string) (attributes, relationships map[string]any, problems []*failure) {
	data, ok := d["data"].(map[string]any)
	if !ok {
		return nil, nil, []*failure{invalid("/data", "data is required")}
	}
	if text(data["type"]) != kind {
		problems = append(problems, invalid("/data/type", "type must be %s", kind))
	}
	attributes, ok = data["attributes"].(map[string]any)
	if !ok {
		problems = append(problems, invalid("/data/attributes", "attributes is required"))
	}
	relationships, _ = data["relationships"].(map[string]any)
	return attributes, relationships, problems
}

// whole reads an integer, also one that is written as text; ok is false for
// anything else. absent is true for null and for what is not there.
func whole(v any) (n int64, absent, ok bool) {
	switch x := v.(type) {
	case nil:
		return 0, true, true
	case int:
		return int64(x), false, true
	case string:
		n, err := strconv.ParseInt(strings.TrimSpace(x), 10, 64)
		return n, false, err == nil
	}
	return 0, false, false
}

// site is the workspace that a body's relationship names. A missing one is a
// failure with the given status.
func (c *call) site(relationships map[string]any, missing int) (crm.Workspace, *failure) {
	const at = "/data/relationships/site"
	data := object(object(relationships["site"])["data"])
	if data == nil {
		f := invalid(at, "site is required")
		f.status = missing
		return crm.Workspace{}, f
	}
	if kind := text(data["type"]); kind != "sites" {
		return crm.Workspace{}, invalid(at+"/data/type", "type must be sites")
	}
	n, absent, ok := whole(data["id"])
	if !ok || absent {
		return crm.Workspace{}, invalid(at+"/data/id", "id must be the number of a site")
	}
	ws, err := c.siteByNumber(n)
	if err != nil {
		if errors.Is(err, engine.ErrNotFound) {
			return ws, invalid(at+"/data/id", "There is no site %d, or it belongs to somebody else.", n)
		}
		return ws, failureOf(err)
	}
	return ws, nil
}

func (c *call) siteByNumber(n int64) (crm.Workspace, error) {
	ws, err := c.Store.SiteByNumber(c.ctx, n)
	if err == nil && !c.caller.Sees(ws.ID) {
		err = engine.ErrNotFound
	}
	return ws, err
}

// here is the workspace that a request without a body is about: the one that
// filter[site_id] names, or the only one that the caller sees.
func (c *call) here() (crm.Workspace, error) {
	if named := c.r.URL.Query().Get("filter[site_id]"); named != "" {
		n, err := number(named)
		if err != nil {
			return crm.Workspace{}, err
		}
		return c.siteByNumber(n)
	}
	ids, everywhere := c.caller.Workspaces()
	if everywhere {
		ids = nil
	}
	if !everywhere && len(ids) == 1 {
		return c.Store.Workspace(c.ctx, ids[0])
	}
	list, err := c.Store.ListWorkspaces(c.ctx, ids, engine.Page{Limit: 2})
	if err != nil {
		return crm.Workspace{}, err
	}
	if len(list.Items) != 1 {
		return crm.Workspace{}, &failure{status: http.StatusBadRequest, title: "Bad request", detail: "This key sees several sites: name one as filter[site_id]."}
	}
	return list.Items[0], nil
}

// part is a page of a list.
type part struct{ number, size int }

const (
	defaultSize = 25
	maxSize     = 100
)

func (c *call) part() (part, error) {
	p := part{1, defaultSize}
	for name, dst := range map[string]*int{"page[number]": &p.number, "page[size]": &p.size} {
		given := c.r.URL.Query().Get(name)
		if given == "" {
			continue
		}
		n, err := strconv.Atoi(given)
		if err != nil || n < 1 || n > math.MaxInt32 {
			return p, &failure{status: http.StatusBadRequest, title: "Bad request", detail: fmt.Sprintf("%s must be a number from 1.", name)}
		}
		*dst = n
	}
	p.size = min(p.size, maxSize)
	return p, nil
}

// sendList answers a page with the links and counts that Kajabi gives.
func (c *call) sendList(items []any, p part, total int64) {
	pages := max(1, int((total+int64(p.size)-1)/int64(p.size)))
	link := func(n int) any {
		if n < 1 || n > pages {
			return nil
		}
		query := url.Values{}
		for name, values := range c.r.URL.Query() {
			query[name] = values
		}
		query.Set("page[number]", strconv.Itoa(n))
		query.Set("page[size]", strconv.Itoa(p.size))
		return cmp.Or(brand.From(c.r.Context()).Base, c.BaseURL) + c.r.URL.Path + "?" + query.Encode()
	}
	if items == nil {
		items = []any{}
	}
	send(c.w, http.StatusOK, map[string]any{
		"data": items,
		"links": map[string]any{
			"self": link(min(p.number, pages)), "first": link(1), "prev": link(p.number - 1), "next": link(p.number + 1), "last": link(pages),
		},
		"meta": map[string]any{"total_pages": pages, "total_count": total, "current_page": p.number},
	})
}

func (c *call) sendOne(status int, resource map[string]any) {
	send(c.w, status, map[string]any{"data": resource})
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
