package template

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// The codes of problems that Strict finds.
const (
	codeEncoding  = "invalid_encoding"
	codeDoubled   = "duplicate_key"
	codeNumber    = "invalid_number"
	codeNUL       = "forbidden_character"
	codeKey       = "too_long"
	maxNumberText = 400
	// maxKey is how many bytes a key may have. A pointer repeats the keys above it, so
	// longer ones would let a small file make an answer of gigabytes.
	maxKey = 1000
)

// Strict refuses what package value reads with patience, because a file that
// people keep must mean one thing everywhere: text that is not UTF-8, keys that are
// there twice, zero characters, and numbers that no program can hold. It returns
// the text without a byte order mark; line ends may be of either kind.
func Strict(text []byte) ([]byte, []workflow.Problem) {
	c := &checker{}
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}), bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		c.add("", codeEncoding, "The file is written in UTF-16: save it as UTF-8.")
		return nil, c.problems
	case bytes.IndexByte(text, 0) >= 0:
		c.add("", codeNUL, fmt.Sprintf("The file has a zero byte at position %d, so it is no text: save it as UTF-8 text.", bytes.IndexByte(text, 0)))
		return nil, c.problems
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(text) {
		c.add("", codeEncoding, fmt.Sprintf("The file is not UTF-8 from byte %d on: save it as UTF-8.", firstInvalid(text)))
		return nil, c.problems
	}
	if err := c.tokens(text); err != nil {
		c.add("", workflow.CodeMalformed, "The file is not readable as JSON: "+strings.TrimSuffix(err.Error(), ".")+".")
	}
	return text, c.problems
}

func firstInvalid(text []byte) int {
	at := 0
	for at < len(text) {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size == 1 {
			return at
		}
		at += size
	}
	return at
}

// level is an object or list that the walk is in.
type level struct {
	// keys are those that an object had so far; nil for a list.
	keys map[string]bool
	// key is the one whose value comes next, "" before a key; index counts a list's
	// entries.
	key   string
	named bool
	index int
}

// tokens walks over all of a text without building anything of it. The error says
// where it stops being JSON, or nests too deeply.
func (c *checker) tokens(text []byte) error {
	// It also finds what is too deep, and says where.
	if _, err := value.Decode(text); err != nil {
		return err
	}
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var stack []level
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(stack) > 0 {
			top := &stack[len(stack)-1]
			if name, isText := token.(string); isText && top.keys != nil && !top.named {
				if len(name) > maxKey {
					c.add(at(stack), codeKey, fmt.Sprintf("The key %.60q… has %d bytes, and %d are possible.", name, len(name), maxKey))
					return nil
				}
				if top.keys[name] {
					c.add(value.Under(at(stack), name), codeDoubled, fmt.Sprintf("%.60q is there twice: take one of them out.", name))
				}
				top.keys[name], top.key, top.named = true, name, true
				c.characters(stack, name)
				continue
			}
		}
		switch x := token.(type) {
		case json.Delim:
			switch x {
			case '{':
				stack = append(stack, level{keys: map[string]bool{}})
				continue
			case '[':
				stack = append(stack, level{})
				continue
			}
			stack = stack[:len(stack)-1]
		case string:
			c.characters(stack, x)
		case json.Number:
			c.number(stack, x)
		}
		if len(stack) > 0 {
			top := &stack[len(stack)-1]
			top.named = false
			top.index++
		}
	}
}

// at is the pointer of the value that comes next.
func at(stack []level) string {
	var b strings.Builder
	for _, l := range stack {
		switch {
		case l.keys == nil:
			b.WriteString("/" + strconv.Itoa(l.index))
		case l.named:
			b.WriteString(value.Under("", l.key))
		}
	}
	return b.String()
}

func (c *checker) characters(stack []level, text string) {
	if strings.ContainsRune(text, 0) {
		c.add(at(stack), codeNUL, `There is a zero character (\u0000) in this text: take it out.`)
	}
}

func (c *checker) number(stack []level, n json.Number) {
	f, err := strconv.ParseFloat(n.String(), 64)
	if len(n) > maxNumberText || err != nil || math.IsInf(f, 0) {
		c.add(at(stack), codeNumber, fmt.Sprintf("%.20s… is a number that no program can hold: write it as a text, or a smaller one.", n))
	}
}
