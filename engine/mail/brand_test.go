package mail_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/test/service"
)

// Where somebody has a domain, every e-mail is from them, leads there, and nowhere
// names the product: those of a client with a name, of one without, and the agency's.
func TestNoMailNamesTheProductWhereSomebodyHasADomain(t *testing.T) {
	for _, at := range []struct{ name, workspace, agency, from, base string }{
		{name: "Acme Flows", workspace: "flows.acme.example", from: "Acme Flows", base: "https://flows.acme.example"},
		{workspace: "flows.acme.example", from: "main", base: "https://flows.acme.example"},
		{agency: "hub.agency.example", from: "hub.agency.example", base: "https://hub.agency.example"},
	} {
		t.Run(at.from, func(t *testing.T) {
			d := newDesk(t)
			if at.workspace != "" {
				d.branded(d.Workspace.ID, at.name, at.workspace)
			}
			if at.agency != "" {
				d.branded("", at.name, at.agency)
			}
			brands := brand.NewDirectory(brand.Config{Store: d.Store, BaseURL: "https://hookloom.example.com", Now: d.clock})
			box := service.SMTP(t)
			post, err := mail.ParseSMTP("smtp://" + box.Addr + "?from=post@server.example")
			if err != nil {
				t.Fatal(err)
			}
			m := mail.New(mail.Config{Store: d.Store, Transport: post, BaseURL: "https://hookloom.example.com", Brands: brands, Now: d.clock, Log: slog.New(slog.DiscardHandler)})
			d.everyMail(m, brands, at.agency != "")

			letters := box.Letters()
			if want := map[bool]int{true: 7, false: 5}[at.agency != ""]; len(letters) != want {
				t.Fatalf("%d letters, want %d", len(letters), want)
			}
			for _, letter := range letters {
				if i := strings.Index(strings.ToLower(letter), "hookloom"); i >= 0 {
					t.Errorf("it says …%s…", letter[max(0, i-60):min(len(letter), i+60)])
				}
				// Letters to contacts are from the workspace, all others from the brand.
				from := at.from
				if strings.Contains(letter, "To: <ada@example.com>") {
					from = "main"
				}
				if !strings.Contains(letter, `From: "`+from+`" <post@server.example>`) {
					t.Errorf("from somebody else than %s:\n%s", from, letter)
				}
			}
			links := strings.NewReplacer("=\r\n", "", "=\n", "").Replace(strings.Join(letters, "\n"))
			for _, path := range []string{account.InvitationPath, crm.UnsubscribePath, "/w/main/attention", "/w/main/runs/"} {
				if !strings.Contains(links, at.base+path) {
					t.Errorf("no letter leads to %s%s", at.base, path)
				}
			}
		})
	}
}

// branded gives a workspace, or the agency with "", a domain in use.
func (d *desk) branded(workspace, name, domain string) {
	d.t.Helper()
	_, err := d.ChangeBrand(d.t.Context(), workspace, nil, func(b *brand.Brand) error {
		b.Name, b.Domain, b.Token, b.ProvedAt = name, domain, "token", time.Now()
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// everyMail sends one e-mail of each kind that there is; those to the agency too when
// it has a brand of its own.
func (d *desk) everyMail(m *mail.Mailer, brands *brand.Directory, agency bool) {
	d.t.Helper()
	ctx := d.t.Context()
	must := func(err error) {
		d.t.Helper()
		if err != nil {
			d.t.Fatal(err)
		}
	}
	d.Do(func(tx engine.Tx) error {
		c := crm.Contact{Email: "ada@example.com", Subscribed: true}
		if err := tx.InsertContact(&c); err != nil {
			return err
		}
		for _, kind := range []string{crm.LetterStep, crm.LetterTest} {
			in := crm.LetterInput{Kind: kind, Contact: &c, Send: crm.SendIfSubscribed, Subject: "S", HTML: "<p>B</p>", Once: kind}
			if _, err := crm.SendLetter(tx, in); err != nil {
				return err
			}
		}
		offer, _, err := tx.SupplyOffer(crm.Offer{Title: "Course A"})
		if err != nil {
			return err
		}
		granted, err := crm.GrantOffer(tx, c, offer.ID, "")
		if err != nil {
			return err
		}
		_, err = crm.ConfirmGrant(tx, c, granted, crm.SendAlways, "")
		return err
	})
	hasher, err := account.NewHasher(account.PasswordParams())
	must(err)
	desk := identity.New(identity.Deps{Store: d.Store, Hasher: hasher, Brands: brands, Now: d.clock, Log: slog.New(slog.DiscardHandler)})
	owner := identity.Caller{Principal: account.Principal{Name: "Ada", Everywhere: account.Owner.Scopes()}}
	places := []string{d.Workspace.ID}
	if agency {
		places = append(places, "")
	}
	for _, place := range places {
		_, _, err := desk.Invite(ctx, owner, place, "new@example.com", account.Viewer, identity.From{})
		must(err)
	}
	d.fail("The address was refused.")
	must(m.Gather(ctx))
	if agency {
		must(d.PutAgencyAlerts(ctx, engine.AgencyAlerts{Enabled: true, Every: 15 * time.Minute, Emails: []string{"ops@agency.example"}}))
		d.pass(20 * time.Minute)
		d.fail("The address was refused.")
		must(m.GatherAgency(ctx))
	}
	must(m.Deliver(ctx))
	kinds := []string{}
	for _, msg := range d.outbox() {
		if kinds = append(kinds, msg.Kind); msg.Status != engine.MessageSent {
			d.t.Errorf("%s: %s %s", msg.Kind, msg.Status, msg.Error)
		}
	}
	for _, kind := range []string{crm.LetterStep, crm.LetterTest, crm.LetterGrant, "invitation", "digest"} {
		if !slices.Contains(kinds, kind) {
			d.t.Errorf("no %s among %v", kind, kinds)
		}
	}
}
