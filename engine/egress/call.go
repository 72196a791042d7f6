package egress

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptrace"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/nodes"
)

// call is one request on its way: checked, and rewritten at each redirect.
type call struct {
	method string
	to     target
	header http.Header
	body   []byte
	// gzip is true when we asked for a compressed answer ourselves, so that we
	// have to unpack it.
	gzip bool
}

// Check tells whether a call could be sent at all, as far as that can be said
// without looking a name up: its method, address and headers. It is for places
// where an address is stored. The error is a *nodes.SendError, refused or
// invalid.
func (c *Client) Check(r nodes.HTTPRequest) error {
	if _, refusal := c.newCall(r); refusal != nil {
		return refusal
	}
	return nil
}

// newCall checks everything of a request that can be checked before a name is
// looked up.
func (c *Client) newCall(r nodes.HTTPRequest) (*call, *nodes.SendError) {
	method := strings.ToUpper(r.Method)
	switch {
	case method == "":
		method = http.MethodGet
	case method == http.MethodConnect || method == http.MethodTrace || !httpguts.ValidHeaderFieldName(method):
		return nil, invalid("This method cannot be used for a call. Use GET, POST, PUT, PATCH or DELETE.")
	}
	to, refusal := c.guard.target(r.URL)
	if refusal != nil {
		return nil, refusal
	}
	header, refusal := outgoing(r.Header)
	if refusal != nil {
		return nil, refusal
	}
	if _, ok := header["User-Agent"]; !ok {
		header["User-Agent"] = []string{c.cfg.UserAgent}
	}
	cl := &call{method: method, to: to, header: header, body: r.Body}
	cl.askForGzip()
	return cl, nil
}

// askForGzip asks for a compressed answer unless the caller chose encodings
// itself, wants a range, or wants no body (nginx miscounts gzip on HEAD).
func (cl *call) askForGzip() {
	_, own := cl.header["Accept-Encoding"]
	_, ranged := cl.header["Range"]
	if own || ranged || cl.method == http.MethodHead {
		return
	}
	cl.header["Accept-Encoding"] = []string{"gzip"}
	cl.gzip = true
}

// request builds what net/http sends. GetBody is set so that the transport can
// start over on another connection when a kept one died before a single byte
// was written, and on HTTP/2 streams that the server says it never processed.
func (cl *call) request(ctx context.Context) *http.Request {
	req := &http.Request{
		Method: cl.method, URL: cl.to.url, Host: cl.to.url.Host, Header: cl.header,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if len(cl.body) > 0 {
		body := cl.body
		req.ContentLength = int64(len(body))
		req.Body = io.NopCloser(bytes.NewReader(body))
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
	return req.WithContext(ctx)
}

// safe tells whether HTTP defines the method as free of effects; the transport
// repeats such requests on its own.
func (cl *call) safe() bool {
	switch cl.method {
	case http.MethodGet, http.MethodHead, http.MethodOptions:
		return true
	}
	return false
}

// roundTrip sends one hop. parent is the caller's context, limited the same
// with the call's timeout.
func (c *Client) roundTrip(parent, limited context.Context, cl *call) (*http.Response, *nodes.SendError) {
	// Both hooks run in this goroutine. From the moment a connection is ready
	// the request may have reached the receiver, and we never claim otherwise.
	// For a method with effects the transport asks for a second connection only
	// when nothing was written to, or nothing processed on, the first.
	sent, safe := false, cl.safe()
	trace := &httptrace.ClientTrace{
		GetConn: func(string) { sent = sent && safe },
		GotConn: func(httptrace.GotConnInfo) { sent = true },
	}
	t := c.secure
	if cl.to.plain {
		t = c.plain
	}
	resp, err := t.RoundTrip(cl.request(httptrace.WithClientTrace(limited, trace)))
	if err != nil {
		return nil, failure{host: cl.to.name(), sent: sent}.of(parent, limited, err)
	}
	return resp, nil
}
