package storagetest

import (
	"errors"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

func testBrands(t *testing.T, open func(t testing.TB) *storage.Store) {
	named := func(domain string) func(*brand.Brand) error {
		return func(b *brand.Brand) error {
			b.Name, b.Domain, b.Token, b.ProvedAt = "Acme", domain, "token", time.Now()
			return nil
		}
	}
	play(t, open,
		scenario{"a domain belongs to one workspace, and is free again when that is deleted", func(t *testing.T, f *Fixture) {
			other := Workspace(t, f.Store, "brand-other")
			_, err := f.ChangeBrand(ctx, f.Workspace.ID, nil, named("flows.acme.example"))
			noError(t, err)
			var taken *crm.Conflict
			for _, ws := range []string{other.ID, ""} {
				if _, err := f.ChangeBrand(ctx, ws, nil, named("flows.acme.example")); !errors.As(err, &taken) || taken.Field != "domain" {
					t.Errorf("%q takes a domain of another one: %v", ws, err)
				}
			}
			_, err = f.ChangeBrand(ctx, f.Workspace.ID, nil, func(b *brand.Brand) error { b.Accent = "#112233"; return nil })
			noError(t, err)
			noError(t, f.DeleteWorkspace(ctx, f.Workspace.ID))
			_, err = f.ChangeBrand(ctx, other.ID, nil, named("flows.acme.example"))
			noError(t, err)
			list, err := f.Brands(ctx)
			if err != nil || len(list) != 1 || list[0].Workspace != other.ID || !list[0].Active() || list[0].Place != other.Name {
				t.Errorf("brands: %+v, %v", list, err)
			}
		}},
		scenario{"a logo is kept for as long as somebody shows it", func(t *testing.T, f *Fixture) {
			l := brand.Logo{Hash: "ab", Type: "image/png", Body: []byte{1, 0, 2}}
			show := func(ws, hash string, l *brand.Logo) {
				_, err := f.ChangeBrand(ctx, ws, l, func(b *brand.Brand) error { b.Logo = hash; return nil })
				noError(t, err)
			}
			show("", "ab", &l)
			show(f.Workspace.ID, "ab", &l)
			show("", "", nil)
			if got, err := f.Logo(ctx, "ab"); err != nil || string(got.Body) != string(l.Body) || got.Type != l.Type {
				t.Errorf("the logo of another is %v, %v", got, err)
			}
			show(f.Workspace.ID, "", nil)
			if _, err := f.Logo(ctx, "ab"); !errors.Is(err, engine.ErrNotFound) {
				t.Errorf("a logo that nobody shows: %v", err)
			}
		}},
	)
}
