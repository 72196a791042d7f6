package mapping

import (
	"encoding/json"
	"reflect"
	"strconv"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
)

// maxEncode bounds one JSON text made inside an expression: writing it takes
// several times its size for a moment.
const maxEncode = 2 << 20

// maxIdentities bounds how many values of the scope are remembered when a large
// result is told apart from what it passes through.
const maxIdentities = 200_000

// nodesAStep is how many values one step of the budget walks over.
const nodesAStep = 8

// measure walks a value and sums up how long its JSON is, stopping at a limit.
type measure struct {
	r     *run
	limit int
	total int // bytes counted against limit
	all   int // bytes with what is passed through by reference
	nodes int
	// scope knows what the scope holds, when it is not nil: such a value is free
	// the first time it is met.
	scope *identities
	// within is set inside of such a value: what it holds was met with it.
	within *identities
}

// sizeWithin gives the length of v as JSON, or an error above limit bytes.
func (r *run) sizeWithin(v any, limit int) (int, error) {
	m := measure{r: r, limit: min(limit, maxEncode)}
	if err := m.add(v, 0); err != nil {
		return 0, err
	}
	return m.total, nil
}

func (m *measure) add(v any, depth int) error {
	if depth > 2*value.MaxDepth {
		return failf(CodeTooComplex, "a value is nested too deeply")
	}
	if m.nodes++; m.nodes%nodesAStep == 0 {
		if err := m.r.work(1); err != nil {
			return err
		}
	}
	free, err := m.passedThrough(v, depth)
	if err != nil || free {
		return err
	}
	switch x := v.(type) {
	case string:
		return m.count(quotedLen(x))
	case []any:
		for _, e := range x {
			if err := m.add(e, depth+1); err != nil {
				return err
			}
		}
		return m.count(len(x) + 2)
	case map[string]any:
		for k, e := range x {
			if err := m.count(quotedLen(k) + 2); err != nil {
				return err
			}
			if err := m.add(e, depth+1); err != nil {
				return err
			}
		}
		return m.count(2)
	}
	return m.count(scalarLen(v))
}

func (m *measure) count(n int) error {
	m.total += n
	m.all += n
	if m.total > m.limit || m.all > MaxText {
		return failf(CodeLimitResult, "the value is larger than %d KiB", m.limit>>10)
	}
	return m.r.read(n)
}

// passedThrough weighs a value of the scope that is met for the first time
// against MaxText only.
func (m *measure) passedThrough(v any, depth int) (bool, error) {
	m.within.take(v)
	if !m.scope.take(v) {
		return false, nil
	}
	inner := measure{r: m.r, limit: MaxText - m.all, within: m.scope}
	if err := inner.add(v, depth); err != nil {
		return false, err
	}
	m.all += inner.total
	return true, nil
}

func scalarLen(v any) int {
	switch x := v.(type) {
	case int:
		var digits [20]byte
		return len(strconv.AppendInt(digits[:0], int64(x), 10))
	case float64:
		var digits [32]byte
		return len(strconv.AppendFloat(digits[:0], x, 'g', -1, 64))
	case json.Number:
		return len(x)
	}
	return 5
}

// quotedLen is the length of text as a JSON string with its quotes.
func quotedLen(text string) int {
	n := len(text) + 2
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' || c == '\b' || c == '\f':
			n++
		case c < 0x20:
			n += 5
		}
	}
	if !utf8.ValidString(text) {
		n += 2 * len(text)
	}
	return n
}

// identities are the values of the scope that a result may pass through: lists
// and objects by where they live, longer texts by what they say.
type identities struct {
	places map[uintptr]bool
	texts  map[string]bool
}

// take reports whether v is a value of the scope that was not met before.
func (ids *identities) take(v any) bool {
	if ids == nil {
		return false
	}
	if text, ok := v.(string); ok {
		if len(text) > bytesAStep && ids.texts[text] {
			ids.texts[text] = false
			return true
		}
		return false
	}
	if place := placeOf(v); place != 0 && ids.places[place] {
		ids.places[place] = false
		return true
	}
	return false
}

// collect remembers everything inside v.
func (ids *identities) collect(v any, depth int) {
	if depth > 2*value.MaxDepth || len(ids.places)+len(ids.texts) >= maxIdentities {
		return
	}
	if place := placeOf(v); place != 0 {
		ids.places[place] = true
	}
	switch x := v.(type) {
	case string:
		if len(x) > bytesAStep {
			ids.texts[x] = true
		}
	case []any:
		for _, e := range x {
			ids.collect(e, depth+1)
		}
	case map[string]any:
		for _, e := range x {
			ids.collect(e, depth+1)
		}
	}
}

// placeOf tells where a list or an object lives, 0 for everything else.
func placeOf(v any) uintptr {
	switch x := v.(type) {
	case []any:
		if len(x) > 0 {
			return reflect.ValueOf(x).Pointer()
		}
	case map[string]any:
		if len(x) > 0 {
			return reflect.ValueOf(x).Pointer()
		}
	}
	return 0
}
