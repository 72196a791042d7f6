package sender

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestProblems(t *testing.T) {
	sig := []string{"X-Sig"}
	for name, c := range map[string]struct {
		scheme Scheme
		fields string // of the problems, in order
	}{
		"defaults":              {Scheme{Header: sig}, ""},
		"nothing":               {Scheme{}, "header"},
		"header with a space":   {Scheme{Header: []string{"X Sig"}}, "header"},
		"header with a break":   {Scheme{Header: []string{"X-Sig\r\nHost"}}, "header"},
		"empty header":          {Scheme{Header: []string{""}}, "header"},
		"hash":                  {Scheme{Header: sig, Hash: "md5"}, "hash"},
		"encoding":              {Scheme{Header: sig, Encoding: "rot13"}, "encoding"},
		"several at once":       {Scheme{Hash: "md5", Encoding: "x"}, "header hash encoding"},
		"no body":               {Scheme{Header: sig, Pattern: "{url}"}, "pattern"},
		"unknown placeholder":   {Scheme{Header: sig, Pattern: "{body}{secret}"}, "pattern"},
		"open brace":            {Scheme{Header: sig, Pattern: "{body}{"}, "pattern"},
		"long pattern":          {Scheme{Header: sig, Pattern: "{body}" + strings.Repeat("x", 300)}, "pattern"},
		"time without source":   {Scheme{Header: sig, Pattern: "{timestamp}{body}"}, "timestamp"},
		"time not signed":       {Scheme{Header: sig, TimestampHeader: []string{"X-T"}}, "timestamp"},
		"time twice":            {Scheme{Header: sig, Pattern: "{timestamp}{body}", TimestampHeader: []string{"X-T"}, TimestampPrefix: "t=", Separator: ","}, "timestamp"},
		"time, no separator":    {Scheme{Header: sig, Pattern: "{timestamp}{body}", TimestampPrefix: "t="}, "separator"},
		"time, same prefix":     {Scheme{Header: sig, Pattern: "{timestamp}{body}", TimestampPrefix: "t=", Prefix: "t=", Separator: ","}, "timestamp"},
		"time format":           {Scheme{Header: sig, Pattern: "{timestamp}{body}", TimestampHeader: []string{"X-T"}, TimeFormat: "roman"}, "timestamp"},
		"id without source":     {Scheme{Header: sig, Pattern: "{id}{body}"}, "id"},
		"tolerance, negative":   {Scheme{Header: sig, Tolerance: -1}, "tolerance"},
		"tolerance, too long":   {Scheme{Header: sig, Tolerance: 25 * time.Hour}, "tolerance"},
		"prefix with a break":   {Scheme{Header: sig, Prefix: "a\r\nb"}, "prefix"},
		"separator not in text": {Scheme{Header: sig, Separator: "é"}, "prefix"},
	} {
		t.Run(name, func(t *testing.T) {
			var fields []string
			for _, p := range c.scheme.Problems() {
				fields = append(fields, p.Field)
				if p.Message == "" {
					t.Error("a problem without words")
				}
			}
			if got := strings.Join(fields, " "); got != c.fields {
				t.Errorf("problems of %q, want %q", got, c.fields)
			}
			if c.fields == "" {
				return
			}
			r := Request{Header: http.Header{"X-Sig": {"x"}, "X-T": {"1"}}}
			if err := c.scheme.Verify(at, r, Secrets("k")); err != ErrSignature {
				t.Errorf("a scheme with problems answers %v", err)
			}
			if _, err := c.scheme.Sign(at, r, "m", "k"); err == nil {
				t.Error("a scheme with problems signs")
			}
		})
	}
}
