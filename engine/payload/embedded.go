package payload

import (
	"fmt"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// embeddedFields are the form fields that well-known senders fill with JSON in a
// string: payload (GitHub, Slack) and rawRequest (Jotform). Other fields stay
// text, because a person may have typed brackets into them.
var embeddedFields = []string{"payload", "rawRequest"}

// readEmbedded replaces JSON in a string by what it says.
func (p *parser) readEmbedded(form map[string]any) {
	for _, name := range embeddedFields {
		text, ok := form[name].(string)
		if !ok {
			continue
		}
		if start := strings.TrimLeft(text, " \t\r\n"); start == "" || start[0] != '{' && start[0] != '[' {
			continue
		}
		if v, ok := p.embedded(name, text); ok {
			form[name] = v
		}
	}
}

// embedded reads the JSON text of one field, or notes why it stays text.
func (p *parser) embedded(name, text string) (any, bool) {
	v, err := value.Decode([]byte(text))
	switch {
	case err != nil:
		p.note(fmt.Sprintf("The field %s looks like JSON but is not: %v. It was kept as text.", clip(name), err))
		return nil, false
	case !embeddable(v):
		p.note(fmt.Sprintf("The JSON in the field %s is nested too deeply. It was kept as text.", clip(name)))
		return nil, false
	}
	p.note(fmt.Sprintf("The field %s holds JSON in a string. It was read as JSON.", clip(name)))
	return v, true
}
