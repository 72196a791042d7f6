package ingress

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// Taking the marker out leaves every other byte of the query as it was, because
// some senders sign it.
func TestMarkerIsTakenOut(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		part := rapid.OneOf(rapid.SampledFrom([]string{"__test=1", "__test=0", "__test", "a=__test=1", "__test2=1", "x=%20+", "", "="}),
			rapid.StringMatching(`[a-z%=+._-]{0,8}`))
		parts := rapid.SliceOfN(part, 0, 6).Draw(rt, "parts")
		var kept []string
		marked := false
		for _, p := range parts {
			if p == "__test" || strings.HasPrefix(p, "__test=") {
				marked = marked || p == "__test=1"
				continue
			}
			kept = append(kept, p)
		}
		raw := strings.Join(parts, "&")
		if got, want := withoutMarker(raw), strings.Join(kept, "&"); got != want {
			rt.Fatalf("%q became %q, want %q", raw, got, want)
		}
		if got := isTest(&http.Request{URL: &url.URL{RawQuery: raw}}); got != marked {
			rt.Fatalf("%q: test %v", raw, got)
		}
	})
}
