package value

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestPointersAreThoseOfTheStandard takes the examples of RFC 6901, section 5.
func TestPointersAreThoseOfTheStandard(t *testing.T) {
	for key, want := range map[string]string{"foo": "/foo", "": "/", "a/b": "/a~1b", "c%d": "/c%d", "e^f": "/e^f", " ": "/ ", "m~n": "/m~0n", "~1": "/~01"} {
		if got := Under("", key); got != want {
			t.Errorf("the pointer of %q is %q, not %q", key, got, want)
		}
	}
	if got := Under("/steps/0", "a/b"); got != "/steps/0/a~1b" {
		t.Errorf("the pointer of a member is %q", got)
	}
}

func TestPointerPartsNameTheirKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.StringOf(rapid.SampledFrom([]rune("~/01aé "))).Draw(t, "key")
		part := EscapeKey(key)
		if strings.Contains(part, "/") {
			t.Fatalf("%q is more than one part", part)
		}
		if got := UnescapeKey(part); got != key {
			t.Fatalf("%q came back as %q", key, got)
		}
	})
}
