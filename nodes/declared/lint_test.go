package declared_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes/declared"
)

// Every problem comes at once, with its line and what to do.
func TestLintSaysEverythingAtOnce(t *testing.T) {
	const broken = `hookloom: 2
app: My-App
name: Shop
icon: "<svg onload=alert(1)>"
base_url: https://{{ connection.dc }}.com
auth:
  type: bearer
  token: "{{ connection.tokn }}"
  fields:
    - { key: token, label: Token, kind: secret, required: true }
    - { key: dc, label: DC, required: true }
colour: red
actions:
  order:
    name: Order
    summary: Make an order.
    fields:
      - { key: email, label: E-mail, kind: mail }
      - { key: key, label: Key, kind: secret }
    request:
      path: order/{{ params.emial }}
      headers: { Host: x }
      json: { a: "{{ trigger.body.a }}", b: "{{ now() }}", "{{ params.email }}": 1 }
    fail_on: 9xx
    output: { id: "{{ answer.body.id }}" }
    sample: { ID: 1 }
`
	_, problems := declared.Parse([]byte(broken))
	var got strings.Builder
	for _, p := range problems {
		got.WriteString(p.String() + "\n")
	}
	for _, want := range []string{
		"1:1: /hookloom: format 2 is not known. This build reads format 1",
		`2:1: /app: "My-App" cannot stand in front of a type`,
		"4:1: /icon: the icon is no path data",
		"5:1: /base_url: the host of base_url could become anybody's",
		"8:3: /auth/token: there is no field connection.tokn. Do you mean connection.token?",
		`12:1: /colour: there is no key "colour"`,
		`18:38: /actions/order/fields/0/kind: "mail" is not possible here. Use one of text, long_text`,
		"19:33: /actions/order/fields/1/kind: a step has no secrets of its own. Credentials belong to the connection",
		`21:7: /actions/order/request/path: the path "order/{{ params.emial }}" does not begin with /`,
		"22:18: /actions/order/request/headers/Host: the header Host is set by the sending itself",
		`23:15: /actions/order/request/json/a: the template cannot be used: "trigger" is not known`,
		"a template may not tell the time or invent values",
		"the name of an entry cannot hold a template",
		`24:5: /actions/order/fail_on: "9xx" is not an HTTP status`,
		"26:5: /actions/order/sample: the sample has ID, and the output has id",
	} {
		if !strings.Contains(got.String(), want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if t.Failed() {
		t.Log(got.String())
	}
}

// A file is text from outside: whatever it holds, reading it ends with a problem.
func TestHostileFiles(t *testing.T) {
	for name, c := range map[string]struct{ text, says string }{
		"nothing":           {"", "the file has 0 documents"},
		"two documents":     {"a: 1\n---\nb: 2\n", "the file has 2 documents"},
		"no YAML":           {"a: [1\nb: }", "no YAML"},
		"a list":            {"- a\n", "names with values are expected here"},
		"an anchor":         {"a: &x [1]\nb: *x\n", "cannot be used here"},
		"a bomb":            {"a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\n", "cannot be used here"},
		"a tag":             {"a: !!binary aGk=\n", "cannot be used here"},
		"brackets":          {strings.Repeat("[", 100_000), "nested more than"},
		"dashes":            {strings.Repeat("- ", 100_000), "nested more than"},
		"keys":              {strings.Repeat("? ", 100_000), "nested more than"},
		"no text":           {"a: \xff\xfe", "no text in UTF-8"},
		"too long":          {strings.Repeat("# x\n", 100_000), "at most 256 can be read"},
		"a template as map": {"hookloom: 1\nname: {{ params.x }}\n", ""},
		"twice the same":    {"app: a\napp: b\n", "no YAML"},
	} {
		t.Run(name, func(t *testing.T) {
			app, problems := declared.Parse([]byte(c.text))
			if app != nil || len(problems) == 0 || !strings.Contains(fmt.Sprint(problems), c.says) {
				t.Errorf("%.300v", problems)
			}
		})
	}
}

// JSON is the same format, with tabs or without.
func TestJSON(t *testing.T) {
	app(t, "{\n\t\"hookloom\": 1, \"app\": \"shop\", \"name\": \"Shop\", \"base_url\": \"https://api.example.com\",\n\t\"auth\": {\"type\": \"none\"},\n"+
		"\t\"actions\": {\"ping\": {\"name\": \"Ping\", \"summary\": \"Ping.\", \"request\": {\"method\": \"GET\", \"path\": \"/ping\"}, \"sample\": {\"status\": 200, \"body\": {}}}}\n}")
}

// An example that does not hold is a problem at the place where it does not.
func TestExamplesAreHeldToTheirWord(t *testing.T) {
	const example = `
    example:
      connection: { key: not-a-real-key, region: eu }
      params: { email: a@x.com, amount: 5 }
      sends: { method: PUT, url: "https://eu.api.example.com/v1/people/b@x.com/orders", headers: { X-Key: other }, json: { amount: 5 } }
      answers: { status: 500 }
      refused: { answers: { status: 422, json: { message: bad } }, says: good, retry: true }
`
	_, problems := declared.Parse([]byte(strings.TrimRight(shop, "\n") + example))
	text := fmt.Sprint(problems)
	for _, want := range []string{"/sends/method: the method is POST", "/sends/url: the address is https://eu.api.example.com/v1/people/a@x.com/orders", "/sends/headers/X-Key", "/sends/json: the body is", "/answers: the answer is taken as failed", "/refused/says"} {
		if !strings.Contains(text, want) {
			t.Errorf("nothing says %q in %s", want, text)
		}
	}
}
