package branding

import (
	"context"
	"encoding/base64"
	"time"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
)

// BrandStore keeps how workspaces look and are called; workspace "" is the agency.
type BrandStore interface {
	brand.Store
	// ChangeBrand has change change a brand and stores it, with logo when it is not
	// nil. The error is change's, or a *crm.Conflict for somebody else's domain.
	ChangeBrand(ctx context.Context, workspace string, logo *brand.Logo, change func(*brand.Brand) error) (brand.Brand, error)
	Logo(ctx context.Context, hash string) (brand.Logo, error)
}

// brandView is a brand as pages show it for changing.
type brandView struct {
	Name      string      `json:"name" doc:"Stands wherever the product's name would; empty for the agency's, or the product's"`
	Accent    string      `json:"accent" doc:"Such as #0b7a8c; empty for the agency's, or the product's"`
	LogoURL   string      `json:"logo_url" doc:"Path of the image; empty for none"`
	Sender    brandSender `json:"sender"`
	Domain    domainView  `json:"domain"`
	MayDomain bool        `json:"may_domain" doc:"Whether the caller may change the domain: the agency's people may"`
	// Shown is what counts, with the agency's where nothing is chosen.
	Shown brandShown `json:"shown"`
}

// brandSender is whom e-mails are from.
type brandSender struct {
	Name    string `json:"name" doc:"Empty for that of the mail server"`
	Email   string `json:"email" doc:"Empty for that of the mail server"`
	ReplyTo string `json:"reply_to" doc:"Where answers go; empty means to email"`
}

// brandShown is what people see.
type brandShown struct {
	Name    string         `json:"name"`
	LogoURL string         `json:"logo_url" doc:"Path of the image, or of a picture of the name's first letter"`
	BaseURL string         `json:"base_url" doc:"Begins every address that is shown and mailed"`
	Colours *brand.Palette `json:"colours" doc:"null for the product's own"`
	Agent   string         `json:"user_agent" doc:"How outgoing calls introduce themselves"`
}

// LogoPath is where images are served, followed by the SHA-256 in hex.
const LogoPath = "/brand/logo/"

// IconPath is a picture for a brand without a logo.
const IconPath = "/brand/icon.svg"

func logoURL(hash string) string {
	if hash == "" {
		return ""
	}
	return LogoPath + hash
}

// brandOf answers the brand of a workspace, "" for the agency's.
func (a *API) brandOf(ctx context.Context, workspace string) (*rest.One[brandView], error) {
	list, err := a.Store.Brands(ctx)
	if err != nil {
		return nil, err
	}
	var own, agency brand.Brand
	for _, b := range list {
		if b.Workspace == workspace {
			own = b
		}
		if b.Workspace == "" {
			agency = b
		}
	}
	shown := own.Over(agency)
	v := brandView{
		Name: own.Name, Accent: own.Accent, LogoURL: logoURL(own.Logo), Sender: brandSender(own.Sender), Domain: a.shownDomain(ctx, own),
		MayDomain: rest.RunsAgency(ctx),
		Shown:     brandShown{Name: shown.Called(), LogoURL: logoURL(shown.Logo), BaseURL: a.Brands.Base(workspace), Agent: a.agent(shown)},
	}
	if p, ok := brand.NewPalette(shown.Accent); ok {
		v.Shown.Colours = &p
	}
	if workspace != "" {
		v.Sender = brandSender(rest.WorkspaceOf(ctx).Sender)
	}
	return &rest.One[brandView]{Body: v}, nil
}

// agent is how calls of a workspace introduce themselves, see engine.SpeaksAs.
func (a *API) agent(b brand.Brand) string {
	if name := brand.Agent(b.Name); name != "" {
		return name
	}
	return brand.Product + "/" + a.Version
}

func (a *API) getBrand(ctx context.Context, _ *rest.InWorkspace) (*rest.One[brandView], error) {
	return a.brandOf(ctx, rest.WorkspaceOf(ctx).ID)
}

func (a *API) getAgencyBrand(ctx context.Context, _ *struct{}) (*rest.One[brandView], error) {
	return a.brandOf(ctx, "")
}

// BrandBody is what may be set of a brand; fields that are left out stay. It is
// exported because huma does not see what is embedded otherwise.
type BrandBody struct {
	Name   *string              `json:"name,omitempty" maxLength:"300" doc:"At most 60 characters; empty takes it away"`
	Accent *string              `json:"accent,omitempty" maxLength:"30" doc:"A colour such as #0b7a8c; empty takes it away"`
	Sender *access.SenderFields `json:"sender,omitempty"`
}

type patchBrandInput struct {
	rest.InWorkspace
	Body BrandBody
}

func (a *API) patchBrand(ctx context.Context, in *patchBrandInput) (*rest.One[brandView], error) {
	ws := rest.WorkspaceOf(ctx)
	if err := a.setBrand(ctx, ws.ID, in.Body, &ws.Sender); err != nil {
		return nil, err
	}
	if in.Body.Sender != nil {
		if err := a.Store.UpdateWorkspace(ctx, ws); err != nil {
			return nil, err
		}
		a.Engine.ForgetWorkspace(ws.ID)
		rest.ReplaceWorkspace(ctx, ws)
	}
	return a.brandOf(ctx, ws.ID)
}

type patchAgencyBrandInput struct{ Body BrandBody }

func (a *API) patchAgencyBrand(ctx context.Context, in *patchAgencyBrandInput) (*rest.One[brandView], error) {
	if err := a.setBrand(ctx, "", in.Body, nil); err != nil {
		return nil, err
	}
	return a.brandOf(ctx, "")
}

// setBrand checks everything before it changes anything. The sender goes to own, or
// with nil into the brand itself.
func (a *API) setBrand(ctx context.Context, workspace string, body BrandBody, own *crm.Sender) error {
	var items []problem.Item
	wrong := func(pointer, detail string) {
		if detail != "" {
			items = append(items, problem.Item{Pointer: pointer, Code: "invalid", Detail: detail})
		}
	}
	var name, accent, said string
	if body.Name != nil {
		name, said = brand.NormalizeName(*body.Name)
		wrong("/name", said)
	}
	if body.Accent != nil {
		accent, said = brand.NormalizeAccent(*body.Accent)
		wrong("/accent", said)
	}
	var sender crm.Sender
	if body.Sender != nil {
		if own != nil {
			sender = *own
		} else {
			was, err := a.Store.Brands(ctx)
			if err != nil {
				return err
			}
			for _, b := range was {
				if b.Workspace == workspace {
					sender = crm.Sender(b.Sender)
				}
			}
		}
		for _, set := range []struct{ to, from *string }{
			{&sender.Name, body.Sender.Name}, {&sender.Email, body.Sender.Email}, {&sender.ReplyTo, body.Sender.ReplyTo},
		} {
			if set.from != nil {
				*set.to = *set.from
			}
		}
		items = append(items, access.CheckSender(&sender)...)
	}
	if len(items) > 0 {
		return problem.New(problem.CodeInvalid, items[0].Detail, items...)
	}
	if own != nil && body.Sender != nil {
		*own = sender
	}
	return a.changeBrand(ctx, workspace, "brand.updated", nil, func(b *brand.Brand) error {
		if body.Name != nil {
			b.Name = name
		}
		if body.Accent != nil {
			b.Accent = accent
		}
		if own == nil && body.Sender != nil {
			b.Sender = brand.Sender(sender)
		}
		return nil
	})
}

// changeBrand stores a change and notes it.
func (a *API) changeBrand(ctx context.Context, workspace, action string, logo *brand.Logo, change func(*brand.Brand) error) error {
	b, err := a.Store.ChangeBrand(ctx, workspace, logo, change)
	if err != nil {
		return err
	}
	a.Brands.Forget()
	kind, id := "workspace", workspace
	if workspace == "" {
		kind = "installation"
	}
	a.Audit(ctx, engine.AuditEntry{
		Workspace: workspace, Action: action, ObjectKind: kind, ObjectID: id,
		Detail: map[string]any{"name": b.Name, "accent": b.Accent, "logo": b.Logo != "", "domain": b.Domain},
	})
	return nil
}

// LogoBody is an image to upload. It is exported because huma does not see what is
// embedded otherwise.
type LogoBody struct {
	Image string `json:"image" maxLength:"400000" doc:"A PNG, JPEG or WebP of at most 256 KB and 2000 pixels a side, in base64"`
}

type putLogoInput struct {
	rest.InWorkspace
	Body LogoBody
}

func (a *API) putLogo(ctx context.Context, in *putLogoInput) (*rest.One[brandView], error) {
	return a.setLogo(ctx, rest.WorkspaceOf(ctx).ID, in.Body)
}

type putAgencyLogoInput struct{ Body LogoBody }

func (a *API) putAgencyLogo(ctx context.Context, in *putAgencyLogoInput) (*rest.One[brandView], error) {
	return a.setLogo(ctx, "", in.Body)
}

func (a *API) setLogo(ctx context.Context, workspace string, body LogoBody) (*rest.One[brandView], error) {
	raw, err := base64.StdEncoding.DecodeString(body.Image)
	if err != nil {
		return nil, problem.At("/image", "invalid", "The image did not arrive whole. Choose it again.")
	}
	logo, wrong := brand.NewLogo(raw)
	if wrong != "" {
		return nil, problem.At("/image", "invalid", wrong)
	}
	err = a.changeBrand(ctx, workspace, "brand.logo_set", &logo, func(b *brand.Brand) error { b.Logo = logo.Hash; return nil })
	if err != nil {
		return nil, err
	}
	return a.brandOf(ctx, workspace)
}

func (a *API) removeLogo(ctx context.Context, _ *rest.InWorkspace) (*rest.One[brandView], error) {
	return a.dropLogo(ctx, rest.WorkspaceOf(ctx).ID)
}

func (a *API) removeAgencyLogo(ctx context.Context, _ *struct{}) (*rest.One[brandView], error) {
	return a.dropLogo(ctx, "")
}

func (a *API) dropLogo(ctx context.Context, workspace string) (*rest.One[brandView], error) {
	if err := a.changeBrand(ctx, workspace, "brand.logo_removed", nil, func(b *brand.Brand) error { b.Logo = ""; return nil }); err != nil {
		return nil, err
	}
	return a.brandOf(ctx, workspace)
}

type coloursInput struct {
	Accent string `query:"accent" maxLength:"30" required:"true" doc:"A colour such as #0b7a8c"`
}

// showColours tells what pages would make of a colour, before it is chosen.
func (a *API) showColours(_ context.Context, in *coloursInput) (*rest.One[brand.Palette], error) {
	accent, wrong := brand.NormalizeAccent(in.Accent)
	if wrong != "" {
		return nil, problem.InQuery("accent", "invalid", wrong)
	}
	p, ok := brand.NewPalette(accent)
	if !ok {
		return nil, problem.InQuery("accent", "required", "Name a colour, such as #0b7a8c.")
	}
	return &rest.One[brand.Palette]{Body: p}, nil
}

// Routes are how a workspace, and the agency, look and are called.
func (a *API) Routes() {
	const (
		ws     = rest.WS + "/brand"
		agency = "/agency/brand"
	)
	write := rest.Needs(account.WorkspacesWrite)
	rest.Handle(a.Shell, rest.Get(ws, rest.Needs(account.WorkspacesRead), "Get the brand of a workspace").Redacts(), a.getBrand)
	rest.Handle(a.Shell, rest.Patch(ws, write, "Change the brand of a workspace"), a.patchBrand)
	rest.Handle(a.Shell, rest.Put(ws+"/logo", write, "Set the logo of a workspace").Takes(512<<10), a.putLogo)
	rest.Handle(a.Shell, rest.Remove(ws+"/logo", write, "Remove the logo of a workspace").Answers(200), a.removeLogo)
	rest.Handle(a.Shell, rest.Put(ws+"/domain", write, "Set the domain of a workspace"), a.putDomain)
	rest.Handle(a.Shell, rest.Post(ws+"/domain/check", write, "Check whether the domain of a workspace leads here").Answers(200), a.checkDomain)
	rest.Handle(a.Shell, rest.Get(agency, write, "Get the brand of the agency"), a.getAgencyBrand)
	rest.Handle(a.Shell, rest.Patch(agency, write, "Change the brand of the agency"), a.patchAgencyBrand)
	rest.Handle(a.Shell, rest.Put(agency+"/logo", write, "Set the logo of the agency").Takes(512<<10), a.putAgencyLogo)
	rest.Handle(a.Shell, rest.Remove(agency+"/logo", write, "Remove the logo of the agency").Answers(200), a.removeAgencyLogo)
	rest.Handle(a.Shell, rest.Put(agency+"/domain", write, "Set the domain of the agency"), a.putAgencyDomain)
	rest.Handle(a.Shell, rest.Post(agency+"/domain/check", write, "Check whether the domain of the agency leads here").Answers(200), a.checkAgencyDomain)
	rest.Handle(a.Shell, rest.Get("/brand-colours", rest.Known, "Show what pages make of a colour"), a.showColours)
}

// domainView is the domain of a brand and whether it is in use.
type domainView struct {
	Name      string     `json:"name" doc:"Empty for none"`
	State     string     `json:"state" enum:"none,waiting,active" doc:"waiting: it was not seen to lead here yet, so nothing uses it"`
	URL       string     `json:"url" doc:"The address that it has, or would have; empty for none"`
	CheckedAt *time.Time `json:"checked_at"`
	Trouble   string     `json:"trouble" doc:"Why it did not lead here when it was looked at last; empty when it did"`
	Target    string     `json:"target" doc:"The host that its DNS record should point to: a CNAME to this name, or the same address"`
}
