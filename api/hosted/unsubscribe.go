package hosted

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
)

//go:embed unsubscribe.html
var unsubscribeMarkup string

var unsubscribeTemplate = template.Must(template.New("unsubscribe").Parse(unsubscribeMarkup))

// UnsubscribeStore is what unsubscribing needs of the database.
type UnsubscribeStore interface {
	// Unsubscriber finds whom a token is of, which crosses workspaces;
	// engine.ErrNotFound for one that was not made here.
	Unsubscriber(ctx context.Context, token string) (workspace, contactID string, err error)
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
}

// Unsubscribe answers the addresses at the end of e-mails. They need no login:
// their token is the credential, and it can do nothing but this. The pages show
// neither name nor address, since e-mails are forwarded. All other fields are required.
type Unsubscribe struct {
	Store UnsubscribeStore
	Live  engine.Live
	Wake  func()
	// Brands may be nil, see Deps.
	Brands *brand.Directory
	Log    *slog.Logger
}

// unsubscribePage is what the template shows.
type unsubscribePage struct {
	wear
	Title, Note string
	// Ask shows the button.
	Ask bool
}

// ServeHTTP answers GET and HEAD with a question, because programs look at what
// links lead to, and POST by unsubscribing at once, from the page's button or by
// RFC 8058. A token that was not made here is answered like any unknown page.
func (u *Unsubscribe) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	workspace, contact, err := u.Store.Unsubscriber(r.Context(), strings.TrimPrefix(r.URL.Path, crm.UnsubscribePath))
	switch {
	case errors.Is(err, engine.ErrNotFound):
		u.show(w, r, workspace, http.StatusNotFound, unsubscribePage{Title: "No such page", Note: "This address is not complete. Open the link in the e-mail again."})
		return
	case err == nil && r.Method != http.MethodPost:
		u.show(w, r, workspace, http.StatusOK, unsubscribePage{Title: "Unsubscribe", Note: "You will get no more e-mails that one subscribes to from this sender.", Ask: true})
		return
	case err == nil:
		err = u.unsubscribe(w, r, workspace, contact)
	}
	if err != nil {
		u.Log.Error("unsubscribing is not available", "error", err)
		w.Header().Set("Retry-After", "5")
		u.show(w, r, workspace, http.StatusServiceUnavailable, unsubscribePage{Title: "Not available now", Note: "Please try again in a moment."})
		return
	}
	u.show(w, r, workspace, http.StatusOK, unsubscribePage{Title: "You are unsubscribed", Note: "You will get no more e-mails that one subscribes to from this sender."})
}

// unsubscribe takes the contact's subscription back. A second time, and for
// somebody who was erased, nothing is left to do.
func (u *Unsubscribe) unsubscribe(w http.ResponseWriter, r *http.Request, workspace, contact string) error {
	// What is sent says nothing more; the error is of writers that know no
	// deadlines.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime))
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	edge.Drain(w, r)
	off := false
	err := u.Store.Do(r.Context(), workspace, func(tx engine.Tx) error {
		_, err := crm.Update(tx, contact, crm.UpsertInput{Subscribed: &off})
		return err
	})
	if errors.Is(err, engine.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	u.Wake()
	u.Live.Publish(engine.Change{Workspace: workspace, Kind: engine.ChangeContact, ID: contact})
	return nil
}

func (u *Unsubscribe) show(w http.ResponseWriter, r *http.Request, workspace string, status int, v unsubscribePage) {
	v.wear = (&Pages{Deps: Deps{Brands: u.Brands}}).worn(r, workspace)
	var body bytes.Buffer
	if err := unsubscribeTemplate.Execute(&body, v); err != nil {
		u.Log.Error("a page cannot be made", "error", err)
		http.Error(w, "This page cannot be shown now.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", v.loads()+"; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	// The address is the credential: it must not reach other sites.
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser hung up; nobody is left to tell
}
