package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/url"
	"strconv"
	"strings"
	"time"

	smtp "github.com/wneessen/go-mail"

	"github.com/hookloom/hookloom/engine/brand"
)

// SMTP sends through one server.
type SMTP struct {
	host     string
	from     string
	fromName string
	options  []smtp.Option
}

// ParseSMTP reads an address such as smtp://user:password@mail.example.com:587?from=hookloom@example.com.
// smtp:// uses STARTTLS, which a server must offer unless it is on this machine
// or the address says ?starttls=optional; smtps:// is encrypted from the first
// byte. The error never contains the password.
func ParseSMTP(address string) (*SMTP, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("must look like smtp://user:password@mail.example.com:587?from=hookloom@example.com")
	}
	s := &SMTP{host: u.Hostname(), from: u.Query().Get("from"), fromName: u.Query().Get("name")}
	password, _ := u.User.Password()
	if s.from == "" {
		s.from = u.User.Username()
	}
	if _, err := mail.ParseAddress(s.from); err != nil {
		return nil, errors.New("needs the sender's address: add ?from=hookloom@example.com")
	}
	port := 587
	switch {
	case s.host == "":
		return nil, errors.New("names no server")
	case u.Scheme == "smtps":
		port = 465
		s.options = append(s.options, smtp.WithSSL())
	case u.Scheme != "smtp":
		return nil, fmt.Errorf("must begin with smtp:// or smtps://, not %s", u.Scheme)
	default:
		policy := smtp.TLSMandatory
		ip := net.ParseIP(s.host)
		local := s.host == "localhost" || ip != nil && ip.IsLoopback()
		if local || u.Query().Get("starttls") == "optional" {
			policy = smtp.TLSOpportunistic
		}
		s.options = append(s.options, smtp.WithTLSPolicy(policy))
	}
	if text := u.Port(); text != "" {
		if port, err = strconv.Atoi(text); err != nil {
			return nil, errors.New("has a port that is no number")
		}
	}
	s.options = append(s.options, smtp.WithPort(port), smtp.WithTimeout(30*time.Second))
	if u.User.Username() != "" && password != "" {
		s.options = append(s.options, smtp.WithSMTPAuth(smtp.SMTPAuthAutoDiscover), smtp.WithUsername(u.User.Username()), smtp.WithPassword(password))
	}
	return s, nil
}

// Send implements Transport. A refusal for good (5xx) is permanent; anything else
// is worth another try: a refusal for now (4xx), and a server that is away or
// knows other passwords than ours, which somebody will mend.
func (s *SMTP) Send(ctx context.Context, e Email) error {
	msg, err := s.message(e)
	if err != nil {
		return permanentError{err}
	}
	client, err := smtp.NewClient(s.host, s.options...)
	if err != nil {
		return permanentError{fmt.Errorf("SMTP_URL: %w", err)}
	}
	err = client.DialAndSendWithContext(ctx, msg)
	if err == nil || msg.IsDelivered() {
		// Once the server has it, a farewell that went wrong changes nothing.
		return nil
	}
	var refused *smtp.SendError
	if !errors.As(err, &refused) {
		return fmt.Errorf("the mail server did not take the message: %w", err)
	}
	if code := refused.ErrorCode(); code/100 == 5 {
		return permanentError{fmt.Errorf("the mail server refused the message: %w", err)}
	}
	return fmt.Errorf("the mail server did not take the message yet: %w", err)
}

// message writes an e-mail. Its envelope has the server's own sender, so that
// bounces come back to who runs it.
func (s *SMTP) message(e Email) (*smtp.Msg, error) {
	msg := smtp.NewMsg()
	from, name := cmp.Or(e.FromEmail, s.from), cmp.Or(e.FromName, s.fromName, brand.Product)
	if _, err := mail.ParseAddress(from); err != nil {
		return nil, fmt.Errorf("the sender's address %q is no e-mail address", from)
	}
	// Names may have quotes in them, so they are not put together as text.
	msg.FromMailAddress(&mail.Address{Name: oneLine(name), Address: from})
	if from != s.from {
		if err := msg.EnvelopeFrom(s.from); err != nil {
			return nil, fmt.Errorf("the mail server's own sender: %w", err)
		}
	}
	if err := msg.To(e.To); err != nil {
		return nil, fmt.Errorf("%q is no e-mail address", e.To)
	}
	if e.ReplyTo != "" {
		if err := msg.ReplyTo(e.ReplyTo); err != nil {
			return nil, fmt.Errorf("the address for answers %q is no e-mail address", e.ReplyTo)
		}
	}
	msg.Subject(e.Subject)
	msg.SetMessageIDWithValue(e.ID + from[strings.LastIndexByte(from, '@'):])
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	if e.Unsubscribe != "" {
		// RFC 8058: one POST to the address, without any question.
		msg.SetGenHeader(smtp.HeaderListUnsubscribe, "<"+e.Unsubscribe+">")
		msg.SetGenHeader(smtp.HeaderListUnsubscribePost, "List-Unsubscribe=One-Click")
	}
	msg.SetBodyString(smtp.TypeTextPlain, e.Body)
	if e.HTML != "" {
		msg.AddAlternativeString(smtp.TypeTextHTML, e.HTML)
	}
	return msg, nil
}
