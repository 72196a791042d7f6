package webhook

import (
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/nodes"
)

// result makes the output of an answer, and an error of one that counts as
// failed; the error carries the output, so that people see what the receiver
// said.
func (p SendParams) result(env *nodes.Env, r nodes.HTTPRequest, a nodes.HTTPResponse) (any, error) {
	body := answerBody(env, a)
	out := map[string]any{
		"status": a.Status, "headers": answerHeaders(a.Header), "body": body,
		"duration_ms": int(a.Duration.Milliseconds()),
	}
	failing, err := parseFailOn(p.FailOn)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	if !failing.has(a.Status) {
		return out, nil
	}
	return nil, &nodes.OutputError{Output: out, Err: failure(env, r, a, body)}
}

// Refused is the error of an answer that counts as failed.
type Refused struct {
	// Host answered with Status.
	Host   string
	Status int
}

func (e *Refused) Error() string {
	text := http.StatusText(e.Status)
	if text == "" {
		text = "a status that HTTP does not name"
	}
	switch {
	case e.Status == http.StatusGone:
		return fmt.Sprintf("%s answered 410 Gone: the address does not exist any more. Ask for the new one.", e.Host)
	case e.Status >= 300 && e.Status < 400:
		return fmt.Sprintf("%s answered %d %s: it wants the call at another address. Use that one, or switch Follow redirects on.", e.Host, e.Status, text)
	}
	return fmt.Sprintf("%s answered %d %s.", e.Host, e.Status, text)
}

// Code names the failure for lists and filters.
func (e *Refused) Code() string { return "http_" + strconv.Itoa(e.Status) }

// failure decides whether trying again can help, and when.
func failure(env *nodes.Env, r nodes.HTTPRequest, a nodes.HTTPResponse, body any) error {
	refused := &Refused{Host: hostOf(r.URL), Status: a.Status}
	switch s := a.Status; {
	case s == http.StatusRequestTimeout || s == http.StatusTooEarly || s == http.StatusTooManyRequests:
	case s >= 400 && s < 500:
		return nodes.Permanent(refused)
	}
	if wait, ok := retryAfter(a, env.Now.Add(a.Duration), body); ok {
		return nodes.RetryAfter(wait, refused)
	}
	return refused
}

func hostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

// longestWait caps what a receiver may ask for.
const longestWait = 24 * time.Hour

// retryAfter reads when the receiver wants the next attempt: seconds or a date
// in the header (RFC 9110), or the retry_after of Discord's body. What lies in
// the past, or cannot be read, leaves the time to the step's own policy.
func retryAfter(a nodes.HTTPResponse, now time.Time, body any) (time.Duration, bool) {
	text := strings.TrimSpace(a.Header.Get("Retry-After"))
	wait := time.Duration(0)
	if seconds, err := strconv.ParseFloat(text, 64); err == nil {
		wait = inSeconds(seconds)
	} else if at, err := http.ParseTime(text); err == nil {
		wait = at.Sub(now)
	} else if fields, ok := body.(map[string]any); ok && text == "" && a.Status == http.StatusTooManyRequests {
		switch seconds := fields["retry_after"].(type) {
		case float64:
			wait = inSeconds(seconds)
		case int:
			wait = inSeconds(float64(seconds))
		}
	}
	return min(wait, longestWait), wait > 0
}

// inSeconds caps before it multiplies, which could overflow.
func inSeconds(seconds float64) time.Duration {
	if math.IsNaN(seconds) || seconds <= 0 {
		return 0
	}
	return time.Duration(min(seconds, longestWait.Seconds()) * float64(time.Second))
}

// answerHeaders has lower-case names; cookies, which are credentials, are hidden.
func answerHeaders(h http.Header) map[string]any {
	headers := payload.Header(h)
	for name := range headers {
		if nodes.SensitiveHeader(name) {
			headers[name] = nodes.Redacted
		}
	}
	return headers
}

// answerBody reads the body by its type. One that cannot be read so is text: the
// call is done, and its answer must not make it fail.
func answerBody(env *nodes.Env, a nodes.HTTPResponse) any {
	parsed, err := payload.Parse(a.Header.Get("Content-Type"), a.Body, payload.Limits{})
	var unreadable *payload.Error
	switch {
	case errors.As(err, &unreadable) && utf8.Valid(a.Body):
		env.Warn("The answer is kept as text: " + unreadable.Error() + ".")
		return string(a.Body)
	case err != nil || parsed.Kind == payload.KindRaw:
		env.Warn(fmt.Sprintf("The answer is no text (%d bytes) and was not kept.", len(a.Body)))
		return nil
	}
	return parsed.Value
}

// statuses are ranges of HTTP statuses, both ends included.
type statuses [][2]int

func (s statuses) has(status int) bool {
	for _, r := range s {
		if r[0] <= status && status <= r[1] {
			return true
		}
	}
	return false
}

// parseFailOn reads "404", "4xx" and "500-599"; "none" alone is no status at all.
func parseFailOn(list []string) (statuses, error) {
	var ranges statuses
	for _, text := range list {
		text = strings.ToLower(strings.TrimSpace(text))
		if text == "" || text == "none" {
			continue
		}
		from, to, ok := strings.Cut(text, "-")
		if !ok {
			to = from
		}
		low, lowErr := strconv.Atoi(strings.ReplaceAll(from, "x", "0"))
		high, highErr := strconv.Atoi(strings.ReplaceAll(to, "x", "9"))
		if lowErr != nil || highErr != nil || low < 100 || high > 599 || low > high {
			return nil, fmt.Errorf("%.40q is not an HTTP status: write for example 404, 4xx or 500-599", text)
		}
		ranges = append(ranges, [2]int{low, high})
	}
	return ranges, nil
}
