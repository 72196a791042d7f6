package workflow

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

func sendFields(t *testing.T, text string, fn func(string, any) (any, error)) (map[string]any, map[string]any, error) {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	params := v.(map[string]any)
	before := value.Clone(params)
	out, err := MapSecrets(testRegistry().Lookup("webhook.send").Fields, params, fn)
	if diff := cmp.Diff(before, any(params)); diff != "" {
		t.Errorf("the params were changed: %s", diff)
	}
	return params, out, err
}

func TestMapSecretsTouchesSecretFieldsOnly(t *testing.T) {
	var seen []string
	_, out, err := sendFields(t, `{"url":"https://example.com","secret":"plain","body":{"secret":"kept","x":{"$secret":"sec_1"}},
		"also":[{"url":"u","token":{"$secret":"sec_2"}},{"url":"v"},{"token":null},"odd"]}`, func(at string, v any) (any, error) {
		seen = append(seen, at)
		return "***", nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"url": "https://example.com", "secret": "***", "body": map[string]any{"secret": "kept", "x": map[string]any{"$secret": "sec_1"}},
		"also": []any{map[string]any{"url": "u", "token": "***"}, map[string]any{"url": "v"}, map[string]any{"token": nil}, "odd"},
	}
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"/secret", "/also/0/token"}, seen); diff != "" {
		t.Error(diff)
	}
}

func TestMapSecretsTakesOneEntryForAList(t *testing.T) {
	_, out, err := sendFields(t, `{"also":{"token":"plain"}}`, func(string, any) (any, error) { return "***", nil })
	if diff := cmp.Diff(map[string]any{"also": map[string]any{"token": "***"}}, out); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestMapSecretsEndsWithTheFirstError(t *testing.T) {
	stop := errors.New("stop")
	for _, text := range []string{`{"secret":"x"}`, `{"also":[{"token":"x"}]}`} {
		if _, out, err := sendFields(t, text, func(string, any) (any, error) { return nil, stop }); !errors.Is(err, stop) || out != nil {
			t.Errorf("%s gave %v, %v", text, out, err)
		}
	}
}

func TestSecretRef(t *testing.T) {
	tests := map[string]bool{`{"$secret":"sec_1"}`: true, `{"$secret":""}`: false, `{"$secret":1}`: false, `{"$secret":"sec_1","x":1}`: false, `"sec_1"`: false, `null`: false}
	for text, want := range tests {
		v, err := value.Decode([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if _, ok := SecretRef(v); ok != want {
			t.Errorf("%s is a reference: %v", text, ok)
		}
	}
}
