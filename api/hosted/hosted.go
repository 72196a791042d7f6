// Package hosted serves the forms of workspaces as plain pages: rendered here,
// without scripts or cookies, also inside other people's pages.
package hosted

import (
	"context"
	"errors"
	"log/slog"
	"mime"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
)

// Prefix begins the address of every form.
const Prefix = "/f/"

const (
	// maxBody bounds what one form may send.
	maxBody = 1 << 20
	// bodyTime is how long a browser may take to send it.
	bodyTime = 30 * time.Second
)

// Store is what forms need of the database.
type Store interface {
	// PublicForm finds a form by the end of its address, which crosses
	// workspaces; engine.ErrNotFound for one that is not there.
	PublicForm(ctx context.Context, slug string) (workspace string, f crm.Form, err error)
	Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
}

// Deps is what the pages work with; all but Brands are required.
type Deps struct {
	Store   Store
	Live    engine.Live
	Wake    func()
	Proxies edge.Proxies
	// Brands tells how a workspace looks; nil means as the product itself.
	Brands *brand.Directory
	Now    func() time.Time
	Log    *slog.Logger
}

// Pages answers requests for forms.
type Pages struct {
	Deps
	// buckets bound how often one address sends one form.
	buckets *lru.Cache[string, *rate.Limiter]
}

// New makes the pages.
func New(d Deps) *Pages {
	buckets, err := lru.New[string, *rate.Limiter](10_000)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	return &Pages{Deps: d, buckets: buckets}
}

// ServeHTTP answers GET, HEAD and POST of /f/{slug} and GET of /f/{slug}/thanks.
func (p *Pages) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	slug, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	workspace, f, err := p.Store.PublicForm(r.Context(), slug)
	switch {
	case errors.Is(err, engine.ErrNotFound), err == nil && !brand.From(r.Context()).Shows(workspace):
		p.show(w, r, "", http.StatusNotFound, page{Title: "No such form", Note: "There is no form at this address. It may have been deleted."})
	case err != nil:
		p.away(w, r, err)
	case rest == "thanks":
		p.show(w, r, workspace, http.StatusOK, page{form: f, Title: f.Title, Thanks: thanks(f), Embedded: embedded(r)})
	case rest != "":
		p.show(w, r, workspace, http.StatusNotFound, page{Title: "No such page", Note: "There is nothing at this address."})
	case !f.Open:
		p.show(w, r, workspace, http.StatusGone, page{form: f, Title: f.Title, Note: "This form is closed.", Embedded: embedded(r)})
	case r.Method == http.MethodPost:
		p.take(w, r, workspace, f)
	default:
		p.show(w, r, workspace, http.StatusOK, p.blank(r, f))
	}
}

func embedded(r *http.Request) bool { return r.URL.Query().Get("embed") == "1" }

func thanks(f crm.Form) string {
	if f.ThankYou != "" {
		return f.ThankYou
	}
	return "Thank you! We have received your answers."
}

func (p *Pages) away(w http.ResponseWriter, r *http.Request, err error) {
	p.Log.Error("a form is not available", "error", err)
	w.Header().Set("Retry-After", "5")
	p.show(w, r, "", http.StatusServiceUnavailable, page{Title: "Not available now", Note: "Please try again in a moment. Nothing was lost, and nothing was sent."})
}

// take takes a submission in.
func (p *Pages) take(w http.ResponseWriter, r *http.Request, workspace string, f crm.Form) {
	ip := ""
	if addr := p.Proxies.ClientIP(r); addr.IsValid() {
		ip = addr.String()
	}
	if !p.within(f.ID + "/" + ip) {
		w.Header().Set("Retry-After", "5")
		p.show(w, r, workspace, http.StatusTooManyRequests, page{form: f, Title: f.Title, Note: "This form was sent very often. Please wait a moment and try again.", Embedded: embedded(r)})
		return
	}
	s := crm.Submission{FormID: f.ID, IP: ip, Source: source(r)}
	answers, status, reason := read(w, r)
	if reason != "" {
		p.log(r.Context(), workspace, s, crm.SubmissionRefused, reason)
		p.show(w, r, workspace, status, page{form: f, Title: f.Title, Note: reason, Embedded: embedded(r)})
		return
	}
	switch caught, stale := p.trapped(f, answers); {
	case stale:
		again := p.blank(r, f)
		again.Note, again.Values = "This page was open for long. Please look over your answers and send them again.", answers
		p.show(w, r, workspace, http.StatusUnprocessableEntity, again)
	case caught != "":
		// Whoever walked into the trap is told nothing: the answer is that of
		// everybody.
		p.log(r.Context(), workspace, s, crm.SubmissionSpam, caught)
		p.done(w, r, workspace, f)
	default:
		p.submit(w, r, workspace, f, answers, s)
	}
}

// read reads the body, which only a browser's form is. reason is for the
// person.
func read(w http.ResponseWriter, r *http.Request) (answers map[string]string, status int, reason string) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, http.StatusUnsupportedMediaType, "This page takes its own form only."
	}
	// The error is of writers that know no deadlines, such as a test's.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(bodyTime))
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			edge.Drain(w, r)
			return nil, http.StatusRequestEntityTooLarge, "Your answers are too long. Please shorten them."
		}
		return nil, http.StatusBadRequest, "Your answers did not arrive whole. Please send them again."
	}
	answers = make(map[string]string, len(r.PostForm))
	for name, values := range r.PostForm {
		if len(values) > 0 {
			answers[name] = values[len(values)-1]
		}
	}
	return answers, 0, ""
}

// source is the page on which the form stood, without its query: that may say
// more than its visitor wants.
func source(r *http.Request) string {
	u, err := url.Parse(r.Header.Get("Referer"))
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	text := u.Scheme + "://" + u.Host + u.Path
	if len(text) > 500 || !utf8.ValidString(text) {
		return u.Scheme + "://" + u.Host
	}
	return text
}

func (p *Pages) submit(w http.ResponseWriter, r *http.Request, workspace string, f crm.Form, answers map[string]string, s crm.Submission) {
	var contact string
	err := p.Store.Do(r.Context(), workspace, func(tx engine.Tx) error {
		taken := s
		c, err := crm.Submit(tx, f, answers, &taken)
		contact = c.ID
		return err
	})
	var refused crm.Refusals
	switch {
	case errors.As(err, &refused):
		p.log(r.Context(), workspace, s, crm.SubmissionRefused, refused.Error())
		again := p.blank(r, f)
		again.Values, again.Errors = answers, map[string]string{}
		for _, one := range refused {
			again.Errors[one.Field] = one.Message
		}
		p.show(w, r, workspace, http.StatusUnprocessableEntity, again)
	case err != nil:
		p.away(w, r, err)
	default:
		p.Wake()
		p.Live.Publish(engine.Change{Workspace: workspace, Kind: engine.ChangeContact, ID: contact})
		p.done(w, r, workspace, f)
	}
}

// done sends the browser on, so that reloading the page sends nothing again.
func (p *Pages) done(w http.ResponseWriter, r *http.Request, workspace string, f crm.Form) {
	next := f.RedirectURL
	if next == "" {
		next = Prefix + f.Slug + "/thanks"
		if embedded(r) {
			next += "?embed=1"
		}
	}
	p.headers(w, f, p.worn(r, workspace))
	w.Header().Set("Location", next)
	w.WriteHeader(http.StatusSeeOther)
}

// log keeps what was not taken in, with the reason and without the answers:
// whoever sent them agreed to nothing.
func (p *Pages) log(ctx context.Context, workspace string, s crm.Submission, state, reason string) {
	if len(reason) > 1000 {
		reason = strings.ToValidUTF8(reason[:1000], "")
	}
	s.State, s.Reason = state, reason
	err := p.Store.Do(ctx, workspace, func(tx engine.Tx) error {
		kept := s
		return tx.InsertSubmission(&kept)
	})
	if err != nil {
		p.Log.Warn("a refused submission is not in the log", "form", s.FormID, "error", err)
		return
	}
	// Pages that list submissions follow contacts; this one made none.
	p.Live.Publish(engine.Change{Workspace: workspace, Kind: engine.ChangeContact})
}

// within reports whether one more submission fits the limit of one a second, with
// sixty at once for offices behind one address.
func (p *Pages) within(key string) bool {
	bucket, ok := p.buckets.Get(key)
	if !ok {
		bucket = rate.NewLimiter(1, 60)
		p.buckets.Add(key, bucket)
	}
	return bucket.AllowN(p.Now(), 1)
}
