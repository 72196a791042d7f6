package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/value"
)

// Difference is one thing that is not as it was expected.
type Difference struct {
	// Pointer is the JSON pointer of the expectation in the test file.
	Pointer string `json:"pointer"`
	// Line is where that stands, 0 where it is not known.
	Line int `json:"line,omitempty"`
	// Message says what differs; it is "" where Expected and Got say all.
	Message string `json:"message,omitempty"`
	// Expected and Got are the two values as people read them.
	Expected string `json:"expected,omitempty"`
	Got      string `json:"got,omitempty"`
}

// judge collects differences.
type judge struct{ found []Difference }

// maxDifferences keeps a report readable.
const maxDifferences = 50

func (j *judge) differ(at string, expected, got any) {
	j.add(Difference{Pointer: at, Expected: shown(expected), Got: shown(got)})
}

func (j *judge) say(at, format string, args ...any) {
	j.add(Difference{Pointer: at, Message: fmt.Sprintf(format, args...)})
}

func (j *judge) add(d Difference) {
	if len(j.found) < maxDifferences {
		j.found = append(j.found, d)
	}
}

// absent stands for a value that is not there.
type absent struct{}

// shown is a value as a line of JSON, cut where it is long.
func shown(v any) string {
	if _, missing := v.(absent); missing {
		return "nothing"
	}
	text, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(v)
	}
	if len(text) > 2_000 {
		return strings.ToValidUTF8(string(text[:2_000]), "") + " …"
	}
	return string(text)
}

// same compares a value with what a test expects. Objects may have more keys than
// the expected one unless exactly is set.
func (j *judge) same(at string, expected, got any, exactly bool) {
	switch want := expected.(type) {
	case map[string]any:
		object, ok := got.(map[string]any)
		if !ok {
			j.differ(at, expected, got)
			return
		}
		j.sameObject(at, want, object, exactly)
		return
	case []any:
		list, ok := got.([]any)
		if !ok || len(list) != len(want) {
			j.differ(at, expected, got)
			return
		}
		for i := range want {
			j.same(at+"/"+strconv.Itoa(i), want[i], list[i], exactly)
		}
		return
	case string:
		if fits, isPattern := pattern(want, got); isPattern {
			if !fits {
				j.differ(at, expected, got)
			}
			return
		}
	}
	if _, missing := got.(absent); missing || !equal(expected, got) {
		j.differ(at, expected, got)
	}
}

// equal compares scalars, and lists and objects where one side is neither: as JSON, so
// that 1 and 1.0 are the same and 1 and "1" are not.
func equal(a, b any) bool {
	left, err := value.Encode(value.Normalize(a))
	right, err2 := value.Encode(value.Normalize(b))
	return err == nil && err2 == nil && bytes.Equal(left, right)
}

func (j *judge) sameObject(at string, want, object map[string]any, exactly bool) {
	for _, key := range slices.Sorted(maps.Keys(want)) {
		inner := value.Under(at, key)
		got, has := object[key]
		if !has {
			got = absent{}
		}
		j.same(inner, want[key], got, exactly)
	}
	if !exactly {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if _, expected := want[key]; !expected {
			j.differ(value.Under(at, key), absent{}, object[key])
		}
	}
}

var (
	anyID = regexp.MustCompile(`^[a-z]{2,3}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`)
	asked = regexp.MustCompile(`(?s)^<(matches|contains) (.*)>$`)
)

// pattern compares with one of the words that stand for values which differ from
// time to time; isPattern is false for any other text.
func pattern(want string, got any) (fits, isPattern bool) {
	text, isText := got.(string)
	_, missing := got.(absent)
	switch want {
	case "<any>":
		return !missing, true
	case "<missing>":
		return missing || got == nil, true
	case "<id>":
		return isText && anyID.MatchString(text), true
	case "<text>":
		return isText && text != "", true
	case "<number>":
		switch got.(type) {
		case int, int64, float64, json.Number:
			return true, true
		}
		return false, true
	case "<time>":
		_, err := time.Parse(time.RFC3339, text)
		return isText && err == nil, true
	}
	m := asked.FindStringSubmatch(want)
	if m == nil {
		return false, false
	}
	if !isText {
		if missing {
			return false, true
		}
		text = shown(got)
	}
	if m[1] == "contains" {
		return strings.Contains(text, m[2]), true
	}
	re, err := regexp.Compile(m[2])
	return err == nil && re.MatchString(text), true
}
