package sender

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/value"
)

func decode(t testing.TB, text string) any {
	t.Helper()
	v, err := value.Decode([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func text(t testing.TB, v any) string {
	t.Helper()
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// place leads to a place of a value; a test wants it to be there.
func place(t testing.TB, v any, path string) any {
	t.Helper()
	found, ok := Find(v, path)
	if !ok {
		t.Errorf("there is no %s in %s", path, text(t, v))
	}
	return found
}

// A shape may be applied to what was shaped, leaves its argument alone, and takes
// whatever a stranger sends.
func TestShapes(t *testing.T) {
	for _, s := range All() {
		for _, sample := range s.Samples {
			body := read(t, s, sample)
			if once, twice := text(t, body), text(t, s.Shaped(body)); once != twice {
				t.Errorf("%s %s: shaped twice: %s", s.Name, sample.Event, twice)
			}
		}
		for _, strange := range []string{`null`, `7`, `"x"`, `[]`, `[{"type":1}]`, `{}`, `{"payload":null}`, `{"payload":7,"member":[]}`, `{"payload":[null,7,{"type":"offers"}],"event":{}}`,
			`{"answers":7,"form_response":{"answers":[{"type":"text","text":"x","field":{"id":"a"}}]}}`, `{"form_response":[1]}`, `{"form_response":{"answers":"x","definition":7}}`,
			`{"form_response":{"answers":[null,7,{"type":[],"field":7},{"type":"choice","choice":null,"field":{"ref":"r"}}]}}`, `{"rawRequest":{"q1_":1,"q2_a":{"full":7},"qx_b":2,"q99999999999_c":3}}`,
			`{"rawRequest":"q1"}`, `{"payload":{"questions_and_answers":[{"question":7},null,{"question":"?"}]}}`, `{"payment_date":"PST"}`, `{"payment_date":" PST"}`, `{"challenge":7,"type":"url_verification"}`} {
			before := decode(t, strange)
			shaped := s.Shaped(before)
			if text(t, before) != text(t, decode(t, strange)) {
				t.Errorf("%s changes %s", s.Name, strange)
			}
			if once, twice := text(t, shaped), text(t, s.Shaped(shaped)); once != twice {
				t.Errorf("%s: %s becomes %s, then %s", s.Name, strange, once, twice)
			}
			s.LabelsOf(before)
			s.LabelsOf(shaped)
			if s.Handshake != nil {
				s.Handshake(http.Header{}, before)
			}
		}
	}
	if Named("nobody").Shaped(7) != 7 {
		t.Error("nobody shapes something")
	}
}

// anything draws a plain value whose keys are those that shapes look for.
func anything(depth int) *rapid.Generator[any] {
	leaf := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.SampledFrom([]string{"", "offers", "Offer", "text", "choice", "purchase.created", "x 1", "20:12:59 Jan 13, 2009 PST"}), func(s string) any { return s }),
		rapid.Map(rapid.Int(), func(n int) any { return n }), rapid.Map(rapid.Bool(), func(b bool) any { return b }))
	if depth == 0 {
		return leaf
	}
	keys := rapid.SampledFrom([]string{"answers", "form_response", "definition", "fields", "field", "id", "ref", "type", "title", "text", "choice", "choices", "labels", "label", "rawRequest", "q1_name", "q2_name",
		"payload", "event", "member", "member_email", "offer", "offer_id", "offer_ids", "offers", "purchases", "order_items", "item_type", "item_id", "attributes", "relationships", "customer", "data",
		"questions_and_answers", "question", "answer", "payment_date", "paid_at", "first", "last", "full", "raw_extra_contact_information", "contact_information", "name"})
	return rapid.OneOf(leaf,
		rapid.Map(rapid.SliceOfN(rapid.Deferred(func() *rapid.Generator[any] { return anything(depth - 1) }), 0, 3), func(l []any) any { return l }),
		rapid.Map(rapid.MapOfN(keys, rapid.Deferred(func() *rapid.Generator[any] { return anything(depth - 1) }), 0, 4), func(m map[string]any) any { return m }))
}

func TestShapesTakeAnything(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		body := anything(5).Draw(rt, "body")
		before := text(t, body)
		for _, s := range All() {
			shaped := s.Shaped(body)
			if text(t, body) != before {
				rt.Fatalf("%s changed its argument", s.Name)
			}
			if once, twice := text(t, shaped), text(t, s.Shaped(shaped)); once != twice {
				rt.Fatalf("%s: %s becomes %s, then %s", s.Name, before, once, twice)
			}
			s.LabelsOf(shaped)
		}
	})
}

// S3: the three forms that Kajabi sends give the same data.
func TestKajabiIsOneForm(t *testing.T) {
	kajabi := Named("kajabi")
	api := `{"id":"5","event":"purchase","payload":[%s]}`
	purchase := `{"id":"5","type":"purchases","attributes":{"amount_in_cents":1000,"opt_in":false,"currency":"USD","raw_extra_contact_information":{"address_city":"London"}},"relationships":{"customer":{"data":{"id":"7","type":"customers"}},"offer":{"data":{"id":"9","type":"offers"}}}}`
	offer := `{"id":"9","type":"offers","attributes":{"title":"Course A"}}`
	customer := `{"id":"7","type":"customers","attributes":{"name":"Ada Lovelace","email":"ada@example.com"}}`
	forms := map[string]string{
		"API":               strings.Replace(api, "%s", strings.Join([]string{purchase, offer, customer}, ","), 1),
		"API, other order":  strings.Replace(api, "%s", strings.Join([]string{customer, purchase, offer}, ","), 1),
		"older, flat":       `{"id":5,"event":"purchase.created","payload":{"member_id":7,"member_email":"ada@example.com","member_name":"Ada Lovelace","member_first_name":"Ada","member_last_name":"Lovelace","contact_address_city":"London","opt_in":false,"amount_in_cents":1000,"currency":"USD","offer_id":9,"offer_title":"Course A"}}`,
		"newer, nested":     `{"id":5,"event":"purchase.created","payload":{"member":{"id":7,"email":"ada@example.com","first_name":"Ada","last_name":"Lovelace"},"offer":{"id":9,"title":"Course A"},"address_city":"London","opt_in":false,"amount_in_cents":1000,"currency":"USD"}}`,
		"newer, not nested": `{"id":5,"event":"purchase.created","member":{"id":7,"email":"ada@example.com","name":"Ada Lovelace"},"offer":{"id":9,"title":"Course A"},"extra_contact_information":{"address_city":"London"},"opt_in":false,"amount_in_cents":1000,"currency":"USD"}`,
	}
	for name, form := range forms {
		body := kajabi.Shaped(decode(t, form))
		for path, want := range map[string]any{
			"event": "purchase", "payload.customers.email": "ada@example.com", "payload.customers.name": "Ada Lovelace",
			"payload.customers.first_name": "Ada", "payload.customers.last_name": "Lovelace", "payload.customers.id": "7",
			"payload.customers.address_city": "London", "payload.offers.id": "9", "payload.offers.title": "Course A",
			"payload.purchases.amount_in_cents": 1000, "payload.purchases.currency": "USD", "payload.purchases.opt_in": false,
		} {
			if got := place(t, body, path); got != want {
				t.Errorf("%s: %s is %v, want %v", name, path, got, want)
			}
		}
		if ids := text(t, place(t, body, "payload.offer_ids")); ids != `["9"]` {
			t.Errorf("%s: offers %s", name, ids)
		}
	}
	if kajabi.Dedupe != "" {
		t.Error("Kajabi's body id names the resource, not the delivery")
	}
}

// K21: a transaction over several order bumps names no offer; the items do.
func TestKajabiOrderBumps(t *testing.T) {
	body := Named("kajabi").Shaped(decode(t, `{"id":"3","event":"order_created","payload":[
		{"id":"1","type":"transactions","attributes":{},"relationships":{"offer":{"data":null}}},
		{"id":"3","type":"orders","attributes":{"order_number":12}},
		{"id":"4","type":"order_items","attributes":{"item_type":"Offer","item_id":"9"}},
		{"id":"5","type":"order_items","attributes":{"item_type":"Offer","item_id":10}},
		{"id":"6","type":"order_items","attributes":{"item_type":"Fee","item_id":"11"}},
		{"id":"7","type":"orders","attributes":{"order_number":13}}]}`))
	if ids := text(t, place(t, body, "payload.offer_ids")); ids != `["9","10"]` {
		t.Errorf("offers %s", ids)
	}
	if n := place(t, body, "payload.orders.order_number"); n != 12 {
		t.Errorf("order %v", n)
	}
	if n := len(listOf(place(t, body, "payload.order_items"))); n != 3 {
		t.Errorf("%d items", n)
	}
	if n := place(t, body, "payload.more.orders.0.order_number"); n != 13 {
		t.Errorf("the second order is %v", n)
	}
	if v := place(t, body, "payload.transactions.offer_id"); v != nil {
		t.Errorf("offer %v", v)
	}
}

// TestK21APaymentTakesItsOffersFromItsOrder, by the transaction that both name.
func TestK21APaymentTakesItsOffersFromItsOrder(t *testing.T) {
	kajabi := Named("kajabi")
	payment := kajabi.Shaped(decode(t, `{"id":"1","event":"payment_succeeded","payload":[
		{"id":"1","type":"transactions","attributes":{"amount_in_cents":1900},"relationships":{"offer":{"data":null}}},
		{"id":"7","type":"customers","attributes":{"email":"ada@example.com"}}]}`))
	order := func(transaction string) any {
		return decode(t, `{"id":"3","event":"order_created","payload":[{"id":"`+transaction+`","type":"transactions","attributes":{}},
			{"id":"3","type":"orders","attributes":{"order_number":12}},
			{"id":"4","type":"order_items","attributes":{"item_type":"Offer","item_id":"9"}},
			{"id":"5","type":"order_items","attributes":{"item_type":"Offer","item_id":10}}]}`)
	}
	text1, complete := kajabi.Earlier(payment)
	if text1 != "1" {
		t.Fatalf("looks for %q", text1)
	}
	for _, other := range []any{nil, "text", order("2"), payment, map[string]any{"event": "order_created", "payload": []any{1}}} {
		if body, ok := complete(other); ok {
			t.Errorf("%v completes it to %v", other, body)
		}
	}
	body, ok := complete(order("1"))
	if ids := text(t, place(t, body, "payload.offer_ids")); !ok || ids != `["9","10"]` {
		t.Errorf("offers %s", ids)
	}
	if n := place(t, body, "payload.orders.order_number"); n != 12 || place(t, body, "payload.transactions.amount_in_cents") != 1900 {
		t.Errorf("order %v", n)
	}
	if again, _ := kajabi.Earlier(body); again != "" || len(listOf(place(t, payment, "payload.offer_ids"))) != 0 {
		t.Error("it is still looked for, or the payment itself was changed")
	}
	one := kajabi.Shaped(decode(t, `{"id":"1","event":"payment_succeeded","payload":[{"id":"1","type":"transactions","relationships":{"offer":{"data":{"id":"9","type":"offers"}}}}]}`))
	if text, _ := kajabi.Earlier(one); text != "" {
		t.Errorf("a payment that names its offer looks for %q", text)
	}
}

// The same answers under the same names, whatever their order and whichever
// questions are left out.
func TestAnswersByQuestionSurviveAnotherOrder(t *testing.T) {
	sample, _ := Named("typeform").Sample("")
	rapid.Check(t, func(rt *rapid.T) {
		body := decode(t, string(sample.Body))
		answers := listOf(place(t, body, "form_response.answers"))
		order := rapid.Permutation(answers).Draw(rt, "order")
		kept := order[:rapid.IntRange(1, len(order)).Draw(rt, "kept")]
		under(body, "form_response").(map[string]any)["answers"] = kept
		want := map[string]any{"name": "Ada Lovelace", "email": "ada@example.com", "phone": "+442079460018", "course": "Course A", "consent": true}
		got := under(Named("typeform").Shaped(body), "answers").(map[string]any)
		if len(got) != len(kept) {
			rt.Fatalf("%d answers of %d", len(got), len(kept))
		}
		for key, v := range got {
			if v != want[key] {
				rt.Fatalf("%s: %v", key, v)
			}
		}
	})
	odd := Named("typeform").Shaped(decode(t, `{"form_response":{"definition":{"fields":[{"id":"a1","title":"Which?"}]},"answers":[
		{"type":"choices","choices":{"labels":["A","B"],"other":"C"},"field":{"id":"a1","ref":"01F8-X.Y"}},
		{"type":"choice","choice":{"other":"else"},"field":{"id":"b2"}}]}}`))
	if got := text(t, under(odd, "answers")); got != `{"b2":"else","q_01f8_x_y":["A","B","C"]}` {
		t.Errorf("odd references: %s", got)
	}
}

func TestAnswersOfJotform(t *testing.T) {
	s := Named("jotform")
	sample, _ := s.Sample("")
	body := read(t, s, sample)
	for path, want := range map[string]any{
		"answers.name.first": "Ada", "answers.name.last": "Lovelace", "answers.email": "ada@example.com", "answers.phoneNumber": "(020) 79460018",
		"answers.whichCourse": "Course A", "submissionID": "5712345678901234567",
	} {
		if got := place(t, body, path); got != want {
			t.Errorf("%s: %v", path, got)
		}
	}
	roles := map[string]string{}
	for _, l := range s.LabelsOf(body) {
		roles[l.Path] = l.Role + "|" + l.Text
	}
	for path, want := range map[string]string{
		"answers.name.first": "first_name|Name: first name", "answers.email": "email|Email", "answers.phoneNumber": "phone|Phone number", "answers.whichCourse": "|Which course",
	} {
		if roles[path] != want {
			t.Errorf("%s: %q", path, roles[path])
		}
	}
	twice := s.Shaped(decode(t, `{"rawRequest":{"q9_name":"B","q3_name":"A","q4_3dModel":"C","slug":"x"}}`))
	if got := text(t, under(twice, "answers")); got != `{"name":"A","name_2":"B","q_3dModel":"C"}` {
		t.Errorf("equal names: %s", got)
	}
}

func TestAnswersOfCalendly(t *testing.T) {
	s := Named("calendly")
	sample, _ := s.Sample("")
	body := read(t, s, sample)
	if got := place(t, body, "answers.whats_your_company"); got != "Analytical Engines" {
		t.Errorf("company: %v", got)
	}
	if i := slices.IndexFunc(s.LabelsOf(body), func(l Label) bool { return l.Path == "answers.whats_your_company" && l.Text == "What's your company?" }); i < 0 {
		t.Error("the question is no label")
	}
}

func TestKeysOfQuestions(t *testing.T) {
	for words, want := range map[string]string{
		"Your e-mail?": "your_e_mail", "What’s new": "whats_new", "2nd choice": "q_2nd_choice", "???": "question", "": "question", "Größe": "größe",
		"  a  b  ": "a_b", strings.Repeat("long ", 40): strings.Repeat("long_", 12) + "l",
	} {
		if got := keyOf(words); got != want {
			t.Errorf("%q: %q, want %q", words, got, want)
		}
	}
}

func TestHandshakes(t *testing.T) {
	github := Named("github")
	if answer, ok := github.Handshake(header("X-Github-Event", "ping"), nil); !ok || answer.Reason == "" || answer.Body != nil {
		t.Errorf("ping: %+v", answer)
	}
	if _, ok := github.Handshake(header("X-Github-Event", "push"), nil); ok {
		t.Error("a push is no handshake")
	}
	slack := Named("slack")
	if answer, ok := slack.Handshake(nil, decode(t, `{"type":"url_verification","challenge":"abc<b>"}`)); !ok || string(answer.Body) != "abc<b>" || !strings.HasPrefix(answer.ContentType, "text/plain") {
		t.Errorf("challenge: %+v", answer)
	}
	for _, body := range []string{`{"type":"event_callback","challenge":"x"}`, `{"type":"url_verification"}`, `{"type":"url_verification","challenge":"` + strings.Repeat("x", 2000) + `"}`, `[]`} {
		if _, ok := slack.Handshake(nil, decode(t, body)); ok {
			t.Errorf("%.60s is no handshake", body)
		}
	}
	if !slices.Contains(Named("mailchimp").Probe, http.MethodGet) {
		t.Error("Mailchimp tries the address with GET")
	}
}

func TestPayPalsTimes(t *testing.T) {
	for given, want := range map[string]any{
		"20:12:59 Jan 13, 2009 PST": "2009-01-14T04:12:59Z", "01:02:03 Jul 1, 2026 PDT": "2026-07-01T08:02:03Z", "20:12:59 13 Jan 2009 PST": nil, "20:12:59 Jan 13, 2009 CET": nil,
	} {
		body := Named("paypal").Shaped(map[string]any{"payment_date": given})
		if got := under(body, "paid_at"); got != want {
			t.Errorf("%s: %v", given, got)
		}
	}
	sample, _ := Named("paypal").Sample("")
	if name := place(t, read(t, Named("paypal"), sample), "first_name"); name != "Renée" {
		t.Errorf("windows-1252: %v", name)
	}
}
