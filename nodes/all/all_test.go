package all_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
)

var update = flag.Bool("update", false, "write testdata/descriptors.json anew")

// The descriptors are what the API, the forms and stored documents rely on. A
// change of the golden file is a change of them all: never rename a type or a
// key, raise the version and lift older params instead.
func TestDescriptors(t *testing.T) {
	var descriptors []nodes.Descriptor
	for _, n := range nodes.Default().All() {
		descriptors = append(descriptors, n.Descriptor)
	}
	got, err := json.MarshalIndent(descriptors, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	const file = "testdata/descriptors.json"
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		at := 0
		for at < min(len(got), len(want)) && got[at] == want[at] {
			at++
		}
		near := func(b []byte) string { return string(b[max(0, at-200):min(len(b), at+200)]) }
		t.Errorf("%s is stale; if the change is meant, run go test ./nodes/all -update\n--- got\n%s\n--- want\n%s", file, near(got), near(want))
	}
}

// The types that scripts rely on (contract), so that none is lost.
func TestTheBundleIsComplete(t *testing.T) {
	want := []string{
		"auth.api_key", "auth.basic", "auth.bearer", "auth.oauth2", "contact.add_tag", "contact.created", "contact.find", "contact.remove_tag",
		"contact.replied", "contact.updated", "contact.upsert", "course.certificate", "course.completed", "course.enrolled",
		"course.lesson_completed", "course.milestone", "course.record", "custom_value.set", "email.send", "flow.branch", "flow.filter",
		"flow.goal", "flow.loop", "flow.split", "flow.stop", "flow.wait", "flow.wait_for", "form.submitted", "manual.start", "offer.grant", "offer.granted", "offer.revoke", "offer.revoked",
		"order.chargeback", "order.created", "order.record", "order.refunded", "payment.failed", "payment.record",
		"payment.succeeded", "paypal.confirm", "purchase.created", "purchase.record", "refund.record", "schedule.tick", "subscription.canceled",
		"subscription.created", "subscription.record", "subscription.renewed", "subscription.trial_ended",
		"subscription.trial_started", "tag.added", "tag.removed", "webhook.catch", "webhook.respond", "webhook.send",
	}
	var got []string
	for _, n := range nodes.Default().All() {
		got = append(got, n.Type)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

var (
	icon         = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	sentenceCase = regexp.MustCompile(`^[A-Z][^.!?:]*$`)
)

// initialisms may stand in capitals within a label.
var initialisms = regexp.MustCompile(`\b(ID|IDs|API|HTTP|URL|JSON|IP|Svix|Standard|Webhooks|Bearer|GitHub|PayPal)\b`)

func TestEveryNode(t *testing.T) {
	for _, n := range nodes.Default().All() {
		t.Run(n.Type, func(t *testing.T) {
			if !icon.MatchString(n.Icon) {
				t.Errorf("icon %q is no Tabler name", n.Icon)
			}
			if !label(n.Name) {
				t.Errorf("name %q: write it like a sentence, without a full stop", n.Name)
			}
			if !strings.HasSuffix(n.Summary, ".") || len(n.Summary) > 120 {
				t.Errorf("summary %q: one sentence of at most 120 characters", n.Summary)
			}
			checkSample(t, n)
			checkFields(t, n, n.Fields, "")
			if reads := n.Kind == nodes.KindAction || n.Kind == nodes.KindInternal || n.Kind == nodes.KindTrigger; reads && n.Sample == nil {
				t.Error("people map by the sample before the first run: it has none")
			}
		})
	}
}

func label(text string) bool {
	rest := initialisms.ReplaceAllString(text, "x")
	return sentenceCase.MatchString(text) && rest[1:] == strings.ToLower(rest[:1] + rest[1:])[1:]
}

func checkSample(t *testing.T, n *nodes.NodeType) {
	if n.Sample == nil {
		return
	}
	text, err := value.Encode(n.Sample)
	if err != nil {
		t.Errorf("the sample is no JSON: %v", err)
	}
	plain, err := value.Decode(text)
	if err != nil || !reflect.DeepEqual(plain, any(n.Sample)) {
		t.Errorf("the sample holds other than plain values: %v", n.Sample)
	}
	if n.Kind == nodes.KindTrigger && (n.Sample["type"] != n.Type || n.Sample["id"] == nil) {
		t.Errorf("the sample of a trigger shows its id and type: %v", n.Sample)
	}
}

// mayMap are the fields of triggers that read the request by themselves.
var mayMap = []string{"webhook.catch /dedupe/key", "webhook.catch /respond/headers", "webhook.catch /respond/body", "webhook.catch /when"}

func checkFields(t *testing.T, n *nodes.NodeType, fields []nodes.Field, at string) {
	for _, f := range fields {
		pointer := at + "/" + f.Key
		if !label(f.Label) {
			t.Errorf("%s: label %q: write it like a sentence, without a full stop", pointer, f.Label)
		}
		if f.Help != "" && !strings.HasSuffix(f.Help, ".") {
			t.Errorf("%s: help %q ends with a full stop", pointer, f.Help)
		}
		for _, o := range f.Options {
			if o.Value == "" || o.Label == "" {
				t.Errorf("%s: option %+v", pointer, o)
			}
		}
		if mapping.HasMapping(f.Example) {
			if _, problems := mapping.Compile(f.Example); len(problems) > 0 {
				t.Errorf("%s: the example does not compile: %v", pointer, problems)
			}
		}
		// Nothing is known when a trigger judges or a connection is stored.
		fixed := n.Kind == nodes.KindTrigger || n.Kind == nodes.KindConnection
		if fixed && !f.NoMap && f.Kind != nodes.FieldGroup && f.Kind != nodes.FieldSecret && !slices.Contains(mayMap, n.Type+" "+pointer) {
			t.Errorf("%s takes mappings, which a %s cannot resolve: add no_map", pointer, n.Kind)
		}
		checkFields(t, n, f.Fields, pointer)
	}
}

// Whatever stands in a document, checking it gives problems and never a panic,
// and no type changes the params that it is shown.
func TestEveryNodeChecksAnything(t *testing.T) {
	types := nodes.Default().All()
	rapid.Check(t, func(rt *rapid.T) {
		n := types[rapid.IntRange(0, len(types)-1).Draw(rt, "type")]
		params := rapid.MapOf(rapid.SampledFrom(append(keysOf(n.Fields), "other")), plain(3, keysOf(n.Fields))).Draw(rt, "params")
		before, err := value.Encode(params)
		if err != nil {
			rt.Fatal(err)
		}
		n.Check(params)
		n.Provides(params)
		if n.Expand != nil {
			n.Expand(value.Clone(params).(map[string]any))
		}
		if n.Open != nil {
			_, _ = n.Open(params)
		}
		if n.Hosts != nil {
			_, _ = n.Hosts(params)
		}
		if after, _ := value.Encode(params); !bytes.Equal(before, after) {
			rt.Fatalf("%s changed its params:\n%s\n%s", n.Type, before, after)
		}
	})
}

func keysOf(fields []nodes.Field) []string {
	var keys []string
	for _, f := range fields {
		keys = append(keys, f.Key)
		keys = append(keys, keysOf(f.Fields)...)
	}
	return keys
}

func plain(depth int, keys []string) *rapid.Generator[any] {
	texts := []string{"", "email", "custom", "stripe", "field", "template", "standard", "{{ x }}", "{{", "10m", "https://a.b/{{ x }}", "[", "*.com", "\r\n", "4xx"}
	scalars := []*rapid.Generator[any]{
		rapid.Just[any](nil), rapid.Bool().AsAny(), rapid.Int().AsAny(), rapid.Float64Range(-1e6, 1e6).AsAny(),
		rapid.SampledFrom(texts).AsAny(), rapid.String().AsAny(), rapid.Just[any](json.Number("12345678901234567890")),
	}
	if depth == 0 {
		return rapid.OneOf(scalars...)
	}
	inner := plain(depth-1, keys)
	key := rapid.SampledFrom(append([]string{"", "a", "$secret", "met", "match", "rules"}, keys...))
	return rapid.OneOf(append(scalars, rapid.SliceOfN(inner, 0, 3).AsAny(), rapid.MapOfN(key, inner, 0, 4).AsAny())...)
}
