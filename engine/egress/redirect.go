package egress

import (
	"fmt"
	"net/http"

	"github.com/hookloom/hookloom/nodes"
)

// elsewhere lists the only headers that follow a redirect to another origin. A
// credential can have any name, so what may go is listed, not what may not.
var elsewhere = map[string]bool{
	"Accept": true, "Accept-Encoding": true, "Accept-Language": true, "Content-Type": true,
	"Content-Language": true, "Content-Encoding": true, "User-Agent": true,
	"idempotency-key": true, "Webhook-Id": true, "Webhook-Timestamp": true,
}

// follow decides what comes after an answer: nil to take it as it is, or the
// next call. The new address passes the same checks as the first.
func (c *Client) follow(cl *call, resp *http.Response, asked bool, hop int) (*call, *nodes.SendError) {
	location := resp.Header.Get("Location")
	if !asked || location == "" || !isRedirect(resp.StatusCode) {
		return nil, nil
	}
	if hop >= MaxRedirects {
		return nil, &nodes.SendError{Kind: "redirect", Sent: true, Permanent: true, Message: fmt.Sprintf(
			"%s redirected the call again after %d redirects. Use the address where the redirects end.", cl.to.name(), MaxRedirects)}
	}
	u, err := cl.to.url.Parse(location)
	if err != nil {
		return nil, &nodes.SendError{Kind: "redirect", Sent: true, Permanent: true, Message: fmt.Sprintf(
			"%s redirected the call to an address that cannot be read.", cl.to.name())}
	}
	to, refusal := c.guard.target(u.String())
	if refusal != nil {
		refusal.Sent = true
		refusal.Message = fmt.Sprintf("%s redirected the call elsewhere. %s", cl.to.name(), refusal.Message)
		return nil, refusal
	}
	return cl.moved(to, resp.StatusCode), nil
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// moved is the call after a redirect. As in browsers, 303 always and 301 and
// 302 for POST turn into a GET without a body; 307 and 308 keep both.
func (cl *call) moved(to target, status int) *call {
	next := &call{method: cl.method, to: to, body: cl.body, gzip: cl.gzip, header: cl.header.Clone()}
	get := status == http.StatusSeeOther && cl.method != http.MethodHead ||
		cl.method == http.MethodPost && (status == http.StatusMovedPermanently || status == http.StatusFound)
	if get {
		next.method, next.body = http.MethodGet, nil
		for _, name := range []string{"Content-Type", "Content-Language", "Content-Encoding"} {
			delete(next.header, name)
		}
	}
	if !sameOrigin(cl.to, to) {
		for name := range next.header {
			if !elsewhere[name] {
				delete(next.header, name)
			}
		}
	}
	return next
}

// sameOrigin counts the scheme too: going from https to plain http would show
// a credential to everyone on the way.
func sameOrigin(a, b target) bool {
	return a.plain == b.plain && a.host == b.host && a.port == b.port
}
