package api

import (
	"bytes"
	"encoding/json"
	"html"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/branding"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/brand"
)

// placed notes by which domain a request came in, before anything looks at it.
func (a *API) placed(r *http.Request) *http.Request {
	return r.WithContext(brand.With(r.Context(), a.Brands.At(r.Host)))
}

// named puts the brand's name where the product's own pages and documents have the
// product's. They hold nothing that people wrote. written escapes the name.
func named(r *http.Request, body []byte, written func(string) string) []byte {
	p := brand.From(r.Context())
	if !p.Domain {
		return body
	}
	body = bytes.ReplaceAll(body, []byte(brand.Product), []byte(written(p.Brand.Name)))
	return bytes.ReplaceAll(body, []byte(strings.ToLower(brand.Product)), []byte("server"))
}

// inJSON writes a text as it stands inside of a JSON string.
func inJSON(text string) string {
	raw, err := json.Marshal(text)
	if err != nil {
		return ""
	}
	return string(raw[1 : len(raw)-1])
}

func inHTML(text string) string { return html.EscapeString(text) }

// logo serves an image by the hash of its bytes, so it never changes.
func (a *API) logo(c *gin.Context) {
	l, err := a.Store.Logo(c.Request.Context(), c.Param("hash"))
	if err != nil {
		a.Refuse(c, a.Problem(c.Request.Context(), err))
		return
	}
	picture(c, "public, max-age=31536000, immutable")
	c.Data(http.StatusOK, l.Type, l.Body)
}

// icon serves a picture of the name's first letter.
func (a *API) icon(c *gin.Context) {
	picture(c, "no-cache")
	c.Data(http.StatusOK, "image/svg+xml", brand.From(c.Request.Context()).Brand.Icon())
}

// picture sets the headers of an image that somebody uploaded: opened by itself it
// runs nothing and loads nothing.
func picture(c *gin.Context, cache string) {
	edge.Headers(c)
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", edge.PagePolicy+"; style-src 'unsafe-inline'; sandbox")
	h.Set("Cache-Control", cache)
}

// favicon is the brand's where there is one.
func (a *API) favicon(c *gin.Context) {
	b := brand.From(c.Request.Context()).Brand
	switch {
	case b.Logo != "":
		c.Header("Cache-Control", "no-cache")
		c.Redirect(http.StatusFound, branding.LogoPath+b.Logo)
	case b.Own() || rest.OnClientDomain(c.Request):
		a.icon(c)
	default:
		a.fallback(c)
	}
}

// hiddenHere are paths of the operator's, which clients' domains do not have.
func (a *API) hiddenHere(c *gin.Context) {
	if rest.OnClientDomain(c.Request) {
		a.Refuse(c, problem.New(problem.CodeNotFound, ""))
	}
}
