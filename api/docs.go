package api

import (
	"bytes"
	_ "embed"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/example"
	"github.com/hookloom/hookloom/api/problem"
)

// docs are the pages of the documentation, made once from the routes. They
// need no script and nothing from elsewhere.
type docs struct {
	once   sync.Once
	spec   []byte
	page   []byte
	errors []byte
	err    error
}

//go:embed docs.html
var docsHTML string

//go:embed docs.css
var docsCSS []byte

var docsTemplate = template.Must(template.New("docs").Parse(docsHTML))

// docsPolicy lets the pages have their own style and nothing else.
const docsPolicy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

func (a *API) openAPI(c *gin.Context) {
	a.serveDocs(c, "application/openapi+json", inJSON, func(d *docs) []byte { return d.spec })
}

func (a *API) docsPage(c *gin.Context) {
	a.serveDocs(c, "text/html; charset=utf-8", inHTML, func(d *docs) []byte { return d.page })
}

func (a *API) errorsPage(c *gin.Context) {
	a.serveDocs(c, "text/html; charset=utf-8", inHTML, func(d *docs) []byte { return d.errors })
}

func (a *API) docsStyle(c *gin.Context) {
	c.Header("Cache-Control", "public, max-age=3600")
	c.Data(http.StatusOK, "text/css; charset=utf-8", docsCSS)
}

func (a *API) serveDocs(c *gin.Context, mediaType string, escape func(string) string, part func(*docs) []byte) {
	d := &a.docs
	d.once.Do(func() { d.err = d.build(a.OpenAPI()) })
	if d.err != nil {
		a.Refuse(c, a.Problem(c.Request.Context(), d.err))
		return
	}
	c.Header("Content-Security-Policy", docsPolicy)
	c.Header("Cache-Control", "no-cache")
	c.Data(http.StatusOK, mediaType, named(c.Request, part(d), escape))
}

func (d *docs) build(spec *huma.OpenAPI) (err error) {
	if d.spec, err = written(spec); err != nil {
		return err
	}
	var page, codes bytes.Buffer
	if err = docsTemplate.ExecuteTemplate(&page, "routes", routesShown(spec)); err != nil {
		return err
	}
	if err = docsTemplate.ExecuteTemplate(&codes, "errors", problem.Codes()); err != nil {
		return err
	}
	d.page, d.errors = page.Bytes(), codes.Bytes()
	return nil
}

// docGroup is one section of the page.
type docGroup struct {
	Name   string
	Routes []docRoute
}

type docRoute struct {
	ID, Method, Path, Summary, Scope string
	Public                           bool
	Params                           []docField
	Body, Answer                     []docField
	// Example is a body as it can be sent; "" for none.
	Example string
}

type docField struct {
	Name, In, Type, Doc string
	Required            bool
}

func routesShown(spec *huma.OpenAPI) map[string]any {
	groups := map[string]*docGroup{}
	for _, path := range slices.Sorted(maps.Keys(spec.Paths)) {
		item := spec.Paths[path]
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Put, item.Patch, item.Delete} {
			if op == nil {
				continue
			}
			tag := op.Tags[0]
			if groups[tag] == nil {
				groups[tag] = &docGroup{Name: tag}
			}
			groups[tag].Routes = append(groups[tag].Routes, routeShown(spec, path, op))
		}
	}
	list := []docGroup{}
	for _, tag := range slices.Sorted(maps.Keys(groups)) {
		list = append(list, *groups[tag])
	}
	return map[string]any{"Version": spec.Info.Version, "About": spec.Info.Description, "Groups": list}
}

func routeShown(spec *huma.OpenAPI, path string, op *huma.Operation) docRoute {
	r := docRoute{ID: op.OperationID, Method: op.Method, Path: spec.Servers[0].URL + path, Summary: op.Summary, Public: len(op.Security) == 0}
	if len(op.Security) > 0 {
		r.Scope = strings.Join(op.Security[0]["key"], " ")
	}
	for _, p := range op.Parameters {
		r.Params = append(r.Params, docField{Name: p.Name, In: p.In, Type: typeOf(spec, p.Schema), Doc: p.Description, Required: p.Required})
	}
	if op.RequestBody != nil {
		r.Body, r.Example = bodyShown(spec, op.RequestBody.Content), string(example.Body(op.OperationID))
	}
	for status, answer := range op.Responses {
		if strings.HasPrefix(status, "2") {
			r.Answer = bodyShown(spec, answer.Content)
		}
	}
	return r
}

func bodyShown(spec *huma.OpenAPI, content map[string]*huma.MediaType) []docField {
	media := content["application/json"]
	if media == nil || media.Schema == nil {
		return nil
	}
	return fieldsShown(spec, "", media.Schema, 0)
}

// fieldsShown lists the fields of an object, those within it with their path.
func fieldsShown(spec *huma.OpenAPI, prefix string, s *huma.Schema, depth int) []docField {
	const deepest = 3
	s = resolved(spec, s)
	if s == nil || depth > deepest {
		return nil
	}
	if s.Type == "array" && s.Items != nil {
		return fieldsShown(spec, prefix+"[]", s.Items, depth)
	}
	var list []docField
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		inner := s.Properties[name]
		path := name
		if prefix != "" {
			path = prefix + "." + name
		}
		list = append(list, docField{
			Name: path, Type: typeOf(spec, inner), Doc: inner.Description, Required: slices.Contains(s.Required, name),
		})
		list = append(list, fieldsShown(spec, path, inner, depth+1)...)
	}
	return list
}

func resolved(spec *huma.OpenAPI, s *huma.Schema) *huma.Schema {
	if s != nil && s.Ref != "" {
		return spec.Components.Schemas.SchemaFromRef(s.Ref)
	}
	return s
}

func typeOf(spec *huma.OpenAPI, s *huma.Schema) string {
	s = resolved(spec, s)
	switch {
	case s == nil:
		return ""
	case s.Type == "array" && s.Items != nil:
		return "list of " + typeOf(spec, s.Items)
	case s.Format != "":
		return s.Format
	case s.Type == "":
		return "any"
	}
	return s.Type
}
