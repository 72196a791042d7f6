package storage

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/value"
)

// micros is how times are stored: microseconds since 1970, 0 for the zero time.
func micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// timeOf reads what micros wrote.
func timeOf(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return time.UnixMicro(us).UTC()
}

// orNull stores an empty id as NULL, for columns with a foreign key.
func orNull(id string) any {
	if id == "" {
		return nil
	}
	return id
}

// bytesOrNull stores a nil slice as NULL and keeps an empty one.
func bytesOrNull(b []byte) any {
	if b == nil {
		return nil
	}
	return b
}

// encodeList stores an empty list as NULL.
func encodeList[T any](list []T) any {
	if len(list) == 0 {
		return nil
	}
	return mustEncode(list)
}

// encodeMap stores an empty map as NULL.
func encodeMap[K comparable, V any](m map[K]V) any {
	if len(m) == 0 {
		return nil
	}
	return mustEncode(m)
}

// encodePointer stores nil as NULL.
func encodePointer[T any](p *T) any {
	if p == nil {
		return nil
	}
	return mustEncode(p)
}

// mustEncode writes JSON of our own types, which can't fail; should one ever,
// the panic is recovered where units are run.
func mustEncode(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("storage: encode %T: %v", v, err))
	}
	return text
}

// decode reads what the encoders wrote; NULL leaves dst as it is.
func decode(text []byte, dst any) error {
	if len(text) == 0 {
		return nil
	}
	if err := json.Unmarshal(text, dst); err != nil {
		return fmt.Errorf("stored %T is not readable: %w", dst, err)
	}
	return nil
}

// decodePlain reads a stored plain value, integers kept exact.
func decodePlain(text []byte) (any, error) {
	if len(text) == 0 {
		return nil, nil
	}
	v, err := value.Decode(text)
	if err != nil {
		return nil, fmt.Errorf("stored value is not readable: %w", err)
	}
	return v, nil
}

// decodeObject reads a stored object; NULL is nil.
func decodeObject(text []byte) (map[string]any, error) {
	v, err := decodePlain(text)
	if err != nil || v == nil {
		return nil, err
	}
	object, ok := v.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("stored value is a %T, not an object", v)
	}
	return object, nil
}
