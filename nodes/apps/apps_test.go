package apps_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/apps"
	"github.com/hookloom/hookloom/nodes/declared"
)

func each(t *testing.T, check func(t *testing.T, app *declared.App)) {
	for _, name := range apps.Names() {
		t.Run(name, func(t *testing.T) {
			text, err := apps.Read(name)
			if err != nil {
				t.Fatal(err)
			}
			app, problems := declared.Parse(text)
			for _, p := range problems {
				t.Errorf("%s:%s", name, p)
			}
			if app != nil {
				check(t, app)
			}
		})
	}
}

// Every action has a call as its service's reference shows it, named with its page,
// and one that the service refuses; Parse compares method, address, headers, body,
// output and the words of the error.
func TestExamples(t *testing.T) {
	var found []string
	each(t, func(t *testing.T, app *declared.App) {
		found = append(found, app.ID())
		for name, a := range app.Actions {
			if a.Example == nil || a.Example.Refused == nil || a.Example.Gives == nil {
				t.Errorf("%s has no whole example", name)
			}
			if u, err := url.Parse(a.Source); err != nil || u.Scheme != "https" {
				t.Errorf("%s: the source %q is no page", name, a.Source)
			}
		}
		for name, c := range app.Choices {
			if c.Example == nil || c.Example.Refused == nil || len(c.Example.Gives) == 0 || !strings.HasPrefix(c.Source, "https://") {
				t.Errorf("the choices %s have no whole example with its page", name)
			}
		}
		if n := len(app.Actions); n < 1 || n > 4 || app.Auth.Test == nil && app.Auth.Type != "oauth2" || app.Icon == "" {
			t.Errorf("%d actions, test call %v, icon %q", n, app.Auth.Test != nil, app.Icon)
		}
	})
	want := []string{"airtable", "convertkit", "discord", "google_sheets", "hubspot", "mailchimp", "notion", "slack", "telegram", "twilio"}
	if !slices.Equal(found, want) {
		t.Errorf("apps %q", found)
	}
}

// client answers every call alike.
type client struct {
	answer nodes.HTTPResponse
	asked  int
}

func (c *client) Send(context.Context, nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	c.asked++
	return c.answer, nil
}

// A service that is asked too often says when to come back.
func TestTooManyRequests(t *testing.T) {
	each(t, func(t *testing.T, app *declared.App) {
		for name := range app.Actions {
			busy := &client{answer: nodes.HTTPResponse{Status: http.StatusTooManyRequests, Header: http.Header{"Retry-After": {"30"}}}}
			_, err := app.Try(name, busy)
			wait, _ := nodes.RetryDelay(err)
			if err == nil || nodes.IsPermanent(err) || wait != 30*time.Second || busy.asked != 1 {
				t.Errorf("%s: %v, wait %s", name, err, wait)
			}
			var coded interface{ Code() string }
			if !errors.As(err, &coded) || coded.Code() != "http_429" {
				t.Errorf("%s: the failure has no code", name)
			}
		}
	})
}

// What a service lists is asked for no longer once it answers nothing, or too often.
func TestChoicesOfServicesThatSayNothing(t *testing.T) {
	each(t, func(t *testing.T, app *declared.App) {
		for name := range app.Choices {
			for status, fails := range map[int]bool{http.StatusOK: false, http.StatusNoContent: false, http.StatusTooManyRequests: true} {
				silent := &client{answer: nodes.HTTPResponse{Status: status, Header: http.Header{}}}
				got, err := app.TryChoices(name, silent)
				if len(got) != 0 || (err != nil) != fails || silent.asked != 1 {
					t.Errorf("%s, %d: %v, %v, asked %d times", name, status, got, err, silent.asked)
				}
			}
		}
	})
}

// An answer without a body neither fails a step nor invents an output.
func TestEmptyAnswers(t *testing.T) {
	each(t, func(t *testing.T, app *declared.App) {
		for name, a := range app.Actions {
			for _, status := range []int{http.StatusOK, http.StatusNoContent} {
				out, err := app.Try(name, &client{answer: nodes.HTTPResponse{Status: status, Header: http.Header{}}})
				if err != nil {
					t.Errorf("%s, %d: %v", name, status, err)
					continue
				}
				for key := range out {
					if _, known := a.Sample[key]; !known {
						t.Errorf("%s, %d: output %q is not in the sample", name, status, key)
					}
				}
			}
		}
	})
}

// The secrets of an example reach the service, and nothing that is kept of the call.
func TestSecretsAreHidden(t *testing.T) {
	each(t, func(t *testing.T, app *declared.App) {
		for name, a := range app.Actions {
			kept := &keeper{}
			if _, err := app.Try(name, kept); err != nil && !strings.Contains(err.Error(), "kept") {
				t.Errorf("%s: %v", name, err)
			}
			shown := fmt.Sprintf("%+v", kept.request.Redacted())
			for key, secret := range a.Example.Connection {
				if key == "server" || key == "account_sid" {
					continue
				}
				if strings.Contains(shown, fmt.Sprint(secret)) {
					t.Errorf("%s shows %s: %s", name, key, shown)
				}
			}
		}
	})
}

type keeper struct{ request nodes.HTTPRequest }

func (k *keeper) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	k.request = r
	return nodes.HTTPResponse{}, &nodes.SendError{Kind: "refused", Message: "kept", Permanent: true}
}
