package rest

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

// Missing turns engine.ErrNotFound of a thing that the body names into a
// problem at its pointer.
func Missing(err error, pointer, kind, id string) error {
	if !errors.Is(err, engine.ErrNotFound) {
		return err
	}
	return problem.At(pointer, "not_found", fmt.Sprintf("There is no %s %.60q in this workspace.", kind, id))
}

// ObjectOf reads an object, integers kept exact.
func ObjectOf(raw json.RawMessage, pointer string) (map[string]any, error) {
	v, err := value.Decode(raw)
	if err != nil {
		return nil, problem.At(pointer, "invalid", "This cannot be read: "+err.Error()+".").Because(err)
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, problem.At(pointer, "wrong_type", "This must be an object.")
	}
	return object, nil
}
