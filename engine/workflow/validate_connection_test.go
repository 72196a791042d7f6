package workflow

import (
	"context"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

// A credential of one service is of no use at another, and must not go there.
func TestAConnectionOfAnotherServiceIsRefused(t *testing.T) {
	t.Parallel()
	registry := nodes.NewRegistry()
	registry.Register(nodes.DynamicAction{
		Meta: nodes.Meta{Type: "mail.send", Name: "Send", Group: "Mail", Summary: "Send."},
		Fields: []nodes.Field{
			{Key: "connection", Label: "Mail account", Kind: nodes.FieldRef, Ref: "connection", Of: "mail.account", Required: true, NoMap: true},
		},
		Run: func(context.Context, *nodes.Env, map[string]any) (any, error) { return nil, nil },
	})
	d, problems := Parse([]byte(`{"schema":1,"triggers":[],"steps":[{"id":"send","type":"mail.send","v":1,"params":{"connection":"cxn_1"}}]}`))
	if d == nil {
		t.Fatal(problems)
	}
	for is, wrong := range map[string]bool{"mail.account": false, "crm.account": true, "": false} {
		found := false
		for _, p := range Validate(d, registry, Facts{Ref: func(string, string) bool { return true }, ConnectionType: func(string) string { return is }}) {
			if p.Code == CodeWrongConnection {
				found = true
				if p.Pointer != "/steps/0/params/connection" || !strings.Contains(p.Message, "Mail account") || !strings.Contains(p.Message, is) {
					t.Errorf("%+v", p)
				}
			}
		}
		if found != wrong {
			t.Errorf("a connection of %q: refused %v", is, found)
		}
	}
}
