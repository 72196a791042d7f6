package egress

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// failure is what is known of a call that brought no whole answer.
type failure struct {
	host string
	// sent is true when a connection was ready for the request.
	sent bool
	// status is that of an answer whose body broke off, or 0.
	status int
}

// of classifies an error of net/http. parent is the caller's context, limited
// the same with the call's timeout.
func (f failure) of(parent, limited context.Context, err error) *nodes.SendError {
	var verdict dialError
	var timeout net.Error
	switch {
	case errors.Is(parent.Err(), context.Canceled):
		return f.error("canceled", "The call to %s was stopped, because the run was canceled or the server is shutting down.", f.host)
	case errors.As(err, &verdict):
		fail := *verdict.SendError // connections are shared, so verdicts may be too
		fail.Sent = f.sent
		return &fail
	case limited.Err() != nil, errors.As(err, &timeout) && timeout.Timeout():
		return f.timeout()
	case !f.sent:
		return f.handshake(err)
	case strings.Contains(err.Error(), "response headers exceeded"):
		return f.permanent("too_large", "The headers of the answer from %s are longer than %s, so the answer was not read.", f.host, size(maxResponseHeader))
	case errors.Is(err, io.ErrUnexpectedEOF) && f.status != 0:
		return f.error("reset", "%s answered %d, but the connection broke before the answer was complete.", f.host, f.status)
	case strings.Contains(err.Error(), "malformed"):
		return f.error("reset", "%s answered with something that is not HTTP.", f.host)
	}
	return f.error("reset", "The connection to %s broke before an answer came. It is not known whether the call was carried out there.", f.host)
}

func (f failure) timeout() *nodes.SendError {
	switch {
	case !f.sent:
		return f.error("timeout", "No connection to %s came about in time. The server is down or very busy.", f.host)
	case f.status != 0:
		return f.error("timeout", "%s answered %d, but did not finish its answer in time.", f.host, f.status)
	}
	return f.error("timeout", "%s did not answer in time. It is not known whether the call was carried out there.", f.host)
}

// handshake explains a failure between connecting and sending, which is TLS.
func (f failure) handshake(err error) *nodes.SendError {
	var (
		name    x509.HostnameError
		bad     x509.CertificateInvalidError
		unknown x509.UnknownAuthorityError
		record  tls.RecordHeaderError
	)
	switch {
	case errors.As(err, &name):
		return f.error("tls", "The certificate of %s is made out to another name, so this may be the wrong server. Check the host in the address.", f.host)
	case errors.As(err, &bad) && bad.Reason == x509.Expired:
		return f.error("tls", "The certificate of %s has expired or is not valid yet. Its owner has to renew it.", f.host)
	case errors.As(err, &unknown):
		return f.error("tls", "The certificate of %s is not signed by an authority that is known here. Its owner has to install a complete one.", f.host)
	case errors.As(err, &record), strings.Contains(err.Error(), "server gave HTTP response"):
		return f.error("tls", "%s does not speak https at this port. Check the port and the https:// in the address.", f.host)
	}
	return f.error("tls", "No encrypted connection to %s could be agreed on. Its certificate or its TLS settings are at fault.", f.host)
}

func (f failure) error(kind, format string, args ...any) *nodes.SendError {
	return &nodes.SendError{Kind: kind, Sent: f.sent, Message: fmt.Sprintf(format, args...)}
}

func (f failure) permanent(kind, format string, args ...any) *nodes.SendError {
	e := f.error(kind, format, args...)
	e.Permanent = true
	return e
}
