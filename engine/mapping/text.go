package mapping

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Text writes a plain value as mixed text does: nil is "", numbers have no
// exponent, objects and lists are compact JSON. It never fails: what JSON
// cannot hold is "".
func Text(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case string:
		return x
	case bool:
		return strconv.FormatBool(x)
	case int:
		return strconv.Itoa(x)
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64)
	case json.Number:
		return string(x)
	}
	text, err := value.Encode(v)
	if err != nil {
		return ""
	}
	return string(text)
}

// show writes a value for a message.
func show(v any) string {
	switch x := v.(type) {
	case nil:
		return "nothing"
	case string:
		return strconv.Quote(shorten(x, 40))
	case []any:
		return "a list"
	case map[string]any:
		return "an object"
	}
	return shorten(Text(v), 40)
}

// kind names the type of a plain value in the words of the function table.
func kind(v any) string {
	switch v.(type) {
	case nil:
		return "nothing"
	case string:
		return "text"
	case bool:
		return "yes/no"
	case int, float64, json.Number:
		return "number"
	case []any:
		return "list"
	case map[string]any:
		return "object"
	}
	return "value"
}

// textOf is Text for the inside of expressions: what it writes is charged, and
// a value too large or too deep to write is an error.
func (r *run) textOf(v any) (string, error) {
	switch x := v.(type) {
	case string:
		return x, nil
	case []any, map[string]any:
		return r.encode(x)
	}
	return Text(v), nil
}

// encode writes compact JSON within the budget. The size is found first, since
// a small expression can name one large value many times.
func (r *run) encode(v any) (string, error) {
	size, err := r.sizeWithin(v, r.built)
	if err != nil {
		return "", err
	}
	if err := r.grow(size); err != nil {
		return "", err
	}
	if err := r.read(4 * size); err != nil {
		return "", err
	}
	text, err := value.Encode(v)
	if err != nil {
		return "", failf(CodeBadValue, "%s cannot be written as JSON", show(v))
	}
	return string(text), nil
}

// truthText are the words that form senders use for yes and no.
func truthText(text string) (truth, ok bool) {
	switch strings.ToLower(strings.TrimSpace(text)) {
	case "true", "yes", "on", "1", "y":
		return true, true
	case "false", "no", "off", "0", "n", "":
		return false, true
	}
	return false, false
}
