package editor

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// failure tells a mapping that stops the run from one that cannot be evaluated.
func failure(v any, err error) (stops string, faults []MappingFault) {
	if stop, ok := errors.AsType[*mapping.StopError](err); ok {
		if stop.Message == "" {
			return "The value is empty.", nil
		}
		return stop.Message, nil
	}
	var failed *mapping.EvalError
	if !errors.As(err, &failed) {
		return "", []MappingFault{{Line: 1, Column: 1, Code: mapping.CodeInternal, Message: sentence(err.Error())}}
	}
	f := MappingFault{Pointer: failed.Path, Offset: failed.Offset, Code: failed.Code, Message: sentence(failed.Message)}
	f.Line, f.Column = position(textAt(v, failed.Path), failed.Offset)
	return "", []MappingFault{f}
}

// position counts lines and characters up to a byte.
func position(text string, offset int) (line, column int) {
	before := text[:min(max(offset, 0), len(text))]
	line = strings.Count(before, "\n") + 1
	return line, utf8.RuneCountInString(before[strings.LastIndex(before, "\n")+1:]) + 1
}

// textAt is the text at a JSON pointer inside a value, "" for none.
func textAt(v any, pointer string) string {
	if pointer != "" {
		v, _ = find(v, unescaped(pointer))
	}
	text, _ := v.(string)
	return text
}

func unescaped(pointer string) []string {
	keys := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, k := range keys {
		keys[i] = value.UnescapeKey(k)
	}
	return keys
}
