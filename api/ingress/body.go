package ingress

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/nodes"
)

// firstRead is the buffer that a body gets before its bytes come: what a sender
// announces costs it nothing, so it must cost us little.
const firstRead = 16 << 10

// read takes the body in. wire is as it came; body is after Content-Encoding,
// and the same slice when there was none. A body that cannot be kept becomes a
// refusal with no body; an error means that the request did not arrive or that
// the server holds too much already.
func (h *Hooks) read(w http.ResponseWriter, r *http.Request, hold *hold) (body, wire []byte, refused *nodes.Receipt, err error) {
	if r.ContentLength == 0 || r.Body == http.NoBody {
		return nil, nil, nil, nil
	}
	// An overdue deadline ends the connection; the server sets its own for what
	// comes after. The error is of writers that know none, such as a test's.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(h.BodyTime))
	if r.ContentLength > h.MaxBodyBytes {
		edge.Drain(w, r)
		return nil, nil, tooLarge(h.MaxBodyBytes), nil
	}
	wire, err = h.take(r, hold)
	if errors.Is(err, errTooLarge) {
		hold.release() // what is dropped takes no room from others
		edge.Drain(w, r)
		return nil, nil, tooLarge(h.MaxBodyBytes), nil
	}
	if err != nil {
		return nil, nil, nil, err
	}
	encoding := r.Header["Content-Encoding"]
	if len(encoding) == 0 {
		return wire, wire, nil, nil
	}
	return h.decode(r, wire, hold)
}

var errTooLarge = errors.New("the body is larger than allowed")

// take reads the body into a buffer that grows with what comes, each growth
// paid from the budget.
func (h *Hooks) take(r *http.Request, hold *hold) ([]byte, error) {
	room := int64(firstRead)
	if r.ContentLength > 0 {
		room = min(room, r.ContentLength)
	}
	if err := hold.more(r.Context(), room); err != nil {
		return nil, err
	}
	buf := make([]byte, 0, room)
	for {
		n, err := r.Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if int64(len(buf)) > h.MaxBodyBytes {
			return nil, errTooLarge
		}
		switch {
		case errors.Is(err, io.EOF):
			return buf, nil
		case err != nil:
			return nil, err
		case len(buf) == cap(buf):
			if int64(len(buf)) == r.ContentLength {
				return buf, nil
			}
			if buf, err = h.grow(r, buf, hold); err != nil {
				return nil, err
			}
		}
	}
}

// grow makes a buffer four times as large (twice would leave as much garbage as
// the body is large), up to one byte past the limit, by which a body that is
// too large shows.
func (h *Hooks) grow(r *http.Request, buf []byte, hold *hold) ([]byte, error) {
	room := min(int64(4*cap(buf)), h.MaxBodyBytes+1)
	if r.ContentLength > 0 {
		room = min(room, r.ContentLength)
	}
	if err := hold.more(r.Context(), room-int64(cap(buf))); err != nil {
		return nil, err
	}
	larger := make([]byte, len(buf), room)
	copy(larger, buf)
	return larger, nil
}

// decode undoes a Content-Encoding, never past the limit. What cannot be
// decoded is kept as a refusal that says why.
func (h *Hooks) decode(r *http.Request, wire []byte, hold *hold) (body, kept []byte, refused *nodes.Receipt, err error) {
	if err := hold.more(r.Context(), h.MaxBodyBytes); err != nil {
		return nil, nil, nil, err
	}
	body, err = payload.Decompress(strings.Join(r.Header["Content-Encoding"], ","), wire, h.MaxBodyBytes)
	var damaged *payload.Error
	switch {
	case err == nil:
		return body, wire, nil, nil
	case errors.As(err, &damaged) && damaged.Status == http.StatusRequestEntityTooLarge:
		return nil, nil, tooLarge(h.MaxBodyBytes), nil
	case errors.As(err, &damaged):
		return nil, nil, &nodes.Receipt{Verdict: nodes.Invalid, Status: damaged.Status, Reason: damaged.Error()}, nil
	}
	return nil, nil, nil, err
}
