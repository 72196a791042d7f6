package sender

import (
	"fmt"
	"strings"
	"time"
)

// Problem is one thing that keeps a scheme or a secret from protecting anything,
// in words for the person who set it up.
type Problem struct {
	// Field is the part of the form: header, hash, encoding, pattern, prefix,
	// separator, timestamp, tolerance, id, key or secret.
	Field   string
	Message string
}

// Problems lists everything that is wrong with a scheme; nil means that it can be
// used. A scheme with problems refuses every request.
func (s Scheme) Problems() []Problem {
	s = s.withDefaults()
	var list []Problem
	add := func(field, format string, args ...any) {
		list = append(list, Problem{field, fmt.Sprintf(format, args...)})
	}
	if len(s.Header) == 0 {
		add("header", "name the header that holds the signature")
	}
	for _, of := range []struct {
		field string
		names []string
	}{{"header", s.Header}, {"timestamp", s.TimestampHeader}, {"id", s.IDHeader}} {
		for _, name := range of.names {
			if !headerName(name) {
				add(of.field, "%q is not a header name", name)
			}
		}
	}
	if s.Hash.new() == nil {
		add("hash", "%q is not one of sha1, sha256, sha512", s.Hash)
	}
	if encode(s.Encoding, nil) == nil {
		add("encoding", "%q is not one of hex, base64, base64url", s.Encoding)
	}
	if _, ok := parseTime(s.TimeFormat, s.TimeFormat.format(time.Unix(0, 0))); !ok {
		add("timestamp", "%q is not one of unix, unix_ms, rfc3339", s.TimeFormat)
	}
	switch s.Key {
	case KeyPlain, KeyBase64, KeyHex:
	default:
		add("key", "%q is not one of plain, base64, hex", s.Key)
	}
	if s.Tolerance < time.Second || s.Tolerance > maxTolerance {
		add("tolerance", "the tolerance must be between 1 second and %s", maxTolerance)
	}
	for _, text := range []string{s.Lead, s.Prefix, s.TimestampPrefix, s.Separator} {
		if len(text) > 64 || strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
			add("prefix", "%q cannot stand in a header", text)
		}
	}
	return append(list, s.patternProblems()...)
}

func (s Scheme) patternProblems() []Problem {
	var list []Problem
	add := func(field, format string, args ...any) {
		list = append(list, Problem{field, fmt.Sprintf(format, args...)})
	}
	pattern, err := compile(s.Pattern)
	if err != nil {
		add("pattern", "%v", err)
		return list
	}
	if !pattern.has("body") && !(pattern.has("form") && pattern.has("url")) {
		add("pattern", "the pattern must contain {body}, or anybody could change the body")
	}
	sources := 0
	for _, given := range []bool{s.TimestampPrefix != "", len(s.TimestampHeader) > 0} {
		if given {
			sources++
		}
	}
	switch timed := pattern.has("timestamp"); {
	case timed && sources == 0:
		add("timestamp", "the pattern contains {timestamp}: name the header, or the prefix within the signature header, that holds it")
	case !timed && sources > 0:
		add("timestamp", "the pattern does not contain {timestamp}, so anybody could change it: add it, or leave the timestamp out")
	case sources > 1:
		add("timestamp", "give the timestamp a header or a prefix within the signature header, not both")
	}
	if s.TimestampPrefix != "" && s.Separator == "" {
		add("separator", "a timestamp within the signature header needs a separator")
	}
	if s.TimestampPrefix != "" && s.TimestampPrefix == s.Prefix {
		add("timestamp", "the timestamp and the signature need different prefixes")
	}
	if pattern.has("id") && len(s.IDHeader) == 0 {
		add("id", "the pattern contains {id}: name the header that holds it")
	}
	return list
}

// headerName reports whether name is a token of RFC 9110.
func headerName(name string) bool {
	if name == "" || len(name) > 128 {
		return false
	}
	for _, c := range []byte(name) {
		letter := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", rune(c)) {
			return false
		}
	}
	return true
}
