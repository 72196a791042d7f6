package payload

import (
	"fmt"
	"net/http"
)

// The codes of an Error. They are stable: documents and scripts may rely on them.
const (
	CodeInvalidJSON         = "invalid_json"
	CodeInvalidXML          = "invalid_xml"
	CodeInvalidMultipart    = "invalid_multipart"
	CodeInvalidCompression  = "invalid_compression"
	CodeTooDeep             = "too_deep"
	CodeTooLarge            = "too_large"
	CodeTooManyFields       = "too_many_fields"
	CodeTooManyFiles        = "too_many_files"
	CodeUnsupportedCharset  = "unsupported_charset"
	CodeUnsupportedEncoding = "unsupported_encoding"
)

// Error says why a body cannot be read, in words for the person who set up the
// sender. It quotes names and single characters of the body, never its values.
type Error struct {
	// Status is the HTTP answer: 400, 413 or 415.
	Status int
	// Code is one of the Code constants.
	Code    string
	Message string
	// Offset is the byte position counted from 0; Line and Column count from 1,
	// Column in bytes. Line is 0 when there is no position. All three refer to the
	// body after decompression and, for UTF-16 and the like, after its conversion
	// to UTF-8.
	Offset       int64
	Line, Column int
}

func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%s (line %d, column %d)", e.Message, e.Line, e.Column)
}

func invalid(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusBadRequest, Code: code, Message: fmt.Sprintf(format, args...)}
}

func tooLarge(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusRequestEntityTooLarge, Code: code, Message: fmt.Sprintf(format, args...)}
}

func unsupported(code, format string, args ...any) *Error {
	return &Error{Status: http.StatusUnsupportedMediaType, Code: code, Message: fmt.Sprintf(format, args...)}
}
