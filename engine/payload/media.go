package payload

import (
	"mime"
	"strings"
)

// media is a Content-Type taken apart. raw is lower case without parameters, ""
// when the header is missing.
type media struct {
	raw    string
	kind   string
	params map[string]string
}

// The readings that are no kind of body: what they become depends on the bytes.
const (
	kindMissing = "missing"
	kindUnknown = "unknown"
)

var textTypes = map[string]bool{
	"application/javascript": true, "application/x-javascript": true, "application/ecmascript": true,
	"application/yaml": true, "application/x-yaml": true, "application/toml": true, "application/sql": true,
	"application/graphql": true, "application/x-ndjson": true, "application/ndjson": true,
	"application/jsonl": true, "application/x-jsonlines": true, "application/json-seq": true,
}

var jsonTypes = map[string]bool{
	"application/json": true, "text/json": true, "application/x-json": true, "text/x-json": true,
	"application/csp-report": true,
}

func parseMedia(header string) media {
	if header == "application/json" { // nine of ten requests
		return media{raw: header, kind: KindJSON}
	}
	typ, params, err := mime.ParseMediaType(header)
	if err != nil {
		typ, params = looseMedia(header)
	}
	return media{raw: typ, kind: kindOf(typ), params: params}
}

func kindOf(typ string) string {
	major, _, _ := strings.Cut(typ, "/")
	switch {
	case typ == "":
		return kindMissing
	case jsonTypes[typ] || strings.HasSuffix(typ, "+json"):
		return KindJSON
	case typ == "application/x-www-form-urlencoded":
		return KindForm
	case typ == "multipart/form-data":
		return KindMultipart
	case typ == "application/xml" || typ == "text/xml" || strings.HasSuffix(typ, "+xml"):
		return KindXML
	case major == "text" || textTypes[typ]:
		return KindText
	case major == "image" || major == "audio" || major == "video" || major == "font":
		return KindRaw
	}
	return kindUnknown
}

// looseMedia reads a header that mime.ParseMediaType refuses, such as
// "application/json; charset" or one with a doubled parameter (the first counts).
func looseMedia(header string) (string, map[string]string) {
	typ, rest, _ := strings.Cut(header, ";")
	params := map[string]string{}
	for part := range strings.SplitSeq(rest, ";") {
		key, val, _ := strings.Cut(part, "=")
		key = strings.ToLower(strings.TrimSpace(key))
		if _, seen := params[key]; key == "" || seen {
			continue
		}
		params[key] = strings.Trim(strings.TrimSpace(val), `"`)
	}
	return strings.ToLower(strings.TrimSpace(typ)), params
}

// announced names the type for a note.
func (m media) announced() string {
	if m.raw == "" {
		return "no content type"
	}
	return clip(m.raw)
}

// clip shortens text from outside for notes and messages.
func clip(s string) string {
	const most = 80
	s = strings.ToValidUTF8(s, "\uFFFD")
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return s
}
