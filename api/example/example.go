// Package example holds a body for every operation of the API that takes one, as
// /openapi.json and /docs show it. A test posts each of them, so none can be wrong.
package example

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"sync"
)

// ID stands behind the prefix of every id in the bodies: con_ID is a contact.
const ID = "0199a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b"

// The other words that stand for what each installation has of its own: a token of a
// link that was sent to somebody, and the slug of a client's workspace.
const (
	Token  = "token-from-the-link"
	Client = "acme"
)

//go:embed *.json
var files embed.FS

// all reads the files once: there is one for each group of resources.
var all = sync.OnceValues(func() (map[string]json.RawMessage, error) {
	bodies := map[string]json.RawMessage{}
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var part map[string]json.RawMessage
		if err := json.Unmarshal(text, &part); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for operation, body := range part {
			if bodies[operation] != nil {
				return nil, fmt.Errorf("%s: %s has two examples", name, operation)
			}
			bodies[operation] = body
		}
	}
	return bodies, nil
})

// Bodies are the examples by the id of their operation. That of a body which is no
// JSON is a text. The map is the caller's to read only.
func Bodies() (map[string]json.RawMessage, error) { return all() }

// Body is one example, indented; nil for an operation without one.
func Body(operation string) []byte {
	bodies, err := all()
	if err != nil || bodies[operation] == nil {
		return nil
	}
	var plain string
	if json.Unmarshal(bodies[operation], &plain) == nil {
		return []byte(plain)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, bodies[operation], "", "  "); err != nil {
		return nil
	}
	return out.Bytes()
}
