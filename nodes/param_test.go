package nodes_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

const canary = "s3cr3t-canary"

// A secret must not come out whichever way a value is printed, also as part of
// something else.
func TestSecretsStayHidden(t *testing.T) {
	secret := nodes.NewSecret("sec_1", nodes.SecretVersion{Value: canary}, nodes.SecretVersion{Value: canary + "-old", Until: time.Now()})
	type params struct {
		Name   string
		Secret nodes.Secret
		List   []nodes.Secret
	}
	credential := nodes.Credential{ID: "cxn_1", Type: "auth.bearer", Fields: map[string]string{"token": canary}}
	for what, v := range map[string]any{
		"secret": secret, "pointer": &secret, "params": params{"a", secret, []nodes.Secret{secret}}, "pointer to params": &params{Secret: secret},
		"plain text": nodes.NewSecret("", nodes.SecretVersion{Value: canary}), "opened": nodes.OpenSecret(secret),
		"versions": []nodes.SecretVersion{{Value: canary}}, "credential": credential, "pointer to credential": &credential,
		"env": nodes.Env{Connection: &credential},
	} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
			if out := fmt.Sprintf(verb, v); strings.Contains(out, canary) || strings.Contains(out, fmt.Sprintf("%x", canary)) {
				t.Errorf("%s under %s: %s", what, verb, out)
			}
		}
		var log bytes.Buffer
		slog.New(slog.NewTextHandler(&log, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "v", v)
		if what != "versions" && strings.Contains(log.String(), canary) {
			t.Errorf("%s in a log: %s", what, log.String())
		}
		if what == "versions" || what == "env" {
			continue
		}
		text, err := json.Marshal(v)
		if err != nil || strings.Contains(string(text), canary) {
			t.Errorf("%s as JSON: %s, %v", what, text, err)
		}
	}
}

func TestSecretVersions(t *testing.T) {
	now := time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)
	secret := nodes.NewSecret("sec_1", nodes.SecretVersion{Value: "new"}, nodes.SecretVersion{Value: "old", Until: now.Add(time.Hour)}, nodes.SecretVersion{Value: ""})
	for after, want := range map[time.Duration]string{0: "new old", time.Hour - 1: "new old", time.Hour: "new", 48 * time.Hour: "new"} {
		if got := strings.Join(secret.Valid(now.Add(after)), " "); got != want {
			t.Errorf("after %s: %s, want %s", after, got, want)
		}
	}
	if secret.Reveal() != "new" || !secret.Given() {
		t.Error("the newest value counts")
	}
	var none nodes.Secret
	if none.Given() || none.Reveal() != "" || none.Valid(now) != nil {
		t.Error("the zero value is no secret")
	}
	if text, _ := json.Marshal(secret); string(text) != `{"$secret":"sec_1"}` {
		t.Errorf("JSON %s", text)
	}
	if text, _ := json.Marshal(none); string(text) != `null` {
		t.Errorf("JSON %s", text)
	}
}

func TestSecretParams(t *testing.T) {
	type params struct {
		Token nodes.Secret `json:"token" label:"Token" required:"true"`
	}
	n, got := sdk[params](t)
	for what, c := range map[string]struct {
		v           any
		ref, reveal string
	}{
		"plain":             {"tok", "", "tok"},
		"opened":            {nodes.OpenSecret(nodes.NewSecret("sec_1", nodes.SecretVersion{Value: "tok"})), "sec_1", "tok"},
		"by reference only": {map[string]any{"$secret": "sec_1"}, "sec_1", ""},
		"forged versions":   {map[string]any{"$secret": "sec_1", "$versions": []any{"tok"}}, "sec_1", ""},
	} {
		if _, err := n.Internal(nil, nil, map[string]any{"token": c.v}); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if got.Token.Ref != c.ref || got.Token.Reveal() != c.reveal {
			t.Errorf("%s: bound %q %q", what, got.Token.Ref, got.Token.Reveal())
		}
	}
	if _, err := n.Internal(nil, nil, map[string]any{"token": " "}); err == nil {
		t.Error("a blank secret is none")
	}
}

func TestParseDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"10m": 10 * time.Minute, "36h": 36 * time.Hour, "3d": 72 * time.Hour, "2w": 14 * 24 * time.Hour, "1h30m": 90 * time.Minute,
		"1d12h": 36 * time.Hour, "90": 90 * time.Second, "0": 0, "1.5h": 90 * time.Minute, "500ms": 500 * time.Millisecond,
		"3 days": 72 * time.Hour, "1 hour 30 minutes": 90 * time.Minute, "1 Hour, 5 min": 65 * time.Minute, "2 weeks": 14 * 24 * time.Hour,
		"1µs": time.Microsecond, " 5 s ": 5 * time.Second, "3650d": 3650 * 24 * time.Hour,
	} {
		if got, err := nodes.ParseDuration(text); err != nil || time.Duration(got) != want {
			t.Errorf("%q: %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "soon", "-5m", "-1", "10x", "m", "NaN", "Inf", "1e300", "10 months", "3651d", "1h-5m", "1h soon", strings.Repeat("1s", 100)} {
		if got, err := nodes.ParseDuration(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
	if d := nodes.Duration(36 * time.Hour); d.String() != "36h0m0s" {
		t.Errorf("String: %s", d)
	}
}

func TestCredentialAllows(t *testing.T) {
	for _, c := range []struct {
		hosts string
		host  string
		want  bool
	}{
		{"api.x.com", "api.x.com", true},
		{"API.x.com", "api.X.com:443", true},
		{"api.x.com", "api.x.com.", true},
		{"api.x.com", "x.com.evil.test", false},
		{"api.x.com", "api.x.com.evil.test", false},
		{"api.x.com", "evil.test", false},
		{"api.x.com:8443", "api.x.com:8443", true},
		{"api.x.com:8443", "api.x.com", false},
		{"api.x.com:8443", "api.x.com:443", false},
		{"*.x.com", "api.x.com", true},
		{"*.x.com", "a.b.x.com", true},
		{"*.x.com", "x.com", false},
		{"*.x.com", "evilx.com", false},
		{"*.x.com", ".x.com", false},
		{"*", "x.com", false},
		{"*x.com", "evilx.com", false},
		{"", "x.com", false},
		{"[::1]:8080", "[::1]:8080", true},
		{"::1", "[::1]:8080", true},
		{"", "", false},
	} {
		credential := nodes.Credential{Hosts: strings.Split(c.hosts, ",")}
		if got := credential.Allows(c.host); got != c.want {
			t.Errorf("%q for %q: %v", c.hosts, c.host, got)
		}
	}
	if (&nodes.Credential{}).Allows("x.com") {
		t.Error("a credential without hosts is sent nowhere")
	}
}

func TestErrors(t *testing.T) {
	cause := errors.New("cause")
	output := &nodes.OutputError{Output: map[string]any{"status": 500}, Err: nodes.RetryAfter(7*time.Second, cause)}
	for what, c := range map[string]struct {
		err                error
		permanent, unknown bool
		delay              time.Duration
		field              string
	}{
		"plain":        {err: cause},
		"permanent":    {err: fmt.Errorf("x: %w", nodes.Permanent(cause)), permanent: true},
		"retry after":  {err: output, delay: 7 * time.Second},
		"refused call": {err: &nodes.SendError{Permanent: true}, permanent: true},
		"lost call":    {err: &nodes.SendError{Sent: true}, unknown: true},
		"rules":        {err: &crm.Rejected{Field: "fields.plan", Message: "no"}, permanent: true, field: "/fields/plan"},
		"rules of all": {err: &crm.Rejected{Message: "no"}, permanent: true},
		"a stop":       {err: nodes.StopRun(nodes.Stop{Reason: "stop"}), permanent: true},
		"a conflict":   {err: &crm.Conflict{Field: "email"}},
	} {
		delay, asked := nodes.RetryDelay(c.err)
		if nodes.IsPermanent(c.err) != c.permanent || nodes.IsUnknownOutcome(c.err) != c.unknown || delay != c.delay || asked != (c.delay > 0) {
			t.Errorf("%s: permanent %v, unknown %v, delay %v", what, nodes.IsPermanent(c.err), nodes.IsUnknownOutcome(c.err), delay)
		}
		if got := nodes.FieldOf(c.err); got != c.field {
			t.Errorf("%s: field %q", what, got)
		}
	}
	stop, ok := nodes.Stopping(fmt.Errorf("x: %w", nodes.StopRun(nodes.Stop{Message: "why"})))
	if _, none := nodes.Stopping(cause); !ok || none || stop.Message != "why" {
		t.Errorf("stopping: %+v", stop)
	}
	if !errors.Is(output, cause) || output.Error() != "cause" || nodes.IsPermanent(nil) {
		t.Error("wrapped errors keep their cause")
	}
}

func TestNumbersOfOddKinds(t *testing.T) {
	type params struct {
		N float64 `json:"n" label:"N"`
		I int     `json:"i" label:"I"`
	}
	n, _ := sdk[params](t)
	for _, v := range []any{math.Inf(1), math.NaN(), true, []any{}, map[string]any{}, "0x10", "1_000"} {
		if _, err := n.Internal(nil, nil, map[string]any{"i": v}); err == nil {
			t.Errorf("%v was taken as a whole number", v)
		}
	}
}

func TestCallCollectsWarnings(t *testing.T) {
	var call nodes.Call
	call.Warn("one")
	call.Warn("two")
	if got := strings.Join(call.Warnings(), " "); got != "one two" {
		t.Errorf("got %s", got)
	}
	ann := crm.Contact{ID: "con_1"}
	call.SetContact(ann)
	ann.ID = "con_2"
	if call.Contact.ID != "con_1" {
		t.Error("the contact is a copy")
	}
}
