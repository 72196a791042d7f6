package payload

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/value"
)

type (
	object = map[string]any
	list   = []any
)

func TestParse(t *testing.T) {
	const formType = "application/x-www-form-urlencoded"
	for name, c := range map[string]struct {
		contentType string
		body        string
		kind        string
		want        any
		note        string // part of one note; "" wants none
	}{
		"json object":             {"application/json", `{"a":1,"b":[true,null]}`, KindJSON, object{"a": 1, "b": list{true, nil}}, ""},
		"json array":              {"application/json; charset=utf-8", `[1,"x"]`, KindJSON, list{1, "x"}, ""},
		"json scalar":             {"text/json", `"x"`, KindJSON, "x", ""},
		"json null":               {"application/json", `null`, KindJSON, nil, ""},
		"json by suffix":          {"application/vnd.api+json", `{"a":1.5}`, KindJSON, object{"a": 1.5}, ""},
		"json, broken parameter":  {"application/json; charset", `{"a":1}`, KindJSON, object{"a": 1}, ""},
		"json, type in capitals":  {"Application/JSON", `1`, KindJSON, 1, ""},
		"18-digit id":             {"application/json", `{"id":820982911946154508}`, KindJSON, object{"id": 820982911946154508}, ""},
		"json under form":         {formType, `{"a":"b=c&d"}`, KindJSON, object{"a": "b=c&d"}, "announced application/x-www-form-urlencoded, but the body is JSON"},
		"json under text":         {"text/plain", ` [1]`, KindJSON, list{1}, "announced text/plain"},
		"json without a type":     {"", `{"a":1}`, KindJSON, object{"a": 1}, "announced no content type"},
		"json under an odd type":  {"application/octet-stream", `{"a":1}`, KindJSON, object{"a": 1}, "announced application/octet-stream"},
		"json under xml":          {"text/xml", `{"a":1}`, KindJSON, object{"a": 1}, "announced text/xml"},
		"json under multipart":    {"multipart/form-data; boundary=x", `{"a":1}`, KindJSON, object{"a": 1}, "announced multipart/form-data"},
		"F16 json to a form":      {formType, `{"files":{"filepath":"/etc/passwd"}}`, KindJSON, object{"files": object{"filepath": "/etc/passwd"}}, "was read as JSON"},
		"text in brackets":        {"text/plain", "[INFO] started", KindText, "[INFO] started", "starts like JSON but is not"},
		"text in braces":          {"text/plain", "{name} bought", KindText, "{name} bought", "starts like JSON but is not"},
		"text":                    {"text/plain", "hello {{name}}", KindText, "hello {{name}}", ""},
		"text in latin 1":         {"text/plain; charset=ISO-8859-1", "Ren\xe9", KindText, "René", ""},
		"text in UTF-16":          {"text/plain", "\xff\xfeH\x00i\x00", KindText, "Hi", ""},
		"text, mark before label": {"text/plain; charset=latin1", "\xef\xbb\xbfRené", KindText, "René", ""},
		"text, bad bytes":         {"text/plain", "a\xffb", KindText, "a\uFFFDb", "not valid UTF-8"},
		"text, unknown charset":   {"text/plain; charset=klingon", "René", KindText, "René", "klingon is not known"},
		"csv":                     {"text/csv", "a,b\n1,2\n", KindText, "a,b\n1,2\n", ""},
		"lines of json":           {"application/x-ndjson", "{\"a\":1}\n{\"a\":2}\n", KindText, "{\"a\":1}\n{\"a\":2}\n", ""},
		"untyped text":            {"", "hello", KindText, "hello", ""},
		"untyped xml":             {"", `<?xml version="1.0"?><a>1</a>`, KindXML, object{"a": "1"}, "the body is XML"},
		"odd type, text":          {"application/foo", "hello", KindText, "hello", "read as text"},
		"odd type, bytes":         {"application/pdf", "%PDF\x00\xff", KindRaw, nil, "application/pdf, 6 bytes"},
		"image":                   {"image/png", "{}", KindRaw, nil, "no fields to map"},
		"empty":                   {"application/json", "", KindEmpty, nil, ""},
		"empty without a type":    {"", "", KindEmpty, nil, ""},
		"unfilled field":          {"application/json", `{"a":{"b":["x","{{click.up.field).value}}"]}}`, KindJSON, object{"a": object{"b": list{"x", "{{click.up.field).value}}"}}}, "body.a.b[1] holds {{click.up.field).value}}"},
		"F70 stays text":          {"application/json", `{"a":"${7*7} =cmd"}`, KindJSON, object{"a": "${7*7} =cmd"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			raw := []byte(c.body)
			body, err := Parse(c.contentType, raw, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if body.Kind != c.kind {
				t.Errorf("kind %q, want %q", body.Kind, c.kind)
			}
			if diff := cmp.Diff(c.want, body.Value); diff != "" {
				t.Error(diff)
			}
			notes := strings.Join(body.Notes, "\n")
			if c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
			if string(raw) != c.body {
				t.Error("the raw bytes were changed")
			}
		})
	}
}

// F12: the rule for odd JSON is written in the package comment.
func TestOddJSON(t *testing.T) {
	for name, c := range map[string]struct {
		body string
		want any
	}{
		"NUL":               {`{"a":"x\u0000y"}`, object{"a": "x\x00y"}},
		"lone surrogate":    {`{"a":"\ud800!"}`, object{"a": "\uFFFD!"}},
		"surrogate pair":    {`{"a":"\ud83d\ude00"}`, object{"a": "😀"}},
		"invalid UTF-8":     {"{\"a\":\"\xff\"}", object{"a": "\uFFFD"}},
		"byte order mark":   {"\xef\xbb\xbf{\"a\":1}", object{"a": 1}},
		"UTF-16 LE":         {"\xff\xfe{\x00}\x00", object{}},
		"UTF-16 BE":         {"\xfe\xff\x00[\x00]", list{}},
		"doubled keys":      {`{"a":1,"a":2}`, object{"a": 2}},
		"1e400":             {`[1e400]`, list{json.Number("1e400")}},
		"20 digits":         {`[12345678901234567890]`, list{json.Number("12345678901234567890")}},
		"int64":             {`[9223372036854775807,-9223372036854775808]`, list{9223372036854775807, -9223372036854775808}},
		"surrounding space": {" \r\n\t[1]\n ", list{1}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, contentType := range []string{"application/json", "", "text/plain", "application/x-www-form-urlencoded"} {
				body, err := Parse(contentType, []byte(c.body), Limits{})
				if err != nil {
					t.Fatalf("%q: %v", contentType, err)
				}
				if diff := cmp.Diff(c.want, body.Value); diff != "" {
					t.Errorf("%q: %s", contentType, diff)
				}
				text, err := value.Encode(body.Value)
				if err != nil {
					t.Fatal(err)
				}
				again, err := value.Decode(text)
				if diff := cmp.Diff(c.want, again); err != nil || diff != "" {
					t.Errorf("stored and read again: %v %s", err, diff)
				}
			}
		})
	}
}

func TestJSONCharsets(t *testing.T) {
	for name, c := range map[string]struct{ contentType, body, want string }{
		"latin 1, as declared":        {"application/json; charset=iso-8859-1", "\"Ren\xe9\"", "René"},
		"latin 1 declared, but UTF-8": {"application/json; charset=iso-8859-1", `"René"`, "René"},
		"UTF-16 without a mark":       {"application/json; charset=utf-16", "\"\x00R\x00\"\x00", "R"},
		"UTF-16 declared, but UTF-8":  {"application/json; charset=utf-16", `"R"`, "R"},
		"unknown charset":             {"application/json; charset=klingon", `"René"`, "René"},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := Parse(c.contentType, []byte(c.body), Limits{})
			if err != nil || body.Value != c.want {
				t.Errorf("%v %v, want %q", body.Value, err, c.want)
			}
		})
	}
}

// TestVerbatim holds what may be stored as one with the raw bytes.
func TestVerbatim(t *testing.T) {
	for raw, want := range map[string]bool{
		`{"name":"Ann","n":1.50}`:       true,
		" {\n  \"name\" : \"Zoë\"\n}\n": true,
		`[1,1,{"a":1,"a":2}]`:           true,
		`{"name":"Zo\u00eb"}`:           false, // nobody would find Zoë
		"\ufeff{}":                      false,
		"{\"name\":\"\xff\"}":           false,
		"name=Ann":                      false,
		"":                              false,
	} {
		contentType := "application/json"
		if strings.Contains(raw, "=") {
			contentType = "application/x-www-form-urlencoded"
		}
		body, err := Parse(contentType, []byte(raw), Limits{})
		if err != nil || body.Verbatim != want {
			t.Errorf("%q: %t, %v", raw, body.Verbatim, err)
			continue
		}
		if again, err := value.Decode([]byte(raw)); body.Verbatim && (err != nil || !cmp.Equal(again, body.Value)) {
			t.Errorf("%q says %v and %v, %v", raw, body.Value, again, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	deep := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	for name, c := range map[string]struct {
		contentType, body string
		status            int
		code, message     string
		line, column      int
	}{
		"trailing comma":          {"application/json", "{\n \"a\": 1,\n}", 400, CodeInvalidJSON, "remove the comma", 3, 1},
		"single quotes":           {"application/json", "{'a':1}", 400, CodeInvalidJSON, "double quotes", 1, 2},
		"cut off":                 {"application/json", `{"a":`, 400, CodeInvalidJSON, "unexpected end", 1, 6},
		"text after":              {"application/json", `{} {}`, 400, CodeInvalidJSON, "after the JSON value", 1, 4},
		"NaN":                     {"application/json", `[NaN]`, 400, CodeInvalidJSON, "not valid JSON", 1, 2},
		"spaces only":             {"application/json", `   `, 400, CodeInvalidJSON, "unexpected end", 1, 4},
		"form under json":         {"application/json", `a=1&b=2`, 400, CodeInvalidJSON, "not valid JSON", 1, 1},
		"broken json under form":  {"application/x-www-form-urlencoded", `{"a":1,}`, 400, CodeInvalidJSON, "not valid JSON", 1, 8},
		"broken json, no type":    {"", `{"a":1,}`, 400, CodeInvalidJSON, "not valid JSON", 1, 8},
		"broken json under text":  {"text/plain", `{ "a":1,}`, 400, CodeInvalidJSON, "not valid JSON", 1, 9},
		"depth 101":               {"application/json", deep(101), 400, CodeTooDeep, "nested more than 100 levels", 1, 101},
		"depth 101 under form":    {"application/x-www-form-urlencoded", deep(101), 400, CodeTooDeep, "nested more than", 1, 101},
		"no boundary":             {"multipart/form-data", "--x\r\n", 400, CodeInvalidMultipart, "boundary", 0, 0},
		"multipart cut off":       {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello", 400, CodeInvalidMultipart, "closing boundary", 0, 0},
		"multipart without parts": {"multipart/form-data; boundary=x", "hello", 400, CodeInvalidMultipart, "", 0, 0},
		"unknown charset":         {"text/plain; charset=klingon", "Ren\xe9", 415, CodeUnsupportedCharset, "klingon", 0, 0},
		"banned charset":          {"text/plain; charset=iso-2022-kr", "Ren\xe9", 415, CodeUnsupportedCharset, "iso-2022-kr", 0, 0},
		"unknown charset, form":   {"application/x-www-form-urlencoded; charset=klingon", "a=%E9", 415, CodeUnsupportedCharset, "klingon", 0, 0},
		"deep brackets":           {"application/x-www-form-urlencoded", "a" + strings.Repeat("[b]", 32) + "=1", 400, CodeTooDeep, "nested more than 32", 0, 0},
		"xml, no element":         {"text/xml", " <!-- x --> ", 400, CodeInvalidXML, "no element", 1, 13},
		"xml, not closed":         {"text/xml", "<a>\n<b></a>", 400, CodeInvalidXML, "closed by", 2, 8},
		"xml, two roots":          {"text/xml", "<a/><b/>", 400, CodeInvalidXML, "more than one root", 1, 9},
		"xml, text outside":       {"text/xml", "<a/>x", 400, CodeInvalidXML, "outside", 1, 6},
		"xml, own entity":         {"text/xml", `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>`, 400, CodeInvalidXML, "entity", 1, 61},
		"xml, depth":              {"text/xml", strings.Repeat("<a>", 49) + strings.Repeat("</a>", 49), 400, CodeTooDeep, "nested more than 48", 1, 148},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Parse(c.contentType, []byte(c.body), Limits{})
			var e *Error
			if !errors.As(err, &e) {
				t.Fatalf("got %v, want an *Error", err)
			}
			if e.Status != c.status || e.Code != c.code || !strings.Contains(e.Message, c.message) {
				t.Errorf("got %d %s %q", e.Status, e.Code, e.Message)
			}
			if e.Line != c.line || e.Column != c.column {
				t.Errorf("at %d:%d, want %d:%d", e.Line, e.Column, c.line, c.column)
			}
		})
	}
}

// F11: what is too deep is refused before anything is built.
func TestDepthIsCheap(t *testing.T) {
	for _, depth := range []int{101, 10_000, 1_000_000} {
		body := []byte(strings.Repeat("[", depth))
		for _, contentType := range []string{"application/json", "", "text/plain", "application/x-www-form-urlencoded", "application/foo"} {
			spent := testing.AllocsPerRun(1, func() {
				if body, err := Parse(contentType, body, Limits{}); err == nil && body.Kind == KindJSON {
					t.Errorf("depth %d under %q was accepted as JSON", depth, contentType)
				}
			})
			if spent > 100 {
				t.Errorf("depth %d under %q: %v allocations", depth, contentType, spent)
			}
		}
	}
	if _, err := Parse("application/json", []byte(strings.Repeat("[", 100)+strings.Repeat("]", 100)), Limits{}); err != nil {
		t.Errorf("depth 100 must be accepted: %v", err)
	}
}

func TestUnwrap(t *testing.T) {
	const push = `{"ref":"refs/heads/main","repository":{"id":1}}`
	direct, err := Parse("application/json", []byte(push), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	form, err := Parse("application/x-www-form-urlencoded", []byte("payload=%7B%22ref%22%3A%22refs%2Fheads%2Fmain%22%2C%22repository%22%3A%7B%22id%22%3A1%7D%7D"), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(direct.Value, form.Unwrap("payload").Value); diff != "" {
		t.Errorf("both encodings must give the same data: %s", diff)
	}
	for name, b := range map[string]Body{
		"json":        {Kind: KindJSON, Value: object{"payload": object{"a": 1}}},
		"more fields": {Kind: KindForm, Value: object{"payload": object{"a": 1}, "b": "2"}},
		"plain text":  {Kind: KindForm, Value: object{"payload": "x"}},
		"empty":       {Kind: KindEmpty},
	} {
		if diff := cmp.Diff(b, b.Unwrap("payload")); diff != "" {
			t.Errorf("%s was changed: %s", name, diff)
		}
	}
}

func BenchmarkParseJSON500(b *testing.B) {
	raw := []byte(`{"id":"evt_1QabcXYZ","object":"event","created":1751465619,"livemode":false,"type":"checkout.session.completed",` +
		`"data":{"object":{"id":"cs_test_a1","amount_total":4900,"currency":"usd","customer":"cus_Sb1","customer_email":null,` +
		`"customer_details":{"email":"ada@example.com","name":"Ada Lovelace","phone":null,"address":{"city":"London","country":"GB"}},` +
		`"metadata":{"offer_key":"course_a"},"mode":"payment","payment_status":"paid","status":"complete"}}}`)
	raw = append(raw, strings.Repeat(" ", 500-len(raw))...)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("application/json", raw, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
