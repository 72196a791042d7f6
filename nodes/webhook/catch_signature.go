package webhook

import (
	"errors"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

// SignatureParams say how a sender proves who it is.
type SignatureParams struct {
	Scheme          string         `json:"scheme" label:"Sender" options:"none=Anyone with the address,custom=Another sender" default:"none" no_map:"true"`
	Secret          nodes.Secret   `json:"secret" label:"Signing secret" required:"true" show_if:"scheme=custom" help:"As the sender shows it. Requests without a valid signature are refused."`
	Header          string         `json:"header" label:"Header with the signature" required:"true" show_if:"scheme=custom" example:"X-Signature" no_map:"true"`
	Hash            string         `json:"hash" label:"Hash" options:"sha256=SHA-256,sha512=SHA-512,sha1=SHA-1" default:"sha256" show_if:"scheme=custom" no_map:"true"`
	Encoding        string         `json:"encoding" label:"Written as" options:"hex=Hex,base64=Base64,base64url=Base64 for addresses" default:"hex" show_if:"scheme=custom" no_map:"true"`
	Pattern         string         `json:"pattern" label:"Signed text" default:"{body}" show_if:"scheme=custom" help:"May hold {body}, {timestamp}, {id}, {url} and {method}." max:"256" no_map:"true"`
	Lead            string         `json:"lead" label:"Before all signatures" show_if:"scheme=custom" example:"v0=" help:"What stands once at the start of the header, however many signatures follow." max:"64" advanced:"true" no_map:"true"`
	Prefix          string         `json:"prefix" label:"Before each signature" show_if:"scheme=custom" example:"sha256=" max:"64" no_map:"true"`
	Separator       string         `json:"separator" label:"Between several signatures" show_if:"scheme=custom" example:"," max:"8" no_map:"true"`
	TimestampHeader string         `json:"timestamp_header" label:"Header with the time" show_if:"scheme=custom" no_map:"true"`
	TimestampPrefix string         `json:"timestamp_prefix" label:"Before the time in the signature's header" show_if:"scheme=custom" example:"t=" max:"64" no_map:"true"`
	TimeFormat      string         `json:"time_format" label:"Time as" options:"unix=Seconds,unix_ms=Milliseconds,rfc3339=Date and time" default:"unix" show_if:"scheme=custom" no_map:"true"`
	Tolerance       nodes.Duration `json:"tolerance" label:"Accept a time off by" default:"5m" min:"1" max:"86400" show_if:"scheme=custom" no_map:"true"`
	IDHeader        string         `json:"id_header" label:"Header with the message's ID" show_if:"scheme=custom" no_map:"true"`
	KeyFormat       string         `json:"key_format" label:"The secret is" options:"plain=Text,base64=Base64 of the key,hex=Hex of the key" default:"plain" show_if:"scheme=custom" help:"Most senders sign with the text itself." advanced:"true" no_map:"true"`
}

// DescribeFields offers every sender that is known, so that a new one needs no
// change here, and asks for a secret where one signs.
func (SignatureParams) DescribeFields(fields []nodes.Field) {
	var options []nodes.Option
	signing := []string{sender.Custom}
	for _, s := range sender.All() {
		if s.Name == sender.Plain {
			continue
		}
		options = append(options, nodes.Option{Value: s.Name, Label: s.Label})
		if s.Scheme != nil {
			signing = append(signing, s.Name)
		}
	}
	for i := range fields {
		switch fields[i].Key {
		case "scheme":
			fields[i].Options = slices.Insert(fields[i].Options, 1, options...)
		case "secret":
			fields[i].ShowIf.Values = signing
		}
	}
}

// signature verifies one scheme; nil takes everybody.
type signature struct {
	scheme sender.Scheme
	secret nodes.Secret
}

// FirstStep names the step that confirms the requests of a sender which proves
// itself to whoever asks, and not by a signature.
func (p CatchParams) FirstStep() string {
	if p.Signature.Scheme == sender.PayPal {
		return "paypal.confirm"
	}
	return ""
}

// errNoSecret says why a trigger with a scheme and no secret cannot be opened:
// it would refuse everything, or worse, be taken for checked.
var errNoSecret = errors.New("the sender is to be checked, but there is no signing secret: enter it")

func openSignature(p SignatureParams) (*signature, error) {
	if !p.signed() {
		return nil, nil
	}
	scheme := p.scheme()
	if problems := scheme.Problems(); len(problems) > 0 {
		return nil, errors.New("signature: " + problems[0].Message)
	}
	if !p.Secret.Given() {
		return nil, errNoSecret
	}
	return &signature{scheme, p.Secret}, nil
}

// signed reports whether the sender signs at all.
func (p SignatureParams) signed() bool {
	if p.Scheme == "none" {
		return false
	}
	known := sender.Named(p.Scheme)
	return known == nil || known.Scheme != nil
}

// scheme is the table's, or the one that the form describes.
func (p SignatureParams) scheme() sender.Scheme {
	if known, ok := sender.SchemeNamed(p.Scheme); ok {
		return known
	}
	return sender.Scheme{
		Name: sender.Custom, Header: name(p.Header), Hash: sender.Hash(p.Hash), Encoding: sender.Encoding(p.Encoding),
		Pattern: p.Pattern, Lead: p.Lead, Prefix: p.Prefix, Separator: p.Separator, TimestampHeader: name(p.TimestampHeader),
		TimestampPrefix: p.TimestampPrefix, TimeFormat: sender.TimeFormat(p.TimeFormat),
		Tolerance: time.Duration(p.Tolerance), IDHeader: name(p.IDHeader), Key: sender.KeyFormat(p.KeyFormat),
	}
}

func name(header string) []string {
	if header == "" {
		return nil
	}
	return []string{header}
}

// refuses returns why a request is not by the sender, "" when it is. The reason
// is for the owner of the trigger and never for the caller.
func (s *signature) refuses(r nodes.RawRequest) string {
	if s == nil {
		return ""
	}
	request := sender.Request{Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body}
	if r.Wire != nil {
		request.Body = r.Wire
	}
	return s.scheme.Explain(r.ReceivedAt, request, sender.Secrets(s.secret.Valid(r.ReceivedAt)...))
}

// problems lists what is wrong with the settings, for the form.
func (p SignatureParams) problems() []nodes.FieldProblem {
	if nodes.Mapped(p.Scheme) || !p.signed() {
		return nil
	}
	scheme := p.scheme()
	var list []nodes.FieldProblem
	for _, problem := range scheme.Problems() {
		if problem.Field == "header" && p.Header == "" {
			continue // required says so
		}
		list = append(list, nodes.FieldProblem{Pointer: "/signature/" + fieldOf[problem.Field], Code: "invalid", Message: "Check the sender: " + problem.Message + "."})
	}
	if plain := p.Secret.Reveal(); plain != "" {
		if problem := scheme.CheckSecret(plain); problem != nil {
			list = append(list, nodes.FieldProblem{Pointer: "/signature/secret", Code: "invalid", Message: "Signing secret: " + problem.Message + "."})
		}
	}
	return list
}

// fieldOf maps the parts of a scheme to the fields of the form.
var fieldOf = map[string]string{
	"header": "header", "hash": "hash", "encoding": "encoding", "pattern": "pattern", "prefix": "prefix",
	"separator": "separator", "timestamp": "timestamp_header", "tolerance": "tolerance", "id": "id_header",
	"key": "key_format", "secret": "secret",
}
