package hosted

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// The names of the page's own fields. Keys of forms never begin with an
// underscore.
const (
	trapField  = "_website"
	stampField = "_opened"
)

const (
	// fastest is how soon after a page was opened somebody can have filled it
	// in.
	fastest = 2 * time.Second
	// longest is how long an open page may wait.
	longest = 24 * time.Hour
)

// stamp says when a page was given out, signed by the form.
func stamp(f crm.Form, at time.Time) string {
	text := strconv.FormatInt(at.UnixMilli(), 36)
	return text + "." + sign(f, text)
}

func sign(f crm.Form, text string) string {
	mac := hmac.New(sha256.New, f.Key)
	mac.Write([]byte(f.ID + "\x00" + text))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// trapped tells why a submission is no person's, "" for a person's. stale is a
// person's whose page was open for too long.
func (p *Pages) trapped(f crm.Form, answers map[string]string) (caught string, stale bool) {
	if answers[trapField] != "" {
		return "The field that people do not see was filled in.", false
	}
	text, signature, _ := strings.Cut(answers[stampField], ".")
	opened, err := strconv.ParseInt(text, 36, 64)
	if err != nil || !hmac.Equal([]byte(signature), []byte(sign(f, text))) {
		return "It was not sent from the form's page.", false
	}
	switch open := p.Now().Sub(time.UnixMilli(opened)); {
	case open < fastest:
		return "It was sent sooner than a person can fill it in.", false
	case open > longest:
		return "", true
	}
	return "", false
}
