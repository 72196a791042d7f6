package run

import "testing"

func TestTypedCredentialsAreHidden(t *testing.T) {
	for params, want := range map[string]string{
		`{"headers":{"Authorization":"Bearer s3cret","X-Shop":"7"},"url":"https://example.com"}`: `{"headers":{"Authorization":"[redacted]","X-Shop":"7"},"url":"https://example.com"}`,
		`{"headers":{"X-Shop":"7"},"big":12345678901234567890}`:                                  `{"headers":{"X-Shop":"7"},"big":12345678901234567890}`,
		`{"headers":[{"cookie":"a"}]}`:                                                           `{"headers":[{"cookie":"a"}]}`,
		`["headers"]`:                                                                            `["headers"]`,
		``:                                                                                       `null`,
	} {
		if got := string(shownParams([]byte(params))); got != want {
			t.Errorf("%s is shown as %s, not %s", params, got, want)
		}
	}
}
