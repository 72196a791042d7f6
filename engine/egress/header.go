package egress

import (
	"fmt"
	"net/http"
	"net/textproto"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/nodes"
)

const (
	// MaxHeaders is how many header lines a call may carry.
	MaxHeaders = 100
	// MaxHeaderBytes is how long all names and values of a call may be together.
	MaxHeaderBytes = 32 << 10
)

// reserved headers belong to the connection or are computed from the body. A
// caller that could set them could make the receiver see two requests in one.
var reserved = map[string]bool{
	"Host": true, "Content-Length": true, "Transfer-Encoding": true, "Expect": true,
	"Connection": true, "Keep-Alive": true, "Proxy-Connection": true, "Te": true,
	"Trailer": true, "Upgrade": true, "Http2-Settings": true,
	"Proxy-Authenticate": true, "Proxy-Authorization": true,
}

// outgoing checks the caller's headers and returns a copy to send. Names are
// canonical in it, but for the idempotency keys: net/http takes a request that
// carries Header["Idempotency-Key"] as safe to repeat and silently sends a POST
// again when a kept connection breaks. It looks for the canonical spelling
// only, and to receivers the case of a name means nothing.
func outgoing(h http.Header) (http.Header, *nodes.SendError) {
	out := make(http.Header, len(h)+2)
	lines, size := 0, 0
	for name, values := range h {
		if !httpguts.ValidHeaderFieldName(name) {
			return nil, invalid(fmt.Sprintf("The header name %q has characters that a header name cannot have. Use letters, digits and hyphens.", short(name)))
		}
		key := textproto.CanonicalMIMEHeaderKey(name)
		if reserved[key] {
			return nil, invalid(fmt.Sprintf("The header %s is set by the sending itself. Remove it from this step.", short(key)))
		}
		for _, v := range values {
			if !httpguts.ValidHeaderFieldValue(v) {
				return nil, invalid(fmt.Sprintf("The value of the header %s has a line break or another control character. Remove it, for example with trim().", short(key)))
			}
			lines++
			size += len(name) + len(v)
		}
		key = plainKey(key)
		out[key] = append(out[key], values...)
	}
	if lines > MaxHeaders {
		return nil, invalid(fmt.Sprintf("The call has %d headers; at most %d are allowed.", lines, MaxHeaders))
	}
	if size > MaxHeaderBytes {
		return nil, invalid(fmt.Sprintf("The headers of the call are %d bytes long together; at most %d are allowed.", size, MaxHeaderBytes))
	}
	return out, nil
}

// plainKey takes from a header the spelling that makes net/http repeat requests.
func plainKey(key string) string {
	switch key {
	case "Idempotency-Key":
		return "idempotency-key"
	case "X-Idempotency-Key":
		return "x-idempotency-key"
	}
	return key
}
