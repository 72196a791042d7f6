package outbound

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

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

// Failure is the error of an answer that counts as failed: it decides whether trying
// again can help, and when. body is what AnswerBody read.
func Failure(env *nodes.Env, r nodes.HTTPRequest, a nodes.HTTPResponse, body any) error {
	refused := &Refused{Host: HostOf(r.URL), Status: a.Status}
	switch s := a.Status; {
	case s == http.StatusRequestTimeout || s == http.StatusTooEarly || s == http.StatusTooManyRequests:
	case s >= 400 && s < 500:
		return nodes.Permanent(refused)
	}
	if wait, ok := RetryAfter(a, env.Now.Add(a.Duration), body); ok {
		return nodes.RetryAfter(wait, refused)
	}
	return refused
}

// HostOf is the host of an address as it is written there, with its port.
func HostOf(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	if end := strings.IndexAny(rest, "/?"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}

// longestWait caps what a receiver may ask for.
const longestWait = 24 * time.Hour

// RetryAfter reads when the receiver wants the next attempt: seconds or a date
// in the header (RFC 9110), or the retry_after of Discord's body. What lies in
// the past, or cannot be read, leaves the time to the step's own policy.
func RetryAfter(a nodes.HTTPResponse, now time.Time, body any) (time.Duration, bool) {
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

// Seconds reads a number of seconds to wait, at most a day; 0 for what is none.
func Seconds(text string) time.Duration {
	seconds, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	if err != nil {
		return 0
	}
	return inSeconds(seconds)
}
