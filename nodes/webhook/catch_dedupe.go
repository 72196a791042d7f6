package webhook

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

// DedupeParams say by what a repeat is known.
type DedupeParams struct {
	By     string         `json:"by" label:"A repeat is known by" options:"sender=What the sender uses,header=A header,field=A field of the data,template=A formula,off=Nothing" default:"sender" no_map:"true" help:"The headers Idempotency-Key and webhook-id count too, where a sender gives them."`
	Key    string         `json:"key" label:"Header, field or formula" required:"true" show_if:"by=header|field|template" example:"data.id" help:"The header's name, the path of a field in the data, or a mapping such as {{ trigger.body.id }}."`
	Window nodes.Duration `json:"window" label:"For how long" default:"30d" min:"1" max:"2592000" show_if:"by=sender|header|field|template" no_map:"true"`
}

// dedupe finds the key of a request.
type dedupe struct {
	// rule is nil when nothing but the well-known headers is looked at.
	rule func(ctx context.Context, h http.Header, scope mapping.Scope) (string, error)
	refs []mapping.Reference
	// signed says that requests are signed. Their body then counts before the
	// well-known headers, which most schemes do not sign: with another header a
	// caught request could be played again.
	signed bool
	window time.Duration
}

func openDedupe(p DedupeParams, scheme string) (*dedupe, error) {
	d := &dedupe{window: time.Duration(p.Window), signed: SignatureParams{Scheme: scheme}.signed() && scheme != "standard"}
	template := ""
	switch p.By {
	case "off":
	case "header":
		header := strings.TrimSpace(p.Key)
		d.rule = func(_ context.Context, h http.Header, _ mapping.Scope) (string, error) { return h.Get(header), nil }
	case "field":
		field, err := parsePath(p.Key)
		if err != nil {
			return nil, err
		}
		d.rule = func(_ context.Context, _ http.Header, scope mapping.Scope) (string, error) {
			v, _ := field.in(scope["trigger"].(map[string]any))
			return mapping.Text(v), nil
		}
	case "template":
		if template = p.Key; !nodes.Mapped(template) {
			template = "{{ " + template + " }}" // a bare formula, as conditions may be
		}
	default:
		if known := sender.Named(scheme); known != nil {
			template = known.Dedupe
		}
	}
	return d, d.compile(template)
}

func (d *dedupe) compile(template string) error {
	if template == "" {
		return nil
	}
	compiled, problems := mapping.Compile(template)
	if len(problems) > 0 {
		return errors.New("ignore repeats: " + problems[0].Message)
	}
	if compiled.Static() {
		return errors.New("ignore repeats: the formula reads nothing of the request, so that every request would be a repeat of the first")
	}
	d.refs = compiled.References()
	d.rule = func(ctx context.Context, _ http.Header, scope mapping.Scope) (string, error) {
		result, err := compiled.Resolve(ctx, scope)
		return mapping.Text(result.Value), err
	}
	return nil
}

func (d *dedupe) references() []mapping.Reference { return d.refs }

// wellKnown are the headers by which senders name a message, whoever they are.
var wellKnown = [...]string{"Idempotency-Key", "Webhook-Id"}

// key puts the key of a request into its receipt. A rule that gives nothing
// leaves the request without one: half a key would swallow strangers.
func (d *dedupe) key(ctx context.Context, h http.Header, scope mapping.Scope, receipt *nodes.Receipt) {
	byHeader := ""
	for _, name := range wellKnown {
		if v := strings.TrimSpace(h.Get(name)); v != "" {
			byHeader = stored(strings.ToLower(name), v)
			break
		}
	}
	byRule := ""
	if d.rule != nil && (byHeader == "" || d.signed) {
		v, err := d.rule(ctx, h, scope)
		if err != nil {
			receipt.Notes = append(receipt.Notes, "Repeats of this request cannot be known: "+err.Error())
		} else if v = strings.TrimSpace(v); v != "" {
			byRule = stored("rule", v)
		}
	}
	receipt.DedupeKey, receipt.DedupeWindow = byRule, d.window
	if byRule == "" {
		receipt.DedupeKey = byHeader
	}
}

// stored is the form in which a key is kept: readable while it is short and
// plain, else its hash, so that no sender decides what stands in our index.
func stored(source, v string) string {
	const most = 200
	plain := len(v) <= most
	for i := 0; plain && i < len(v); i++ {
		plain = v[i] >= ' ' && v[i] < 0x7f
	}
	if !plain {
		sum := sha256.Sum256([]byte(v))
		v = "sha256:" + hex.EncodeToString(sum[:])
	}
	return source + ":" + v
}
