// Package webhook holds the trigger that catches inbound webhooks and the action
// that sends outbound ones.
package webhook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.HTTPTrigger[CatchParams]{Meta: nodes.Meta{
		Type: "webhook.catch", Version: 1, Name: "Incoming webhook", Group: "Triggers", Icon: "webhook",
		Summary: "Start when another service calls this trigger's own address.",
		Sample: map[string]any{
			"id": "start", "type": "webhook.catch", "method": "POST", "path": "/", "ip": "203.0.113.7",
			"content_type": "application/json", "received_at": "2026-01-31T09:00:00Z",
			"query": map[string]any{"campaign": "spring"}, "headers": map[string]any{"user-agent": "Example/1.0"},
			"body": map[string]any{"id": "evt_1", "email": "ada@example.com", "name": "Ada Lovelace", "amount": 4900},
		},
	}, Open: open})
}

// CatchParams are the rules by which a trigger judges requests. They are never
// mapped; only the dedupe key and the answer may read the request itself.
type CatchParams struct {
	Methods   []string        `json:"methods" label:"Methods" options:"GET=GET,POST=POST,PUT=PUT,PATCH=PATCH,DELETE=DELETE,HEAD=HEAD,OPTIONS=OPTIONS" default:"POST" advanced:"true" no_map:"true"`
	Signature SignatureParams `json:"signature" label:"Check the sender"`
	AllowIPs  []string        `json:"allow_ips" label:"Only from these addresses" example:"203.0.113.0/24" help:"IP addresses or ranges. Leave empty for all." max:"200" advanced:"true" no_map:"true"`
	Dedupe    DedupeParams    `json:"dedupe" label:"Ignore repeats"`
	When      nodes.Condition `json:"when" label:"Only if" help:"Requests that do not match are kept and start nothing."`
	Expect    ExpectParams    `json:"expect" label:"Check the data"`
	Respond   RespondParams   `json:"respond" label:"Answer"`
}

// catch judges the requests of one trigger. It is immutable.
type catch struct {
	methods   []string
	signature *signature
	allow     []netip.Prefix
	dedupe    *dedupe
	when      *mapping.Condition
	expect    *expect
	respond   *respond
	// await is how long the caller waits for a step's answer.
	await time.Duration
	// sender is who the trigger is set up for, nil for anyone.
	sender *sender.Sender
	// aliased says that a mapping uses HighLevel's name of the request.
	aliased bool
}

// open prepares the rules. Its error is the first of what Validate lists.
func open(p CatchParams) (nodes.Receiver, error) {
	c := &catch{methods: p.Methods, await: p.Respond.await(), sender: sender.Named(p.Signature.Scheme)}
	var err error
	if c.signature, err = openSignature(p.Signature); err != nil {
		return nil, err
	}
	if c.allow, err = parseAddresses(p.AllowIPs); err != nil {
		return nil, err
	}
	if c.dedupe, err = openDedupe(p.Dedupe, p.Signature.Scheme); err != nil {
		return nil, err
	}
	if c.expect, err = openExpect(p.Expect); err != nil {
		return nil, err
	}
	if c.respond, err = openRespond(p.Respond); err != nil {
		return nil, err
	}
	if p.When.Source != nil {
		when, problems := mapping.CompileCondition(p.When.Source)
		if len(problems) > 0 {
			return nil, fmt.Errorf("only if: %s", problems[0].Message)
		}
		c.when = when
	}
	c.aliased = c.usesAlias()
	return c, nil
}

// Receive judges a request in a fixed order, the cheapest and strictest rule
// first: what fails one is not shown to the next.
func (c *catch) Receive(ctx context.Context, r nodes.RawRequest) nodes.Receipt {
	if !r.Stored {
		if refused := c.admit(r); refused != nil {
			return *refused
		}
	}
	receipt := c.read(r)
	if receipt.Verdict != nodes.Accepted || r.Stored {
		return receipt
	}
	scope, notes := receipt.Payload, receipt.Notes
	if greeting := c.greeting(r, scope["body"]); greeting != nil {
		return *greeting
	}
	if missing := c.expect.check(scope); len(missing) > 0 {
		return nodes.Receipt{
			Verdict: nodes.Invalid, Status: http.StatusUnprocessableEntity, Fields: missing, Notes: notes,
			Reason: "The data is not what this trigger expects: " + missing[0].Message,
		}
	}
	ctx = mapping.WithOptions(ctx, mapping.Options{
		Now: func() time.Time { return r.ReceivedAt }, Zone: r.Zone, Country: r.Country,
	})
	seen := c.scope(scope)
	// What the condition keeps out is still what somebody said, once.
	receipt.Heard = c.heard(scope["body"])
	c.dedupe.key(ctx, r.Header, seen, &receipt)
	if filtered := c.filter(ctx, seen, notes); filtered != nil {
		if filtered.Heard = receipt.Heard; filtered.Heard != nil {
			filtered.DedupeKey, filtered.DedupeWindow = receipt.DedupeKey, receipt.DedupeWindow
		}
		return *filtered
	}
	c.respond.reply(ctx, seen, &receipt)
	if receipt.Reply == nil && c.sender != nil {
		receipt.Reply = replyOf(c.sender.Answer)
	}
	receipt.Await = c.await
	return receipt
}

// heard is what somebody said with a request, nil for nothing.
func (c *catch) heard(body any) *nodes.Heard {
	if c.sender == nil || c.sender.Reply == nil {
		return nil
	}
	said, ok := c.sender.Reply(body)
	if !ok {
		return nil
	}
	return &nodes.Heard{Channel: said.Channel, From: said.From, To: said.To, Text: said.Text, ID: said.ID}
}

// admit checks what needs no look into the body.
func (c *catch) admit(r nodes.RawRequest) *nodes.Receipt {
	probe := c.sender != nil && slices.Contains(c.sender.Probe, r.Method) && !slices.Contains(c.methods, r.Method)
	switch {
	case !probe && !slices.Contains(c.methods, r.Method):
		return &nodes.Receipt{
			Verdict: nodes.Invalid, Status: http.StatusMethodNotAllowed,
			Reason: fmt.Sprintf("This address takes %s, not %.20s.", strings.Join(c.methods, ", "), r.Method),
			Reply:  &nodes.Reply{Header: map[string]string{"Allow": strings.Join(c.methods, ", ")}},
		}
	case !c.allowed(r.IP):
		return &nodes.Receipt{Verdict: nodes.ForbiddenIP, Reason: fmt.Sprintf("The sender's address %.60s is not among those that this trigger takes.", r.IP)}
	case probe:
		return &nodes.Receipt{Verdict: nodes.Handshake, Reason: c.sender.Label + " tried the address. This starts nothing.", Reply: &nodes.Reply{Status: http.StatusOK}}
	}
	if why := c.signature.refuses(r); why != "" && !r.Kept {
		return &nodes.Receipt{Verdict: nodes.BadSignature, Reason: why}
	}
	return nil
}

func (c *catch) allowed(ip string) bool {
	if len(c.allow) == 0 {
		return true
	}
	addr, err := netip.ParseAddr(ip)
	if err != nil {
		return false
	}
	addr = addr.Unmap().WithZone("")
	return slices.ContainsFunc(c.allow, func(p netip.Prefix) bool { return p.Contains(addr) })
}

// parseAddresses reads addresses and CIDR ranges; an IPv4 range that is written
// as IPv6 counts for the IPv4 addresses that it means.
func parseAddresses(list []string) ([]netip.Prefix, error) {
	var prefixes []netip.Prefix
	for _, text := range list {
		text = strings.TrimSpace(text)
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			addr, addrErr := netip.ParseAddr(text)
			if addrErr != nil || addr.Zone() != "" {
				return nil, fmt.Errorf("%.60q is neither an IP address nor a range such as 203.0.113.0/24", text)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		if addr := prefix.Addr(); addr.Is4In6() && prefix.Bits() >= 96 {
			prefix = netip.PrefixFrom(addr.Unmap(), prefix.Bits()-96)
		}
		prefixes = append(prefixes, prefix.Masked())
	}
	return prefixes, nil
}

// read accepts a request that can be parsed, with the trigger's scope as its
// payload.
func (c *catch) read(r nodes.RawRequest) nodes.Receipt {
	contentType := r.Header.Get("Content-Type")
	body, err := payload.Parse(contentType, r.Body, payload.Limits{})
	if unreadable, ok := errors.AsType[*payload.Error](err); ok {
		verdict := nodes.Invalid
		if unreadable.Status == http.StatusRequestEntityTooLarge {
			verdict = nodes.TooLarge
		}
		return nodes.Receipt{Verdict: verdict, Status: unreadable.Status, Reason: unreadable.Error()}
	}
	if c.sender != nil {
		body = body.Unwrap(c.sender.Unwrap)
		body.Value = c.sender.Shaped(body.Value)
	}
	query, notes := payload.Query(r.RawQuery)
	scope := map[string]any{
		"id": r.TriggerID, "type": "webhook.catch", "method": r.Method, "path": pathBehindToken(r.Path),
		"query": query, "headers": headersOf(r.Header), "body": body.Value, "content_type": contentType,
		"received_at": r.ReceivedAt.UTC().Format(time.RFC3339Nano), "ip": r.IP,
	}
	if c.sender != nil {
		scope["sender"] = c.sender.Name
	}
	return nodes.Receipt{
		Verdict: nodes.Accepted, Payload: scope, Notes: append(slices.Clone(body.Notes), notes...), Earlier: c.earlier(scope),
		Verbatim: body.Verbatim && (c.sender == nil || c.sender.Shape == nil),
	}
}

// greeting answers a request by which the sender only tests the address; nil for
// any other.
func (c *catch) greeting(r nodes.RawRequest, body any) *nodes.Receipt {
	if c.sender == nil || c.sender.Handshake == nil {
		return nil
	}
	answer, ok := c.sender.Handshake(r.Header, body)
	if !ok {
		return nil
	}
	receipt := &nodes.Receipt{Verdict: nodes.Handshake, Reason: answer.Reason}
	if answer.ContentType != "" || len(answer.Body) > 0 {
		receipt.Reply = replyOf(&answer)
	}
	return receipt
}

// replyOf is an answer in the sender's own terms; nil for the standard one.
func replyOf(a *sender.Answer) *nodes.Reply {
	if a == nil {
		return nil
	}
	reply := &nodes.Reply{Status: a.Status, Body: a.Body}
	if reply.Status == 0 {
		reply.Status = http.StatusOK
	}
	if a.ContentType != "" {
		reply.Header = map[string]string{"Content-Type": a.ContentType}
	}
	return reply
}

// pathBehindToken leaves the address's token out: it is the credential of this
// trigger, and what is in the scope may be sent on.
func pathBehindToken(path string) string {
	rest, ok := strings.CutPrefix(path, "/hooks/")
	if !ok {
		return path
	}
	_, rest, _ = strings.Cut(rest, "/")
	return "/" + rest
}

func headersOf(h http.Header) map[string]any {
	headers := payload.Header(h)
	for name := range headers {
		if nodes.SensitiveHeader(name) {
			headers[name] = nodes.Redacted
		}
	}
	return headers
}

// filter applies the condition; nil lets the request pass. A condition that
// cannot be decided holds the request back, where a person can see and run it.
func (c *catch) filter(ctx context.Context, scope mapping.Scope, notes []string) *nodes.Receipt {
	if c.when == nil {
		return nil
	}
	verdict, err := c.when.Evaluate(ctx, scope)
	if err != nil {
		return &nodes.Receipt{Verdict: nodes.Filtered, Notes: notes, Reason: "The condition could not be decided: " + err.Error()}
	}
	if !verdict.Met {
		return &nodes.Receipt{Verdict: nodes.Filtered, Notes: append(notes, verdict.Notes...), Reason: "The request does not match the trigger's condition."}
	}
	return nil
}

// scope is what the trigger's own mappings see: the request alone.
func (c *catch) scope(trigger map[string]any) mapping.Scope {
	scope := mapping.Scope{"trigger": trigger}
	if c.aliased {
		merged := map[string]any{}
		for _, part := range [...]string{"query", "body"} {
			if fields, ok := trigger[part].(map[string]any); ok {
				maps.Copy(merged, fields)
			}
		}
		scope["inboundWebhookRequest"] = merged
	}
	return scope
}

// usesAlias reports whether any mapping names inboundWebhookRequest.
func (c *catch) usesAlias() bool {
	named := func(refs []mapping.Reference) bool {
		return slices.ContainsFunc(refs, func(r mapping.Reference) bool { return r.Path[0] == "inboundWebhookRequest" })
	}
	return c.when != nil && named(c.when.References()) || named(c.dedupe.references()) || named(c.respond.references())
}
