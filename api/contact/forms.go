package contact

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"time"

	"github.com/hookloom/hookloom/api/hook"
	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// FormStore keeps forms and what is sent in.
type FormStore interface {
	hosted.Store
	Form(ctx context.Context, workspace, id string) (crm.Form, error)
	ListForms(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Form], error)
	// CreateForm fills ID, Number, Slug, Key and times in.
	CreateForm(ctx context.Context, workspace string, f *crm.Form) error
	UpdateForm(ctx context.Context, workspace string, f *crm.Form) error
	DeleteForm(ctx context.Context, workspace, id string) error
	// ListSubmissions lists a form's submissions from the newest; state "" is
	// those that were accepted.
	ListSubmissions(ctx context.Context, workspace, formID, state string, p engine.Page) (engine.List[crm.Submission], error)
}

// FormFieldBody is one question of a form.
type FormFieldBody struct {
	Key      string   `json:"key,omitempty" maxLength:"64" doc:"Names the answer; made of the label when left out"`
	Kind     string   `json:"kind" enum:"text,email,phone,choice,consent"`
	Label    string   `json:"label" minLength:"1" maxLength:"500"`
	Help     string   `json:"help,omitempty" maxLength:"1000"`
	Required bool     `json:"required,omitempty"`
	Options  []string `json:"options,omitempty" maxItems:"200" doc:"Of a choice"`
	To       string   `json:"to,omitempty" maxLength:"80" doc:"Where the answer goes: a field of the contact such as first_name, fields.KEY, subscribed for a consent to marketing e-mail, or none"`
}

type formView struct {
	ID          string          `json:"id" example:"frm_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number      int64           `json:"number"`
	Title       string          `json:"title" example:"Webinar"`
	Intro       string          `json:"intro"`
	Button      string          `json:"button"`
	Fields      []FormFieldBody `json:"fields" nullable:"false"`
	ThankYou    string          `json:"thank_you"`
	RedirectURL string          `json:"redirect_url"`
	Tags        []string        `json:"tags" nullable:"false" doc:"Added to who submits"`
	OfferIDs    []string        `json:"offer_ids" nullable:"false" doc:"Granted to who submits"`
	Open        bool            `json:"open"`
	URL         string          `json:"url" doc:"The hosted page"`
	WebhookURL  *string         `json:"webhook_url" doc:"Called for each submission; null for none, and without the right to write forms"`
	Embed       string          `json:"embed" doc:"HTML that shows the form on another page; it needs no scripts"`
	CreatedAt   time.Time       `json:"created_at"`
	UpdatedAt   time.Time       `json:"updated_at"`
}

func (a *API) shownForm(base string, f crm.Form) formView {
	v := formView{
		ID: f.ID, Number: f.Number, Title: f.Title, Intro: f.Intro, Button: f.Button, Fields: []FormFieldBody{}, ThankYou: f.ThankYou,
		RedirectURL: f.RedirectURL, Tags: rest.OrNone(f.Tags), OfferIDs: rest.OrNone(f.Offers), Open: f.Open,
		URL: base + hosted.Prefix + f.Slug, CreatedAt: rest.Stamp(f.CreatedAt), UpdatedAt: rest.Stamp(f.UpdatedAt),
	}
	for _, one := range f.Fields {
		v.Fields = append(v.Fields, FormFieldBody(one))
	}
	v.Embed = fmt.Sprintf(`<iframe src="%s?embed=1" title="%s" style="width:100%%;height:%dpx;border:0" loading="lazy"></iframe>`,
		html.EscapeString(v.URL), html.EscapeString(f.Title), 260+90*len(f.Fields))
	return v
}

// refused turns all that a form's rules refuse into one problem; at is put before
// the pointers.
func refused(err error, at string) error {
	var list crm.Refusals
	if !errors.As(err, &list) {
		return err
	}
	items := make([]problem.Item, len(list))
	for i, r := range list {
		items[i] = problem.Item{Pointer: at + problem.PointerTo(r.Field), Code: r.Code, Detail: r.Message}
	}
	return problem.New(problem.CodeInvalid, list.Error(), items...)
}

// answerForm shows one form with the address that its submissions are sent to.
func (a *API) answerForm(ctx context.Context, f crm.Form) (*rest.One[formView], error) {
	views := []formView{a.shownForm(a.Base(rest.WorkspaceOf(ctx).ID), f)}
	err := a.addressForms(ctx, views)
	return &rest.One[formView]{Body: views[0]}, err
}

func (a *API) addressForms(ctx context.Context, views []formView) error {
	if !rest.May(ctx, account.FormsWrite) {
		return nil
	}
	urls, err := a.Hook.Addresses(ctx, hook.FormPlace)
	for i := range views {
		views[i].WebhookURL = rest.Text(urls[views[i].ID])
	}
	return err
}

func (a *API) listForms(ctx context.Context, in *rest.ListInput) (*rest.Listed[formView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListForms(ctx, rest.WorkspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	base := a.Base(rest.WorkspaceOf(ctx).ID)
	list := rest.NewList(rows, func(f crm.Form) formView { return a.shownForm(base, f) })
	return list, a.addressForms(ctx, list.Body.Items)
}

func (a *API) getForm(ctx context.Context, in *rest.ByID) (*rest.One[formView], error) {
	f, err := a.Store.Form(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerForm(ctx, f)
}

// formParts are what may be set of a form. What is left out stays.
type formParts struct {
	Title       *string          `json:"title,omitempty" maxLength:"200"`
	Intro       *string          `json:"intro,omitempty" maxLength:"5000"`
	Button      *string          `json:"button,omitempty" maxLength:"60"`
	Fields      *[]FormFieldBody `json:"fields,omitempty" maxItems:"50" doc:"The whole list"`
	ThankYou    *string          `json:"thank_you,omitempty" maxLength:"5000"`
	RedirectURL *string          `json:"redirect_url,omitempty" maxLength:"2000" doc:"Where the browser goes after a submission, instead of the thank-you text"`
	Tags        *[]string        `json:"tags,omitempty" maxItems:"100"`
	OfferIDs    *[]string        `json:"offer_ids,omitempty" maxItems:"100"`
	Open        *bool            `json:"open,omitempty"`
	WebhookURL  *string          `json:"webhook_url,omitempty" maxLength:"8000" doc:"Called for each submission; empty for none"`
}

// put brings a form up to date and checks all of it.
func (a *API) put(ctx context.Context, f *crm.Form, parts formParts) error {
	for _, t := range []struct{ from, to *string }{
		{parts.Title, &f.Title}, {parts.Intro, &f.Intro}, {parts.Button, &f.Button}, {parts.ThankYou, &f.ThankYou}, {parts.RedirectURL, &f.RedirectURL},
	} {
		if t.from != nil {
			*t.to = *t.from
		}
	}
	if parts.Fields != nil {
		f.Fields = nil
		for _, one := range *parts.Fields {
			f.Fields = append(f.Fields, crm.FormField(one))
		}
	}
	if parts.Tags != nil {
		f.Tags = *parts.Tags
	}
	if parts.Open != nil {
		f.Open = *parts.Open
	}
	if parts.OfferIDs != nil {
		f.Offers = *parts.OfferIDs
		for i, id := range f.Offers {
			if _, err := a.Store.Offer(ctx, rest.WorkspaceOf(ctx).ID, id); err != nil {
				return rest.Missing(err, fmt.Sprintf("/offer_ids/%d", i), "offer", id)
			}
		}
	}
	if err := refused(crm.CheckForm(f), ""); err != nil {
		return err
	}
	return a.Hook.CheckAddress(ctx, hook.FormPlace, "/webhook_url", parts.WebhookURL)
}

type createFormInput struct {
	rest.InWorkspace
	Body formParts
}

func (a *API) createForm(ctx context.Context, in *createFormInput) (*rest.One[formView], error) {
	f := crm.Form{Open: true}
	if err := a.put(ctx, &f, in.Body); err != nil {
		return nil, err
	}
	if err := a.Store.CreateForm(ctx, rest.WorkspaceOf(ctx).ID, &f); err != nil {
		return nil, err
	}
	if err := a.Hook.SetAddress(ctx, hook.FormPlace, f.ID, f.Number, in.Body.WebhookURL); err != nil {
		return nil, err
	}
	a.auditForm(ctx, "form.created", f.ID)
	return a.answerForm(ctx, f)
}

type patchFormInput struct {
	rest.ByID
	Body formParts
}

func (a *API) patchForm(ctx context.Context, in *patchFormInput) (*rest.One[formView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	f, err := a.Store.Form(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if err := a.put(ctx, &f, in.Body); err != nil {
		return nil, err
	}
	if err := a.Store.UpdateForm(ctx, ws, &f); err != nil {
		return nil, err
	}
	if err := a.Hook.SetAddress(ctx, hook.FormPlace, f.ID, f.Number, in.Body.WebhookURL); err != nil {
		return nil, err
	}
	a.auditForm(ctx, "form.updated", f.ID)
	return a.answerForm(ctx, f)
}

func (a *API) deleteForm(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	if err := a.Store.DeleteForm(ctx, rest.WorkspaceOf(ctx).ID, in.ID); err != nil {
		return nil, err
	}
	a.auditForm(ctx, "form.deleted", in.ID)
	none := ""
	if err := a.Hook.SetAddress(ctx, hook.FormPlace, in.ID, 0, &none); err != nil {
		return nil, err
	}
	return nil, nil
}

func (a *API) auditForm(ctx context.Context, action, id string) {
	a.Audit(ctx, engine.AuditEntry{Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "form", ObjectID: id})
}

type submissionView struct {
	ID        string          `json:"id" example:"sbm_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Number    int64           `json:"number"`
	FormID    string          `json:"form_id"`
	ContactID *string         `json:"contact_id" doc:"null for one that was not accepted"`
	Answers   json.RawMessage `json:"answers" doc:"By the fields' keys; null when none were kept"`
	State     string          `json:"state" enum:"accepted,refused,spam"`
	Reason    string          `json:"reason" doc:"Why it was not accepted"`
	Source    string          `json:"source" doc:"The page on which the form stood, as the browser says"`
	IP        string          `json:"ip"`
	CreatedAt time.Time       `json:"created_at"`
}

func shownSubmission(s crm.Submission) submissionView {
	v := submissionView{s.ID, s.Number, s.FormID, rest.Text(s.ContactID), rest.PlainJSON(nil), s.State, s.Reason, s.Source, s.IP, rest.Stamp(s.CreatedAt)}
	if answers, err := value.Encode(s.Answers); len(s.Answers) > 0 && err == nil {
		v.Answers = answers
	}
	return v
}

type listSubmissionsInput struct {
	rest.ByID
	rest.Paging
	State string `query:"state" enum:"accepted,refused,spam" doc:"accepted when left out"`
}

func (a *API) listSubmissions(ctx context.Context, in *listSubmissionsInput) (*rest.Listed[submissionView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Form(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	rows, err := a.Store.ListSubmissions(ctx, ws, in.ID, in.State, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownSubmission), nil
}

type createSubmissionInput struct {
	rest.ByID
	Body struct {
		Answers map[string]string `json:"answers" doc:"By the fields' keys; a consent is given by any text but false, no, off and 0"`
		Source  string            `json:"source,omitempty" maxLength:"1000"`
	}
}

// createSubmission sends a form in for somebody, as the hosted page does.
func (a *API) createSubmission(ctx context.Context, in *createSubmissionInput) (*rest.One[submissionView], error) {
	var s crm.Submission
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		f, err := tx.Form(in.ID)
		if err != nil {
			return err
		}
		s = crm.Submission{Source: in.Body.Source}
		c, err := crm.Submit(tx, f, in.Body.Answers, &s)
		contact = c.ID
		return err
	})
	if err != nil {
		return nil, refused(err, "/answers")
	}
	return &rest.One[submissionView]{Body: shownSubmission(s)}, nil
}
