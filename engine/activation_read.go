package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/nodes"
)

// read takes the parameters out of a call: the body as JSON or a form, over the
// query. The error is an *activationRefusal.
func (c *activation) read(ctx context.Context) error {
	ws, _, err := c.e.workspaces.get(ctx, c.address.Workspace)
	if err != nil {
		return err
	}
	if !Has(ws, FeatureIncoming) {
		return &activationRefusal{verdict: forbidden, status: http.StatusForbidden, reason: incomingOff}
	}
	if c.a.Method != http.MethodPost {
		return &activationRefusal{verdict: nodes.Invalid, status: http.StatusMethodNotAllowed, reason: "Send a POST request to this address."}
	}
	if r := c.a.Refused; r != nil {
		return &activationRefusal{verdict: r.Verdict, status: statusOf(*r), reason: r.Reason}
	}
	query, _ := payload.Query(c.a.RawQuery)
	params, err := c.parse()
	if err != nil {
		return err
	}
	maps.Copy(query, params)
	c.log.Params = query
	return c.fields(query)
}

// parse reads the body as an object; none at all is an empty one.
func (c *activation) parse() (map[string]any, error) {
	read, err := payload.Parse(c.a.Header.Get("Content-Type"), c.a.Body, payload.Limits{})
	if damaged, ok := errors.AsType[*payload.Error](err); ok {
		return nil, &activationRefusal{verdict: nodes.Invalid, status: damaged.Status, reason: damaged.Error()}
	}
	if err != nil {
		return nil, err
	}
	switch fields := read.Value.(type) {
	case map[string]any:
		return fields, nil
	case nil:
		if read.Kind == payload.KindEmpty {
			return nil, nil
		}
	}
	return nil, &activationRefusal{verdict: nodes.Invalid, status: http.StatusBadRequest, reason: "The body must be a JSON object or a form with name, email and external_user_id."}
}

// fields takes the parameters out of what was sent and makes texts of them.
func (c *activation) fields(params map[string]any) error {
	no := &activationRefusal{verdict: nodes.Invalid, status: http.StatusUnprocessableEntity}
	for name, dst := range map[string]*string{"name": &c.in.Name, "email": &c.in.Email, "external_user_id": &c.in.ExternalUserID} {
		switch v := params[name].(type) {
		case nil:
		case string:
			*dst = v
		case int, float64, json.Number:
			*dst = fmt.Sprint(v)
		default:
			no.fields = append(no.fields, nodes.FieldProblem{Pointer: "/" + name, Code: "invalid", Message: name + " is invalid"})
		}
		// What the steps map is what was checked.
		params[name] = *dst
	}
	if len(no.fields) > 0 {
		no.reason = "Some parameters are lists or objects; each must be one text."
		return no
	}
	c.email = "never"
	switch v := params["send_offer_grant_email"].(type) {
	case bool:
		if v {
			c.email = "always"
		}
	case string:
		if strings.EqualFold(v, "true") || v == "1" {
			c.email = "always"
		}
	}
	c.key = idempotencyKey(c.a.Header)
	return nil
}

// idempotencyKey is the name that a sender gives its call, "" for none.
func idempotencyKey(h http.Header) string {
	for _, name := range [...]string{"Idempotency-Key", "Webhook-Id"} {
		if key := h.Get(name); key != "" && len(key) <= 255 {
			return key
		}
	}
	return ""
}
