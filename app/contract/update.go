package contract

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes/declared"
)

// expected writes down an outcome as what a test expects from now on. Of calls it
// keeps the headers that were looked at before.
func expected(before *Expect, o outcome) *Expect {
	e := &Expect{Requests: []Outbound{}}
	if before == nil {
		before = &Expect{}
	}
	if o.answer != nil {
		e.Answer = &Reply{Status: o.answer.status, Verdict: o.answer.verdict, Body: lasting(o.answer.body)}
	}
	runs := make([]Run, len(o.runs))
	for i, r := range o.runs {
		runs[i] = Run{Status: string(r.Status), Reason: r.EndReason, Error: failureText(r.Error), Steps: []Step{}}
		for _, s := range r.steps {
			step := Step{Step: s.Path, Status: string(s.Status), Branch: s.Port, Output: telling(lasting(plainText(s.Output)))}
			if s.Error != nil {
				step.Error = s.Error.Message
			}
			if len(s.Attempts) > 1 {
				step.Attempts = len(s.Attempts)
			}
			runs[i].Steps = append(runs[i].Steps, step)
		}
	}
	if e.Runs = runs; len(runs) == 1 {
		e.Run, e.Runs = &runs[0], nil
	}
	for _, c := range o.calls {
		if c.Step == "" {
			continue
		}
		made := Outbound{To: c.Method + " " + c.URL, Step: c.Step, BodyExactly: lasting(c.Body)}
		for _, w := range slices.Concat(before.Requests, before.RequestsInclude) {
			if w.Step == c.Step || addressFits(w.To, made.To) {
				made.Headers = sentHeaders(w.Headers, c)
				break
			}
		}
		e.Requests = append(e.Requests, made)
	}
	for _, p := range o.contacts {
		subscribed := p.Subscribed
		e.Contacts = append(e.Contacts, Person{
			Email: p.Email, Phone: p.Phone, ExternalUserID: p.ExternalUserID, Name: p.Name, Company: p.Company, Subscribed: &subscribed,
			Tags: sorted(p.Tags), Offers: sorted(p.offers), Fields: p.Fields,
		})
	}
	e.Letters = letters(o.letters)
	if before.Values != nil {
		e.Values = o.values
	}
	return e
}

func letters(sent []engine.Message) []Letter {
	list := []Letter{}
	for _, m := range sent {
		list = append(list, Letter{To: m.Target, Subject: m.Subject})
	}
	return list
}

func sentHeaders(wanted map[string]string, c call) map[string]string {
	if len(wanted) == 0 {
		return nil
	}
	kept := map[string]string{}
	for name, text := range wanted {
		if strings.HasPrefix(text, "<") {
			kept[name] = text
			continue
		}
		if values := c.Header.Values(name); len(values) > 0 {
			kept[name] = strings.Join(values, ", ")
		}
	}
	return kept
}

// telling leaves out of an object what is empty: a part of an output is compared.
func telling(v any) any {
	object, ok := v.(map[string]any)
	if !ok {
		return v
	}
	for key, e := range object {
		if e = telling(e); value.Empty(e) {
			delete(object, key)
		}
	}
	if len(object) == 0 {
		return nil
	}
	return object
}

var idInside = regexp.MustCompile(`[a-z]{2,3}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`)

// lasting puts words in the place of ids, which are others each time.
func lasting(v any) any {
	switch x := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(x))
		for key, e := range x {
			out[key] = lasting(e)
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, e := range x {
			out[i] = lasting(e)
		}
		return out
	case string:
		if anyID.MatchString(x) {
			return "<id>"
		}
		if idInside.MatchString(x) {
			parts := idInside.Split(x, -1)
			for i := range parts {
				parts[i] = regexp.QuoteMeta(parts[i])
			}
			return "<matches ^" + strings.Join(parts, idInside.String()) + "$>"
		}
	}
	return value.Normalize(v)
}

// write puts the expectations into the file. Of YAML everything else stays as it is,
// comments included; JSON is written anew.
func (s *Suite) write() error {
	if strings.HasSuffix(s.Path, ".json") {
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		if err := enc.Encode(s.File); err != nil {
			return err
		}
		return replaceFile(s.Path, out.Bytes())
	}
	lines := strings.SplitAfter(string(s.text), "\n")
	type edit struct {
		from, to int
		text     string
	}
	var edits []edit
	for i, t := range s.File.Tests {
		if t.Expect == nil {
			continue
		}
		at := "/tests/" + strconv.Itoa(i)
		from, indent, known := s.block(lines, at+"/expect")
		if !known {
			if from, indent, known = s.block(lines, at+"/name"); !known {
				continue
			}
			from = endOfTest(lines, from, indent)
		}
		text, err := rendered(t.Expect, indent)
		if err != nil {
			return err
		}
		to := from
		if s.places.Has(at + "/expect") {
			to = endOfBlock(lines, from, indent)
			text = lines[from][:indent] + text[indent:] // it may be the first key of its test
		}
		edits = append(edits, edit{from, to, text})
	}
	for _, e := range slices.Backward(edits) {
		if e.from > 0 && !strings.HasSuffix(lines[e.from-1], "\n") {
			lines[e.from-1] += "\n"
		}
		lines = slices.Replace(lines, e.from, e.to, e.text)
	}
	text := []byte(strings.Join(lines, ""))
	if _, again := declared.ReadStrict(text); len(again.Problems()) > 0 {
		return fmt.Errorf("%s is written in a way in which expectations cannot be replaced: write each key on a line of its own, or as JSON", s.Path)
	}
	return replaceFile(s.Path, text)
}

// block is the index of a key's line and its column, where it is written in lines.
func (s *Suite) block(lines []string, pointer string) (from, indent int, known bool) {
	if !s.places.Has(pointer) {
		return 0, 0, false
	}
	from = s.places.Line(pointer) - 1
	key := pointer[strings.LastIndexByte(pointer, '/')+1:]
	if from < 0 || from >= len(lines) {
		return 0, 0, false
	}
	indent = strings.Index(lines[from], key+":")
	return from, indent, indent >= 0
}

// endOfBlock is the index behind the last line that belongs to a key.
func endOfBlock(lines []string, from, indent int) int {
	end := from + 1
	for i := from + 1; i < len(lines); i++ {
		text := strings.TrimRight(lines[i], " \r\n")
		if text == "" || strings.HasPrefix(strings.TrimSpace(text), "#") {
			continue
		}
		if len(text)-len(strings.TrimLeft(text, " ")) <= indent {
			break
		}
		end = i + 1
	}
	return end
}

// endOfTest is the index behind the last line of the test one of whose keys is given.
func endOfTest(lines []string, from, indent int) int { return endOfBlock(lines, from, indent-1) }

// rendered is an expectation as YAML below its key.
func rendered(e *Expect, indent int) (string, error) {
	text, err := json.Marshal(e)
	if err != nil {
		return "", err
	}
	body, err := yaml.JSONToYAML(text)
	if err != nil {
		return "", err
	}
	pad := strings.Repeat(" ", indent)
	var out strings.Builder
	out.WriteString(pad + "expect:\n")
	for line := range strings.Lines(string(body)) {
		if strings.TrimSpace(line) != "" {
			out.WriteString(pad + "  ")
		}
		out.WriteString(line)
	}
	return out.String(), nil
}

// replaceFile writes a file that is whole at every moment.
func replaceFile(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".test-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	if _, err := file.Write(content); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	if info, err := os.Stat(path); err == nil {
		_ = os.Chmod(file.Name(), info.Mode().Perm())
	}
	return os.Rename(file.Name(), path)
}
