package branding

import (
	"context"
	"crypto/subtle"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

const (
	// ProvePath answers with the token of the domain that it is asked for by.
	ProvePath = "/.well-known/domain-check"
	// AskPath answers whether a domain is one of ours, for proxies that get
	// certificates on demand, see docs/white-label.md.
	AskPath = "/.well-known/domain-ask"
	// proveTime bounds one look at a domain.
	proveTime = 15 * time.Second
)

func (a *API) shownDomain(ctx context.Context, b brand.Brand) domainView {
	v := domainView{Name: b.Domain, State: "none", CheckedAt: rest.Moment(b.CheckedAt), Trouble: b.Trouble}
	if base, err := url.Parse(a.BaseURL); err == nil && rest.RunsAgency(ctx) {
		v.Target = base.Hostname()
	}
	if b.Domain == "" {
		return v
	}
	v.URL, v.State = a.Brands.AddressOf(b.Domain), "waiting"
	if b.Active() {
		v.State = "active"
	}
	return v
}

// DomainBody names a domain. It is exported because huma does not see what is
// embedded otherwise.
type DomainBody struct {
	Name string `json:"name" maxLength:"300" doc:"A host name such as flows.client.com; empty takes it away"`
}

type putDomainInput struct {
	rest.InWorkspace
	Body DomainBody
}

func (a *API) putDomain(ctx context.Context, in *putDomainInput) (*rest.One[brandView], error) {
	return a.setDomain(ctx, rest.WorkspaceOf(ctx).ID, in.Body.Name)
}

type putAgencyDomainInput struct{ Body DomainBody }

func (a *API) putAgencyDomain(ctx context.Context, in *putAgencyDomainInput) (*rest.One[brandView], error) {
	return a.setDomain(ctx, "", in.Body.Name)
}

var errDomainNotYours = problem.New(problem.CodeForbidden, "Only the people who run this installation change the domain: it must lead to their server.")

// setDomain stores a domain, which counts for nothing until it was seen to lead here.
func (a *API) setDomain(ctx context.Context, workspace, name string) (*rest.One[brandView], error) {
	if !rest.RunsAgency(ctx) {
		return nil, errDomainNotYours
	}
	domain, wrong := brand.NormalizeDomain(name)
	if wrong == "" && a.Brands.OwnHost(domain) {
		wrong = "This is the address of the installation itself (PUBLIC_URL)."
	}
	if wrong != "" {
		return nil, problem.At("/name", "invalid", wrong)
	}
	err := a.changeBrand(ctx, workspace, "brand.domain_set", nil, func(b *brand.Brand) error {
		if b.Domain == domain {
			return nil
		}
		if domain != "" && !b.ProvedAt.IsZero() {
			return &engine.StateError{Message: fmt.Sprintf("%s is in use, and what is sent to it would be lost at once: take it away first, when nobody sends there any more.", b.Domain)}
		}
		b.Domain, b.Token, b.Trouble, b.ProvedAt, b.CheckedAt = domain, "", "", time.Time{}, time.Time{}
		if domain != "" {
			b.Token = secret.NewToken()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.brandOf(ctx, workspace)
}

// CheckBody says whether to use a domain in any case. It is exported because huma does
// not see what is embedded otherwise.
type CheckBody struct {
	Anyway bool `json:"anyway,omitempty" doc:"Use the domain also when this server cannot reach itself by it, as behind some routers"`
}

type checkDomainInput struct {
	rest.InWorkspace
	Body CheckBody
}

func (a *API) checkDomain(ctx context.Context, in *checkDomainInput) (*rest.One[brandView], error) {
	return a.proveDomain(ctx, rest.WorkspaceOf(ctx).ID, in.Body.Anyway)
}

type checkAgencyDomainInput struct{ Body CheckBody }

func (a *API) checkAgencyDomain(ctx context.Context, in *checkAgencyDomainInput) (*rest.One[brandView], error) {
	return a.proveDomain(ctx, "", in.Body.Anyway)
}

// proveDomain calls the domain and looks whether this installation answers. One that
// is in use stays so when it does not, and says why.
func (a *API) proveDomain(ctx context.Context, workspace string, anyway bool) (*rest.One[brandView], error) {
	if !rest.RunsAgency(ctx) {
		return nil, errDomainNotYours
	}
	list, err := a.Store.Brands(ctx)
	if err != nil {
		return nil, err
	}
	var asked brand.Brand
	for _, b := range list {
		if b.Workspace == workspace {
			asked = b
		}
	}
	if asked.Domain == "" {
		return nil, &engine.StateError{Message: "There is no domain to check: enter one first."}
	}
	trouble := a.leadsHere(ctx, asked)
	err = a.changeBrand(ctx, workspace, "brand.domain_checked", nil, func(b *brand.Brand) error {
		if b.Domain != asked.Domain {
			return &engine.StateError{Message: "Somebody has changed the domain meanwhile. Look at it again."}
		}
		b.CheckedAt, b.Trouble = a.Now(), trouble
		if b.ProvedAt.IsZero() && (trouble == "" || anyway) {
			b.ProvedAt = a.Now()
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return a.brandOf(ctx, workspace)
}

// leadsHere says why a domain does not lead here, "" when it does.
func (a *API) leadsHere(ctx context.Context, b brand.Brand) string {
	if a.HTTP == nil {
		return "This server makes no calls, so the domain cannot be checked."
	}
	ctx, cancel := context.WithTimeout(ctx, proveTime)
	defer cancel()
	address := a.Brands.AddressOf(b.Domain) + ProvePath
	r, err := a.HTTP.Send(ctx, nodes.HTTPRequest{Method: http.MethodGet, URL: address, MaxResponse: 4 << 10, Header: http.Header{"User-Agent": {"domain-check"}}})
	switch {
	case err != nil:
		return "We called " + address + " and got no answer. " + err.Error()
	case r.Status != http.StatusOK:
		return "Something answers at " + address + ", but it is not this server, or the proxy before it does not pass the domain on in the Host header."
	case subtle.ConstantTimeCompare([]byte(strings.TrimSpace(string(r.Body))), []byte(b.Token)) != 1:
		return "Another server answers at " + address + ". Point the domain's DNS record to this one."
	}
	return ""
}

// Prove answers who asks by a domain that somebody named with its token.
func (a *API) Prove(c *gin.Context) {
	b, ok := a.Brands.Claimed(brand.Host(c.Request.Host))
	if !ok || b.Token == "" {
		a.Refuse(c, problem.New(problem.CodeNotFound, ""))
		return
	}
	c.String(http.StatusOK, b.Token)
}

// AskDomain says 200 for a domain that a proxy may get a certificate for.
func (a *API) AskDomain(c *gin.Context) {
	domain := brand.Host(c.Query("domain"))
	if _, ok := a.Brands.Claimed(domain); !ok && !a.Brands.OwnHost(domain) {
		a.Refuse(c, problem.New(problem.CodeNotFound, ""))
		return
	}
	c.Status(http.StatusOK)
}
