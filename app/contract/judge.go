package contract

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

// compare lists how an outcome differs from what is expected at a pointer; e is nil
// where a test expects nothing but that its runs succeed.
func compare(at string, e *Expect, o outcome) []Difference {
	j := &judge{}
	for _, c := range o.calls {
		if !c.Known {
			j.say(at, "the step %s called %s %s, and no answer of the test fits. Add one to answers", c.Step, c.Method, c.URL)
		}
	}
	if e == nil {
		e = &Expect{}
	}
	j.answer(at+"/answer", e.Answer, o.answer)
	j.runs(at, e, o.runs)
	var calls []call
	for _, c := range o.calls {
		if c.Step != "" {
			calls = append(calls, c)
		}
	}
	if e.Requests != nil {
		j.calls(at+"/requests", e.Requests, calls)
	}
	j.callsInclude(at+"/requests_include", e.RequestsInclude, calls)
	j.people(at+"/contacts", e.Contacts, o.contacts)
	if e.Letters != nil {
		j.letters(at+"/letters", e.Letters, o.letters)
	}
	if e.Values != nil {
		j.same(at+"/values", e.Values, value.Normalize(o.values), false)
	}
	return j.found
}

func (j *judge) answer(at string, want *Reply, got *told) {
	switch {
	case want == nil:
		return
	case got == nil:
		j.say(at, "no request was sent, so that nobody was answered")
		return
	}
	if want.Status != 0 && want.Status != got.status {
		j.differ(at+"/status", want.Status, got.status)
	}
	if want.Verdict != "" && want.Verdict != got.verdict {
		j.differ(at+"/verdict", want.Verdict, strings.TrimSuffix(got.verdict+": "+got.reason, ": "))
	}
	if want.Body != nil {
		j.same(at+"/body", want.Body, got.body, false)
	}
}

func (j *judge) runs(at string, e *Expect, got []ran) {
	want := e.Runs
	switch {
	case e.Run != nil && len(got) != 1:
		j.say(at+"/run", "one run is expected, and there are %d", len(got))
		return
	case e.Run != nil:
		j.run(at+"/run", *e.Run, got[0])
		return
	case want == nil:
		for _, r := range got {
			if r.Status != engine.Succeeded {
				j.run(at, Run{}, r)
			}
		}
		return
	case len(want) != len(got):
		j.say(at+"/runs", "%d runs are expected, and there are %d", len(want), len(got))
		return
	}
	for i := range want {
		j.run(at+"/runs/"+strconv.Itoa(i), want[i], got[i])
	}
}

func (j *judge) run(at string, want Run, got ran) {
	status := cmp.Or(want.Status, string(engine.Succeeded))
	if status != string(got.Status) {
		j.add(Difference{Pointer: at + "/status", Expected: shown(status), Got: shown(string(got.Status)), Message: failureText(got.Error)})
	}
	if want.Reason != "" && want.Reason != got.EndReason {
		j.differ(at+"/reason", want.Reason, got.EndReason)
	}
	if want.Error != "" {
		j.same(at+"/error", want.Error, failureText(got.Error), false)
	}
	if want.Steps != nil {
		j.steps(at+"/steps", want.Steps, got.steps)
	}
	next := 0
	for i, w := range want.StepsInclude {
		at := at + "/steps_include/" + strconv.Itoa(i)
		found := slices.IndexFunc(got.steps[next:], func(s engine.StepResult) bool { return s.Path == w.Step })
		if found < 0 {
			j.say(at, "the step %s did not run, or not in this order. What ran: %s", w.Step, paths(got.steps))
			continue
		}
		j.step(at, w, got.steps[next+found])
		next += found + 1
	}
}

func failureText(f *engine.Failure) string {
	if f == nil {
		return ""
	}
	text := f.Message
	if f.Step != "" {
		text = "step " + f.Step + ": " + text
	}
	return text
}

func paths(steps []engine.StepResult) string {
	if len(steps) == 0 {
		return "no step"
	}
	list := make([]string, len(steps))
	for i, s := range steps {
		list[i] = s.Path
	}
	return strings.Join(list, ", ")
}

func (j *judge) steps(at string, want []Step, got []engine.StepResult) {
	names := make([]string, len(want))
	for i, w := range want {
		names[i] = w.Step
	}
	if expected := strings.Join(names, ", "); expected != paths(got) && (len(want) > 0 || len(got) > 0) {
		j.add(Difference{Pointer: at, Message: "other steps ran", Expected: cmp.Or(expected, "no step"), Got: paths(got)})
	}
	for i, w := range want {
		k := slices.IndexFunc(got, func(s engine.StepResult) bool { return s.Path == w.Step })
		if k >= 0 {
			j.step(at+"/"+strconv.Itoa(i), w, got[k])
		}
	}
}

func (j *judge) step(at string, want Step, got engine.StepResult) {
	if status := cmp.Or(want.Status, string(engine.StepSucceeded)); status != string(got.Status) {
		j.add(Difference{Pointer: at + "/status", Expected: shown(status), Got: shown(string(got.Status)), Message: failureText(got.Error)})
	}
	if want.Branch != "" && want.Branch != got.Port {
		j.differ(at+"/branch", want.Branch, got.Port)
	}
	if want.Error != "" {
		text := ""
		if got.Error != nil {
			text = got.Error.Message
		}
		j.same(at+"/error", want.Error, text, false)
	}
	if want.Attempts != 0 && want.Attempts != len(got.Attempts) {
		j.differ(at+"/attempts", want.Attempts, len(got.Attempts))
	}
	output := plainText(got.Output)
	if want.Output != nil {
		j.same(at+"/output", want.Output, output, false)
	}
	if want.OutputExactly != nil {
		j.same(at+"/output_exactly", want.OutputExactly, output, true)
	}
}

func (j *judge) calls(at string, want []Outbound, got []call) {
	if len(want) != len(got) {
		made := make([]string, len(got))
		for i, c := range got {
			made[i] = c.Method + " " + c.URL
		}
		j.say(at, "%d requests are expected, and %d were made%s", len(want), len(got), strings.TrimSuffix(": "+strings.Join(made, ", "), ": "))
	}
	for i := range min(len(want), len(got)) {
		j.call(at+"/"+strconv.Itoa(i), want[i], got[i])
	}
}

func (j *judge) callsInclude(at string, want []Outbound, got []call) {
	next := 0
	for i, w := range want {
		at := at + "/" + strconv.Itoa(i)
		found := slices.IndexFunc(got[next:], func(c call) bool { return addressFits(w.To, c.Method+" "+c.URL) && (w.Step == "" || w.Step == c.Step) })
		if found < 0 {
			j.say(at, "no such request was made, or not in this order: %s", w.To)
			continue
		}
		j.call(at, w, got[next+found])
		next += found + 1
	}
}

func (j *judge) call(at string, want Outbound, got call) {
	if address := got.Method + " " + got.URL; !addressFits(want.To, address) {
		j.differ(at+"/to", want.To, address)
	}
	if want.Step != "" && want.Step != got.Step {
		j.differ(at+"/step", want.Step, got.Step)
	}
	for name, text := range want.Headers {
		var sent any = absent{}
		for key, values := range got.Header {
			if strings.EqualFold(key, name) {
				sent = strings.Join(values, ", ")
			}
		}
		j.same(value.Under(at+"/headers", name), text, sent, false)
	}
	if want.Body != nil {
		j.same(at+"/body", want.Body, got.Body, false)
	}
	if want.BodyExactly != nil {
		j.same(at+"/body_exactly", want.BodyExactly, got.Body, true)
	}
}

func (j *judge) people(at string, want []Person, got []person) {
	for i, w := range want {
		at := at + "/" + strconv.Itoa(i)
		k := slices.IndexFunc(got, func(p person) bool {
			return w.Email != "" && strings.EqualFold(w.Email, p.Email) || w.Email == "" && w.Phone != "" && w.Phone == p.Phone ||
				w.Email == "" && w.Phone == "" && w.ExternalUserID == p.ExternalUserID
		})
		if k < 0 {
			j.say(at, "there is no such contact; there are %s", emails(got))
			continue
		}
		j.person(at, w, got[k])
	}
}

func emails(all []person) string {
	if len(all) == 0 {
		return "none at all"
	}
	var list []string
	for _, p := range all[:min(len(all), 20)] {
		list = append(list, cmp.Or(p.Email, p.Phone, p.ExternalUserID))
	}
	return strings.Join(list, ", ")
}

func (j *judge) person(at string, want Person, got person) {
	for _, f := range []struct{ key, want, got string }{
		{"phone", want.Phone, got.Phone}, {"external_user_id", want.ExternalUserID, got.ExternalUserID}, {"name", want.Name, got.Name},
		{"first_name", want.FirstName, got.FirstName}, {"last_name", want.LastName, got.LastName}, {"company", want.Company, got.Company},
	} {
		if f.want != "" {
			j.same(at+"/"+f.key, f.want, f.got, false)
		}
	}
	if want.Subscribed != nil && *want.Subscribed != got.Subscribed {
		j.differ(at+"/subscribed", *want.Subscribed, got.Subscribed)
	}
	if want.Tags != nil && !sameSet(want.Tags, got.Tags) {
		j.differ(at+"/tags", want.Tags, sorted(got.Tags))
	}
	if want.Offers != nil && !sameSet(want.Offers, got.offers) {
		j.differ(at+"/offers", want.Offers, sorted(got.offers))
	}
	if want.Fields != nil {
		j.same(at+"/fields", want.Fields, value.Normalize(got.Fields), false)
	}
}

func sorted(list []string) []string {
	list = append([]string{}, list...)
	slices.Sort(list)
	return list
}

func sameSet(a, b []string) bool { return slices.Equal(sorted(a), sorted(b)) }

func (j *judge) letters(at string, want []Letter, got []engine.Message) {
	if len(want) != len(got) {
		subjects := make([]string, len(got))
		for i, m := range got {
			subjects[i] = fmt.Sprintf("%s: %s", m.Target, m.Subject)
		}
		j.say(at, "%d e-mails are expected, and there are %d%s", len(want), len(got), strings.TrimSuffix(": "+strings.Join(subjects, ", "), ": "))
	}
	for i := range min(len(want), len(got)) {
		at := at + "/" + strconv.Itoa(i)
		for _, f := range []struct{ key, want, got string }{{"to", want[i].To, got[i].Target}, {"subject", want[i].Subject, got[i].Subject}, {"text", want[i].Text, got[i].Body}} {
			if f.want != "" {
				j.same(at+"/"+f.key, f.want, f.got, false)
			}
		}
	}
}
