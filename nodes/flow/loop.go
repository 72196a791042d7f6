package flow

import (
	"errors"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[LoopParams]{Meta: nodes.Meta{
		Type: "flow.loop", Version: 1, Name: "For each item", Group: group, Icon: "repeat",
		Summary: "Do the steps inside once for each entry of a list.",
		Card:    "{items}",
		Sample: map[string]any{
			"results": []any{map[string]any{"status": 200}}, "failed": []any{map[string]any{"index": 1, "error": "the receiver answered 404"}},
		},
	}, Lists: []string{"steps"}, Run: loop})
}

// LoopParams hold the list.
type LoopParams struct {
	Items       any    `json:"items" label:"List" example:"{{ trigger.body.line_items }}" help:"Inside, loop.item is the entry, loop.index counts from 0." tab:"fields"`
	OnItemError string `json:"on_item_error" label:"If an item fails" options:"stop=Stop the loop,continue=Go on with the next item" default:"stop" no_map:"true"`
}

// Validate wants a list to be named. The field is not required, because a list
// that comes out empty is no fault: an order may have no items.
func (p LoopParams) Validate() []nodes.FieldProblem {
	if p.Items == nil || p.Items == "" {
		return []nodes.FieldProblem{{Pointer: "/items", Code: "required", Message: "Choose the list to go through."}}
	}
	return nil
}

func loop(call *nodes.Call, p LoopParams) (nodes.Directive, error) {
	items, err := itemsOf(call, p.Items)
	if err != nil {
		return nil, err
	}
	return nodes.Iterate{Items: items, ContinueOnError: p.OnItemError == "continue"}, nil
}

// itemsOf reads what senders give where a list is meant: XML and forms make a
// list of one entry look like the entry itself, and some send JSON as text.
func itemsOf(call *nodes.Call, v any) ([]any, error) {
	switch x := v.(type) {
	case nil:
		return []any{}, nil
	case []any:
		return x, nil
	case string:
		text := strings.TrimSpace(x)
		if text == "" {
			return []any{}, nil
		}
		if strings.HasPrefix(text, "[") {
			if list, err := value.Decode([]byte(text)); err == nil {
				return list.([]any), nil
			}
		}
		call.Warn("There was one text instead of a list; it is the only item. Use split() to make a list of a text with separators.")
		return []any{x}, nil
	case map[string]any:
		if len(x) == 0 {
			return []any{}, nil
		}
		call.Warn("There was one object instead of a list; it is the only item.")
		return []any{x}, nil
	}
	return nil, nodes.Permanent(errors.New("a loop needs a list, and this is a number or a switch: map a list"))
}
