package declared

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/hookloom/hookloom/engine/mapping"
)

// address is base_url. Its host is the only one that requests and credentials of
// the app go to.
type address struct {
	// site is the field of the connection that the whole address begins with, "" for
	// a host that the file writes.
	site   string
	scheme string
	// host is a template over connection; fields are those it names.
	host   *mapping.Template
	fields []string
	path   []*mapping.Template
}

var (
	wholeField = regexp.MustCompile(`^\{\{\s*connection\.([a-z][a-z0-9_]*)\s*\}\}`)
	hostField  = regexp.MustCompile(`\{\{\s*connection\.([a-z][a-z0-9_]*)\s*\}\}`)
	// hostLabel is what a field may put into a host: one part of a name, so that no
	// value can make it another host.
	hostLabel = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$`)
	plainHost = regexp.MustCompile(`^[a-zA-Z0-9.-]+(:[0-9]{1,5})?$`)
)

// address reads base_url.
func (l *linter) address(base string) address {
	const at = "/base_url"
	base = strings.TrimRight(strings.TrimSpace(base), "/")
	if match := wholeField.FindStringSubmatch(base); match != nil {
		a := address{site: match[1], path: l.segments(base[len(match[0]):], at, "connection")}
		field := l.connectionField(match[1])
		if field == nil || field.Kind != "url" || !field.Required {
			l.add(at, "Give the connection this field with kind: url and required: true.", "base_url begins with connection.%s, which is no required field of kind url", match[1])
		}
		return a
	}
	scheme, rest, ok := strings.Cut(base, "://")
	if !ok || scheme != "https" && scheme != "http" {
		l.add(at, "Write it like https://api.example.com/v1.", "base_url must begin with https://")
		return address{}
	}
	end := endOfHost(rest)
	host := rest[:end]
	a := address{scheme: scheme, path: l.segments(rest[end:], at, "connection")}
	a.host = l.text(host, at, "connection")
	for _, match := range hostField.FindAllStringSubmatch(host, -1) {
		a.fields = append(a.fields, match[1])
		if field := l.connectionField(match[1]); field != nil && (field.Kind == "secret" || !field.Required) {
			l.add(at, "Make it a required field of kind text.", "the field %s in the host must be required and no secret", match[1])
		}
	}
	written := hostField.ReplaceAllString(host, "x")
	switch suffix := host[strings.LastIndex(host, "}}")+1:]; {
	case !plainHost.MatchString(written):
		l.add(at, "Write the name of the host, with {{ connection.field }} for a part of it.", "%.80q is no host", host)
	case len(a.fields) > 0 && !ownDomain(strings.TrimPrefix(suffix, "}")):
		l.add(at, "Write out the end of the name: {{ connection.dc }}.api.example.com.", "the host of base_url could become anybody's")
	}
	return a
}

// endOfHost is where the host ends in what follows the scheme: at the first slash
// outside of a template.
func endOfHost(rest string) int {
	depth := 0
	for i := range len(rest) {
		switch {
		case strings.HasPrefix(rest[i:], "{{"):
			depth++
		case strings.HasPrefix(rest[i:], "}}"):
			depth--
		case rest[i] == '/' && depth <= 0:
			return i
		}
	}
	return len(rest)
}

// ownDomain reports whether a suffix such as ".api.example.com" belongs to one
// owner.
func ownDomain(suffix string) bool {
	domain, dotted := strings.CutPrefix(suffix, ".")
	domain, _, _ = strings.Cut(domain, ":")
	if !dotted {
		return false
	}
	_, err := publicsuffix.EffectiveTLDPlusOne(domain)
	return err == nil
}

var errSite = errors.New("the address of the connection must look like https://example.com: correct it there")

// base is the address without the action's path, for a connection's fields. The
// error says which field does not fit.
func (a address) base(ctx context.Context, connection map[string]any) (*url.URL, error) {
	if a.site != "" {
		text, _ := connection[a.site].(string)
		u, err := url.Parse(strings.TrimSpace(text))
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || !plainHost.MatchString(u.Host) || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
			return nil, errSite
		}
		u.Path, u.RawPath = strings.TrimRight(u.Path, "/"), ""
		return u, nil
	}
	for _, key := range a.fields {
		if text := mapping.Text(connection[key]); !hostLabel.MatchString(text) {
			return nil, fmt.Errorf("the field %s of the connection holds %.40q, which is no part of an address: correct it there", key, text)
		}
	}
	host, err := resolveText(ctx, a.host, mapping.Scope{"connection": connection})
	if err != nil {
		return nil, err
	}
	return &url.URL{Scheme: a.scheme, Host: strings.ToLower(host)}, nil
}

// hosts are where the connection's credential may be sent.
func (a address) hosts(connection map[string]any) []string {
	base, err := a.base(context.Background(), connection)
	if err != nil {
		return nil
	}
	return []string{base.Host}
}

// segments compiles a path, one template for each part.
func (l *linter) segments(path, at string, roots ...string) []*mapping.Template {
	if path == "" || path == "/" {
		return nil
	}
	if !strings.HasPrefix(path, "/") {
		l.add(at, "Begin it with a slash.", "the path %.60q does not begin with /", path)
		return nil
	}
	if strings.ContainsAny(hostField.ReplaceAllString(path, ""), "?#") && !mapping.HasMapping(path) {
		l.add(at, "Write URL values under query.", "a path holds no ? or #")
	}
	var parts []*mapping.Template
	for rest := path[1:]; ; {
		end := endOfHost(rest)
		part := rest[:end]
		if part == "" || part == "." || part == ".." {
			l.add(at, "", "the path has an empty part")
		}
		parts = append(parts, l.text(part, at, roots...))
		if end == len(rest) {
			return parts
		}
		rest = rest[end+1:]
	}
}

var (
	errPath = errors.New("a value that the address needs is empty: fill it in")
	// pathEscapes gives back what a path may hold as it is (RFC 3986, sub-delims).
	pathEscapes = strings.NewReplacer("%21", "!", "%27", "'", "%28", "(", "%29", ")", "%2A", "*")
)

// join adds parts to an address. Each value stays one part: a slash in it is
// escaped, and one that would lead elsewhere is an error.
func join(ctx context.Context, base *url.URL, parts []*mapping.Template, s mapping.Scope) (string, error) {
	var out strings.Builder
	out.WriteString(base.Scheme + "://" + base.Host + base.EscapedPath())
	for _, part := range parts {
		text, err := resolveText(ctx, part, s)
		if err != nil {
			return "", err
		}
		if text == "" || text == "." || text == ".." {
			return "", errPath
		}
		out.WriteString("/" + pathEscapes.Replace(url.PathEscape(text)))
	}
	return out.String(), nil
}
