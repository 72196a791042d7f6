package mapping

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"html"
	"net/url"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// maxParse bounds the JSON that parse_json reads: values take many times the
// room of their text.
const maxParse = 256 << 10

// parseWeight is how many bytes one byte of JSON can become.
const parseWeight = 24

func encodingFunctions() []function {
	const group = "Encoding"
	return []function{
		{Function: Function{Name: "json", Group: group, Summary: "Any value as compact JSON with sorted names.", Aliases: []string{"toJSON"},
			Args: args("value:any"), Example: `{b: 1, a: "x"} | json()`, Result: `{"a":"x","b":1}`}, takesNil: true,
			eval: func(c call) (any, error) { return c.r.encode(c.at(0)) }},
		{Function: Function{Name: "parse_json", Group: group, Summary: "The value that a JSON text holds; nothing when it is no JSON.", Aliases: []string{"fromJSON"},
			Args: args("text"), Example: `"[1, 2]" | parse_json()`, Result: []any{1, 2}}, eval: parseJSON},
		{Function: Function{Name: "base64_encode", Group: group, Summary: "Text as Base64.", Aliases: []string{"toBase64"},
			Args: args("text"), Example: `"Ada" | base64_encode()`, Result: "QWRh"},
			eval: func(c call) (any, error) {
				if err := c.r.grow(base64.StdEncoding.EncodedLen(len(c.text(0)))); err != nil {
					return nil, err
				}
				return base64.StdEncoding.EncodeToString([]byte(c.text(0))), nil
			}},
		{Function: Function{Name: "base64_decode", Group: group, Summary: "The text in Base64, also its URL form; nothing when it is none.", Aliases: []string{"fromBase64"},
			Args: args("text"), Example: `"QWRh" | base64_decode()`, Result: "Ada"}, eval: base64Decode},
		{Function: Function{Name: "url_encode", Group: group, Summary: "Text for use in the query of an address.",
			Args: args("text"), Example: `"a b&c" | url_encode()`, Result: "a%20b%26c"},
			eval: func(c call) (any, error) {
				if err := c.r.grow(3 * len(c.text(0))); err != nil {
					return nil, err
				}
				return strings.ReplaceAll(url.QueryEscape(c.text(0)), "+", "%20"), nil
			}},
		{Function: Function{Name: "url_decode", Group: group, Summary: "The text behind an encoded one; nothing when it is not encoded rightly.",
			Args: args("text"), Example: `"a%20b%26c" | url_decode()`, Result: "a b&c"},
			eval: func(c call) (any, error) {
				text, err := url.QueryUnescape(c.text(0))
				if err != nil {
					return c.noteNothing("%s is not encoded rightly", show(c.at(0)))
				}
				return c.made(strings.ToValidUTF8(text, "\uFFFD"))
			}},
		{Function: Function{Name: "html_escape", Group: group, Summary: "Text that shows as it is in HTML.",
			Args: args("text"), Example: `"a < b" | html_escape()`, Result: "a &lt; b"},
			eval: func(c call) (any, error) {
				if err := c.r.grow(5 * len(c.text(0))); err != nil {
					return nil, err
				}
				return html.EscapeString(c.text(0)), nil
			}},
		{Function: Function{Name: "md5", Group: group, Summary: "The MD5 of a text in hex; for matching with other systems, not for security.",
			Args: args("text"), Example: `"ada@example.com" | md5()`, Result: "3e3417d7ef77d5932a6734b916515ed5"}, eval: digest(md5.New)},
		{Function: Function{Name: "sha1", Group: group, Summary: "The SHA-1 of a text in hex; for matching with other systems, not for security.",
			Args: args("text"), Example: `"ada" | sha1()`, Result: "e4ea294c062c525643df036a35ca579b905fa400"}, eval: digest(sha1.New)},
		{Function: Function{Name: "sha256", Group: group, Summary: "The SHA-256 of a text in hex, as ad platforms want e-mail addresses.",
			Args: args("text"), Example: `"ada" | sha256()`, Result: "fdee430d40bd57deeac186cd9790033d0f06f909a8806e7ce6e717ab7c7d5029"}, eval: digest(sha256.New)},
		{Function: Function{Name: "sha512", Group: group, Summary: "The SHA-512 of a text in hex.",
			Args: args("text"), Example: `"ada" | sha512() | left(16)`, Result: "86225ea73dd6fb47"}, eval: digest(sha512.New)},
		{Function: Function{Name: "hmac", Group: group, Summary: "A keyed hash: sha256 (if not said), sha1, sha512 or md5, in hex or base64.",
			Args: args("text", "key:text", "algorithm:text?", "encoding:text?"), Example: `"body" | hmac("secret") | left(16)`, Result: "dc46983557fea127"}, eval: keyedHash},
	}
}

func parseJSON(c call) (any, error) {
	text := c.text(0)
	if strings.TrimSpace(shorten(text, 100)) == "" {
		return nil, nil
	}
	if len(text) > maxParse {
		return nil, c.failf("reads at most %d KiB", maxParse>>10)
	}
	if err := c.r.grow(parseWeight * len(text)); err != nil {
		return nil, err
	}
	if err := c.r.read(16 * len(text)); err != nil {
		return nil, err
	}
	v, err := value.Decode([]byte(text))
	if err != nil {
		return c.noteNothing("%s is no JSON: %s", show(text), err)
	}
	return v, nil
}

func base64Decode(c call) (any, error) {
	text := strings.TrimSpace(c.text(0))
	if err := c.r.grow(2 * len(text)); err != nil {
		return nil, err
	}
	text = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/", "\n", "", "\r", "").Replace(text), "=")
	plain, err := base64.RawStdEncoding.DecodeString(text)
	if err != nil {
		return c.noteNothing("%s is no Base64", show(c.at(0)))
	}
	return strings.ToValidUTF8(string(plain), "\uFFFD"), nil
}

func (c call) payHash(n int) error { return c.r.read(4 * n) }

func digest(make func() hash.Hash) func(c call) (any, error) {
	return func(c call) (any, error) {
		if err := c.payHash(len(c.text(0))); err != nil {
			return nil, err
		}
		h := make()
		h.Write([]byte(c.text(0)))
		return c.made(hex.EncodeToString(h.Sum(nil)))
	}
}

var hashes = map[string]func() hash.Hash{"": sha256.New, "sha256": sha256.New, "sha1": sha1.New, "sha512": sha512.New, "md5": md5.New}

func keyedHash(c call) (any, error) {
	if !c.has(1) {
		return nil, c.failf("the key is missing")
	}
	algorithm, ok := hashes[strings.ToLower(c.text(2))]
	if !ok {
		return nil, c.failf("knows sha256, sha1, sha512 and md5, not %q", shorten(c.text(2), 20))
	}
	if err := c.payHash(len(c.text(0)) + len(c.text(1))); err != nil {
		return nil, err
	}
	h := hmac.New(algorithm, []byte(c.text(1)))
	h.Write([]byte(c.text(0)))
	switch strings.ToLower(c.text(3)) {
	case "", "hex":
		return c.made(hex.EncodeToString(h.Sum(nil)))
	case "base64":
		return c.made(base64.StdEncoding.EncodeToString(h.Sum(nil)))
	}
	return nil, c.failf("writes hex or base64, not %q", shorten(c.text(3), 20))
}
