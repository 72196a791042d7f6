package payload

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"strings"
)

// Decompress undoes contentEncoding, the header as received: none, identity,
// gzip or deflate, and one of them only. Decoding stops at the first byte past
// max (in bytes), so a bomb costs max and no more. Without an encoding raw itself
// is returned when it is not larger than max. The error is an *Error: 413 past
// max, 415 for an encoding not known here, 400 for damaged data.
func Decompress(contentEncoding string, raw []byte, max int64) ([]byte, error) {
	encoding := ""
	for name := range strings.SplitSeq(contentEncoding, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" || name == "identity" {
			continue
		}
		if encoding != "" {
			return nil, unsupported(CodeUnsupportedEncoding, "the body is compressed more than once; send it with gzip only")
		}
		encoding = name
	}
	if encoding == "" || len(raw) == 0 {
		if int64(len(raw)) > max {
			return nil, bodyTooLarge(max)
		}
		return raw, nil
	}
	reader, err := decompressor(encoding, raw)
	if err != nil {
		return nil, err
	}
	// Text packs to about a quarter. A bomb fills the buffer and no second one.
	out := bytes.NewBuffer(make([]byte, 0, min(max+1, 4*int64(len(raw)))+bytes.MinRead))
	n, err := out.ReadFrom(io.LimitReader(reader, max+1))
	switch {
	case n > max:
		return nil, bodyTooLarge(max)
	case err != nil:
		return nil, damaged(encoding)
	}
	return out.Bytes(), nil
}

func decompressor(encoding string, raw []byte) (io.Reader, error) {
	switch encoding {
	case "gzip", "x-gzip":
		r, err := gzip.NewReader(bytes.NewReader(raw))
		if err != nil {
			return nil, damaged(encoding)
		}
		return r, nil
	case "deflate":
		// RFC 9110 means zlib by it; some senders leave the zlib header out.
		r, err := zlib.NewReader(bytes.NewReader(raw))
		if errors.Is(err, zlib.ErrHeader) {
			return flate.NewReader(bufio.NewReader(bytes.NewReader(raw))), nil
		}
		if err != nil {
			return nil, damaged(encoding)
		}
		return r, nil
	}
	return nil, unsupported(CodeUnsupportedEncoding,
		"the body is compressed with %q, which is not known here; send it with gzip or uncompressed", clip(encoding))
}

func bodyTooLarge(max int64) *Error {
	return tooLarge(CodeTooLarge, "the body is larger than %d bytes", max)
}

func damaged(encoding string) *Error {
	return invalid(CodeInvalidCompression, "the body is announced as %s but cannot be decompressed", encoding)
}
