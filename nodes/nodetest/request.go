package nodetest

import (
	"net/http"
	"strings"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// Post is an inbound POST of JSON at Now. headers are names and values in turn;
// a name that comes again adds a second value, and a Content-Type replaces the
// one of JSON.
func Post(body string, headers ...string) nodes.RawRequest {
	h := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i+1 < len(headers); i += 2 {
		if strings.EqualFold(headers[i], "Content-Type") {
			h.Set(headers[i], headers[i+1])
			continue
		}
		h.Add(headers[i], headers[i+1])
	}
	return nodes.RawRequest{
		Method: http.MethodPost, URL: "https://hooks.example.com/hooks/tok", Path: "/hooks/tok",
		Header: h, Body: []byte(body), IP: "203.0.113.7", ReceivedAt: Now, TriggerID: "start",
		Zone: time.UTC, Country: "US",
	}
}
