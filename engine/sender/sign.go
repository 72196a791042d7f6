package sender

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hmac"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// Sign makes the headers that a sender of this scheme adds to r at now: the
// signature, and the timestamp and id where the scheme has them. Several secrets
// give several signatures, the newest first, so that a receiver may rotate;
// schemes whose header holds one signature refuse them. id may be empty where the
// pattern does not use it. The error never contains a secret.
func (s Scheme) Sign(now time.Time, r Request, id string, secrets ...string) (http.Header, error) {
	s = s.withDefaults()
	if problems := s.Problems(); len(problems) > 0 {
		return nil, fmt.Errorf("sign %s: %s", s.Name, problems[0].Message)
	}
	text, err := compile(s.Pattern)
	if err != nil {
		return nil, err
	}
	if err := s.canSign(text, id, secrets); err != nil {
		return nil, fmt.Errorf("sign %s: %w", s.Name, err)
	}
	values := signed{timestamp: s.TimeFormat.format(now), id: id, url: r.URL, method: r.Method}
	if text.has("form") {
		var why string
		if values.form, why = signedForm(r); why != "" {
			return nil, fmt.Errorf("sign %s: %s", s.Name, why)
		}
	}
	var parts []string
	if s.TimestampPrefix != "" {
		parts = append(parts, s.TimestampPrefix+values.timestamp)
	}
	for _, secret := range secrets {
		part, err := s.signature(secret, text, values, r.Body)
		if err != nil {
			return nil, fmt.Errorf("sign %s: %w", s.Name, err)
		}
		parts = append(parts, part)
	}
	h := http.Header{}
	h.Set(s.Header[0], s.Lead+strings.Join(parts, s.Separator))
	if len(s.TimestampHeader) > 0 {
		h.Set(s.TimestampHeader[0], values.timestamp)
	}
	if len(s.IDHeader) > 0 && id != "" {
		h.Set(s.IDHeader[0], id)
	}
	return h, nil
}

func (s Scheme) canSign(text pattern, id string, secrets []string) error {
	switch {
	case len(secrets) == 0:
		return errSecret
	case len(secrets) > 1 && s.Separator == "":
		return errors.New("the header holds one signature only")
	case len(secrets) > maxSignatures:
		return fmt.Errorf("more than %d secrets", maxSignatures)
	case text.has("id") && id == "":
		return errors.New("the message has no id")
	case text.ambiguous(id):
		return errors.New("the message's id contains the character that ends it in the signed text")
	}
	return nil
}

func (s Scheme) signature(secret string, text pattern, values signed, body []byte) (string, error) {
	k, err := s.key(secret)
	switch {
	case err != nil:
		return "", err
	case k.private != nil && s.PublicPrefix != "":
		var message bytes.Buffer
		text.write(&message, values, body)
		return s.PublicPrefix + base64.StdEncoding.EncodeToString(ed25519.Sign(k.private, message.Bytes())), nil
	case k.shared == nil:
		return "", errors.New("a public key cannot sign")
	}
	mac := hmac.New(s.Hash.new(), k.shared)
	text.write(mac, values, body)
	return s.Prefix + encode(s.Encoding, mac.Sum(nil))[0], nil
}
