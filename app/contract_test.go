package app

import (
	"bytes"
	"context"
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shop is a workflow with a signature, a branch, a wait, a loop and two calls.
const shop = `{"schema":1,"name":"Shop","summary":"","category":"","inputs":[],"workflows":[{"key":"w","name":"Shop","definition":{
  "schema":1,
  "triggers":[
    {"id":"sale","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe"}}},
    {"id":"tagged","type":"tag.added","v":1,"params":{"tags":["vip"]}}],
  "steps":[
    {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.data.object.customer_details.email | default(trigger.contact.email) }}"}},
    {"id":"size","type":"flow.branch","v":1,"branches":[
      {"id":"large","name":"Large","when":"trigger.body.data.object.amount_total > 100000","steps":[
        {"id":"tell","type":"webhook.send","v":1,"params":{"method":"POST","url":"https://api.example.com/sales","body_type":"json","body":{"from":"{{ contact.email }}","key":"{{ custom_values.key }}"}}}]},
      {"id":"rest","name":"Else","steps":[]}]},
    {"id":"pause","type":"flow.wait","v":1,"params":{"for":"3d"}},
    {"id":"each","type":"flow.loop","v":1,"params":{"items":"{{ [1, 2] }}"},"steps":[
      {"id":"mark","type":"contact.add_tag","v":1,"params":{"tags":["n{{ loop.item }}"]}}]},
    {"id":"access","type":"offer.grant","v":1,"params":{"offer":"Course A","send_email":"never"}}]}}]}`

const shopTests = `
given:
  offers: [Course A]
  values: {key: k1}
  contacts: [{email: bob@example.com}]
tests:
  - name: a small sale
    when:
      request: {sender: stripe, event: checkout.session.completed}
    expect:
      answer: {status: 202, verdict: accepted}
      run:
        reason: end
        steps: [buyer, {step: size, branch: rest}, pause, {step: each, output: {failed: []}}, "each[0]/mark", "each[1]/mark", access]
      requests: []
      contacts: [{email: ada@example.com, tags: [n1, n2], offers: [Course A]}]
      letters: []
      values: {key: k1}
  - name: a large sale, told at the third try
    given: {values: {key: k2}}
    when:
      - request: {sender: stripe, event: checkout.session.completed, body: {data: {object: {amount_total: 200000}}}}
    answers:
      - {to: "POST https://api.example.com/*", fail: timeout, times: 1}
      - {step: size/large/tell, status: 503, times: 1}
      - {step: size/large/tell, status: 201, body: {id: 7}}
    expect:
      run:
        steps_include:
          - {step: size/large/tell, attempts: 3, output: {status: 201, body: {id: <number>}}}
          - {step: access, output: {grant_id: <id>, already_granted: false}}
      requests:
        - {to: "POST https://api.example.com/sales", headers: {webhook-id: "<matches ^msg_>"}, body_exactly: {from: ada@example.com, key: k2}}
        - POST https://api.example.com/sales
        - {to: "POST https://api.example.com/sales", step: size/large/tell}
  - name: a stranger
    when:
      request: {sender: stripe, unsigned: true}
    expect:
      answer: {status: 401, verdict: bad_signature}
      runs: []
  - name: still waiting after a day
    when:
      - event: {type: tag.added, contact: bob@example.com, data: {tag: {name: vip}}}
      - after: 1d
    expect:
      run: {status: waiting}
  - name: started by hand
    when: {start: {trigger: sale, data: {data: {object: {customer_details: {email: eve@example.com}}}}}}
`

func contractFolder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// cli runs a command and returns its exit status with all that it printed.
func cli(t *testing.T, args ...string) (int, string) {
	t.Helper()
	var out bytes.Buffer
	o := Options{Args: append(args, "--data-dir", t.TempDir()), Environ: []string{"PATH=/usr/bin"}, Stdout: &out, Stderr: &out}
	return run(context.Background(), o.withDefaults()), out.String()
}

func TestContractsOfAShopPass(t *testing.T) {
	t.Parallel()
	dir := contractFolder(t, map[string]string{"shop.json": shop, "shop.test.yaml": shopTests})
	report := filepath.Join(t.TempDir(), "report.xml")
	code, out := cli(t, "test", "--junit", report, dir)
	if code != 0 || !strings.Contains(out, "5 tests passed") {
		t.Fatalf("status %d:\n%s", code, out)
	}
	text, err := os.ReadFile(report)
	if err != nil {
		t.Fatal(err)
	}
	var junit struct {
		Tests, Failures int `xml:",attr"`
		Cases           []struct {
			Name string `xml:"name,attr"`
		} `xml:"testsuite>testcase"`
	}
	if err := xml.Unmarshal([]byte(strings.NewReplacer("tests=", "Tests=", "failures=", "Failures=").Replace(string(text))), &junit); err != nil || junit.Tests != 5 || junit.Failures != 0 || len(junit.Cases) != 5 {
		t.Errorf("%v: %s", err, text)
	}
}

func TestAFailedContractSaysWhatDiffers(t *testing.T) {
	t.Parallel()
	const wrong = `given: {offers: [Course A], values: {key: k}}
tests:
  - name: wrong
    when:
      request: {sender: stripe, event: checkout.session.completed, body: {data: {object: {amount_total: 200000}}}}
    answers: [{to: "GET https://api.example.com/sales"}]
    expect:
      run:
        steps: [buyer, access]
      contacts:
        - email: ada@example.com
          tags: [vip]
`
	dir := contractFolder(t, map[string]string{"shop.json": shop, "shop.test.yml": wrong})
	code, out := cli(t, "test", "-run", "wro", dir)
	if code != 1 {
		t.Fatalf("status %d:\n%s", code, out)
	}
	for _, want := range []string{
		"FAIL", "shop.test.yml:7: /tests/0/expect", "no answer of the test fits", "POST https://api.example.com/sales",
		"shop.test.yml:9: /tests/0/expect/run/steps", `+ got       buyer, size, size/large/tell`,
		"shop.test.yml:12: /tests/0/expect/contacts/0/tags", `- expected  ["vip"]`, "1 of 1 test failed",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("nothing says %q:\n%s", want, out)
		}
	}
	if code, out = cli(t, "test", "--json", dir); code != 1 || !strings.Contains(out, `"pointer": "/tests/0/expect/contacts/0/tags"`) {
		t.Errorf("status %d: %s", code, out)
	}
}

func TestExpectationsAreWrittenAnew(t *testing.T) {
	t.Parallel()
	const plain = `# who buys gets in
given: {offers: [Course A], values: {key: k}}
tests:
  - name: first # the usual one
    when:
      request: {sender: stripe, event: checkout.session.completed}
    expect:
      run: {status: failed}

  # the second
  - name: second
    when: {request: {sender: stripe, unsigned: true}}
`
	dir := contractFolder(t, map[string]string{"shop.json": shop, "shop.test.yaml": plain})
	if code, out := cli(t, "test", "--update", dir); code != 0 {
		t.Fatalf("status %d:\n%s", code, out)
	}
	text, err := os.ReadFile(filepath.Join(dir, "shop.test.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# who buys gets in", "# the usual one", "# the second", "verdict: bad_signature", "grant_id: <id>", "step: each[1]/mark"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("nothing says %q:\n%s", want, text)
		}
	}
	if code, out := cli(t, "test", dir); code != 0 {
		t.Errorf("what was written does not pass: %d\n%s\n%s", code, out, text)
	}
}

func TestBadContractFilesSayWhatAndWhere(t *testing.T) {
	t.Parallel()
	begin := "tests:\n  - name: a\n    when: {after: 1h}\n"
	for name, it := range map[string]struct{ text, want string }{
		"unknown key":        {begin + "    expct: {}\n", "4:5: /tests/0/expct: there is no key \"expct\". Do you mean expect?"},
		"no tests":           {"given: {}\n", "/tests: tests is missing"},
		"an alias":           {"given: &a {}\ntests: *a\n", "cannot be used here"},
		"two acts":           {"tests:\n  - name: a\n    when: {after: 1h, start: {}}\n", "3:5: /tests/0/when/0: one of request, event, start and after"},
		"a wrong length":     {"tests:\n  - name: a\n    when: {after: soon}\n", "/tests/0/when/0/after"},
		"twice":              {begin + "  - name: a\n    when: {after: 1h}\n", "two tests called"},
		"no address":         {begin + "    answers: [{to: example.com}]\n", "/tests/0/answers/0/to"},
		"no kind of failure": {begin + "    answers: [{step: a, fail: often}]\n", "Use one of timeout, connect"},
		"no expression":      {begin + "    expect: {run: {error: \"<matches (>\"}}\n", "/tests/0/expect/run/error"},
		"no such step":       {"fill: {nobody: {}}\n" + begin, "the workflow has no step or trigger \"nobody\""},
		"no workflow":        {"workflow: other.json\n" + begin, "/workflow: there is no file"},
		"outside":            {"tests: " + strings.Repeat("[", 60), "nested more than"},
		"no time":            {"given: {now: today}\n" + begin, "/given/now"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := contractFolder(t, map[string]string{"shop.json": shop, "shop.test.yaml": it.text})
			code, out := cli(t, "test", dir)
			if code != 2 || !strings.Contains(out, it.want) {
				t.Errorf("status %d, and nothing says %q:\n%s", code, it.want, out)
			}
		})
	}
}

func TestAWorkflowThatCannotBePublishedFailsItsTest(t *testing.T) {
	t.Parallel()
	dir := contractFolder(t, map[string]string{"shop.json": shop, "shop.test.yaml": "tests:\n  - name: a\n    when: {after: 1h}\n"})
	code, out := cli(t, "test", dir)
	if code != 1 || !strings.Contains(out, "Course A") || !strings.Contains(out, "access:") {
		t.Errorf("status %d:\n%s", code, out)
	}
}

func TestExamplesKeepTheirContracts(t *testing.T) {
	t.Parallel()
	if code, out := cli(t, "test", "../examples"); code != 0 {
		t.Errorf("status %d:\n%s", code, out)
	}
}
