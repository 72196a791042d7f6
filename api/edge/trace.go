package edge

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
)

// TraceHeader carries the trace id of an answer.
const TraceHeader = "X-Trace-Id"

// NewTraceID is the id of a request in logs and problems: that of the caller's
// W3C traceparent header, or a new one of 32 hex digits.
func NewTraceID(r *http.Request) string {
	if parent := r.Header.Get("Traceparent"); len(parent) == 55 && parent[2] == '-' && parent[35] == '-' {
		if id := parent[3:35]; isTrace(id) {
			return id
		}
	}
	var raw [16]byte
	_, _ = rand.Read(raw[:])
	return hex.EncodeToString(raw[:])
}

// isTrace reports 32 lower-case hex digits that are not all zero.
func isTrace(id string) bool {
	zero := true
	for i := range len(id) {
		c := id[i]
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
		zero = zero && c == '0'
	}
	return !zero
}
