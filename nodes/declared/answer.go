package declared

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// judge is what tells good answers from failed ones, and its words.
type judge struct {
	app    string
	failOn outbound.Statuses
	when   *mapping.Template
	rules  []rule
	detail *mapping.Template
}

// rule is a compiled ErrorRule.
type rule struct {
	statuses   outbound.Statuses // empty takes all
	when       *mapping.Template
	message    *mapping.Template
	retry      *bool
	retryAfter *mapping.Template
}

// refused is the error of an answer that counts as failed.
type refused struct {
	status  int
	message string
}

func (e *refused) Error() string { return e.message }

// Code names the failure for lists and filters.
func (e *refused) Code() string { return "http_" + strconv.Itoa(e.status) }

// failed makes the error of an answer, nil for a good one. now is when the answer
// came; hide takes credentials out of what the service repeats.
func (j *judge) failed(ctx context.Context, s mapping.Scope, a nodes.HTTPResponse, now time.Time, hide func(string) string) error {
	if !j.failOn.Has(a.Status) && !holds(ctx, j.when, s) {
		return nil
	}
	answer, _ := s["answer"].(map[string]any)
	retry := a.Status == http.StatusRequestTimeout || a.Status == http.StatusTooEarly || a.Status == http.StatusTooManyRequests || a.Status >= 500
	message, wait := "", time.Duration(0)
	for _, r := range j.rules {
		if len(r.statuses) > 0 && !r.statuses.Has(a.Status) || r.when != nil && !holds(ctx, r.when, s) {
			continue
		}
		message, _ = resolveText(ctx, r.message, s)
		if r.retry != nil {
			retry = *r.retry
		}
		seconds, _ := resolveText(ctx, r.retryAfter, s)
		wait = outbound.Seconds(seconds)
		break
	}
	err := error(&refused{a.Status, hide(j.words(ctx, a, message, s))})
	if !retry {
		return nodes.Permanent(err)
	}
	if wait == 0 {
		wait, _ = outbound.RetryAfter(a, now, answer["body"])
	}
	if wait > 0 {
		return nodes.RetryAfter(wait, err)
	}
	return err
}

// words are the message of the rule, or the status, and what the service said.
func (j *judge) words(ctx context.Context, a nodes.HTTPResponse, message string, s mapping.Scope) string {
	said, err := resolveText(ctx, j.detail, s)
	if err != nil {
		said = ""
	}
	said = shorten(said, 300)
	switch {
	case message == "" && a.Status < 300:
		message = j.app + " refused it."
	case message == "" && a.Status == http.StatusTooManyRequests:
		message = j.app + " is asked too often just now (429)."
	case message == "":
		message = strings.TrimSpace(fmt.Sprintf("%s answered %d %s", j.app, a.Status, http.StatusText(a.Status))) + "."
	}
	if said != "" && !strings.Contains(message, said) {
		message += " It says: " + said
	}
	return message
}

// holds decides a condition; one that cannot be decided does not hold.
func holds(ctx context.Context, t *mapping.Template, s mapping.Scope) bool {
	if t == nil {
		return false
	}
	got, err := t.Resolve(ctx, s)
	return err == nil && got.Value == true
}

func shorten(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

// hider takes secrets out of a text. Very short ones stay: they are words of any
// text.
func hider(secrets []string) func(string) string {
	var pairs []string
	for _, s := range secrets {
		if len(s) >= 6 {
			pairs = append(pairs, s, nodes.Redacted)
		}
	}
	if pairs == nil {
		return func(text string) string { return text }
	}
	return strings.NewReplacer(pairs...).Replace
}

// hidden is v with every text hidden; v itself is not changed.
func hidden(v any, hide func(string) string) any {
	switch x := v.(type) {
	case string:
		return hide(x)
	case []any:
		list := make([]any, len(x))
		for i, e := range x {
			list[i] = hidden(e, hide)
		}
		return list
	case map[string]any:
		object := make(map[string]any, len(x))
		for k, e := range x {
			object[k] = hidden(e, hide)
		}
		return object
	}
	return v
}
