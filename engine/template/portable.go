package template

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// Left is something of a workflow that its file leaves out, because it belongs to
// one workspace alone.
type Left struct {
	// Kind is one of the kinds of inputs: Secret, URL for an address that is a
	// credential by itself, or Text for what looks like a credential or an id.
	Kind string
	// Label says in words what it is.
	Label string
}

// Portable is one workflow as a file that another workspace can take in: what
// Extract finds, with what means the same everywhere written out, what can be found
// or made by its name as inputs, and the rest left out. The same document gives the
// same file.
func Portable(s Source, home Home, reg *nodes.Registry) (File, []Left, error) {
	s.Key = "workflow"
	got, err := Extract([]Source{s}, Recipe{}, home, reg)
	if err != nil {
		return File{}, nil, err
	}
	f := File{Describes: WorkflowSchema, Schema: Schema, Name: s.Name, Inputs: []Input{}, Workflows: got.Workflows}
	var left []Left
	settled := map[string]any{}
	for _, found := range got.Inputs {
		in, v := carried(found)
		switch {
		case v != nil:
			settled[in.Key] = v
		case in.Key != "":
			f.Inputs = append(f.Inputs, in)
			settled[in.Key] = map[string]any{InputKey: in.Key}
		default:
			left = append(left, Left{found.Kind, found.Label})
		}
	}
	definition, err := value.Decode(f.Workflows[0].Definition)
	if err != nil {
		return f, left, err
	}
	filled, _ := settle(definition, settled)
	text, err := value.Encode(filled)
	if err != nil {
		return f, left, err
	}
	// In the order of a document's keys again.
	doc, problems := workflow.Parse(text)
	if doc == nil {
		return f, left, fmt.Errorf("the workflow %q cannot become a file: %w", s.Name, problems[0])
	}
	f.Workflows[0].Definition, err = doc.JSON()
	return f, left, err
}

// carried tells how an input goes into a workflow file: as a value, as an input
// that has a key, or not at all.
func carried(found Found) (in Input, v any) {
	in = found.Input
	switch in.Kind {
	case Tag:
		return in, in.Default
	case URL:
		if address := found.Stands; !Confidential(address) {
			return in, address
		}
	case Offer, Product, Form:
		if in.Mode == FindOrCreate {
			return in, nil
		}
	case Connection:
		if found.Shown != "" {
			return in, nil
		}
	case CustomValue, ContactField:
		in.Mode = FindOrCreate
		return in, nil
	}
	return Input{}, nil
}

// settle puts values into blanks; an entry whose blank has none is left out. A
// text whose blanks are all settled by texts is one text again.
func settle(v any, values map[string]any) (settled any, keep bool) {
	if key, ok := blank(v); ok {
		settled, keep = values[key]
		return settled, keep
	}
	if parts, ok := joined(v); ok {
		return settleText(parts, values)
	}
	switch x := v.(type) {
	case map[string]any:
		object := make(map[string]any, len(x))
		for name, e := range x {
			if e, keep := settle(e, values); keep {
				object[name] = e
			}
		}
		return object, true
	case []any:
		list := make([]any, 0, len(x))
		for _, e := range x {
			if e, keep := settle(e, values); keep {
				list = append(list, e)
			}
		}
		return list, true
	}
	return v, true
}

func settleText(parts []any, values map[string]any) (any, bool) {
	var kept []any
	for _, part := range parts {
		e, keep := settle(part, values)
		if !keep {
			return nil, false
		}
		text, isText := e.(string)
		if last := len(kept) - 1; isText && last >= 0 {
			if before, ok := kept[last].(string); ok {
				kept[last] = before + text
				continue
			}
		}
		kept = append(kept, e)
	}
	if len(kept) == 1 {
		return kept[0], true
	}
	return map[string]any{TextKey: kept}, true
}

var (
	// token is a part of an address that nobody thought out.
	token = regexp.MustCompile(`^[A-Za-z0-9_\-]{20,}$`)
	uuid  = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)
	upper = regexp.MustCompile(`[A-Z]`)
	lower = regexp.MustCompile(`[a-z]`)
	digit = regexp.MustCompile(`[0-9]`)
)

// Confidential reports an address that is a credential by itself: with a user or
// password, a secret in its query, or a random part, as addresses that take
// webhooks have. Ours are among them.
func Confidential(address string) bool {
	if secretText.MatchString(address) {
		return true
	}
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.User != nil {
		return true
	}
	for name, values := range u.Query() {
		for _, v := range values {
			if v != "" && secretName.MatchString(name) || random(v) {
				return true
			}
		}
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if random(part) {
			return true
		}
	}
	return random(u.Fragment)
}

// random reports a part with letters of two kinds, or letters and digits, that is
// longer than words are. Ids in the usual form are none.
func random(part string) bool {
	if !token.MatchString(part) || uuid.MatchString(part) {
		return false
	}
	kinds := 0
	for _, kind := range []*regexp.Regexp{upper, lower, digit} {
		if kind.MatchString(part) {
			kinds++
		}
	}
	return kinds > 1
}
