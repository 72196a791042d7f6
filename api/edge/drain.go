package edge

import (
	"errors"
	"io"
	"net/http"
)

// drained is how much of a refused body is read and dropped, in bytes.
const drained = 32 << 20

// Drain reads and drops what is left of a body that is refused, so that its
// sender reads the answer: a connection that closes while bytes still come is
// reset, and most clients then report a broken pipe instead of the status. The
// caller sets the read deadline. A connection that cannot be used again, because
// its sender is slower or sends more than that, is closed after the answer; who
// waits for a 100 Continue has sent nothing and needs no reading.
func Drain(w http.ResponseWriter, r *http.Request) {
	waits := r.ContentLength > 0 && r.Header.Get("Expect") != ""
	if r.ContentLength <= drained && !waits {
		if _, err := io.CopyN(io.Discard, r.Body, drained); errors.Is(err, io.EOF) {
			return
		}
	}
	w.Header()["Connection"] = []string{"close"}
}
