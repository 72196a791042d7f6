package payload

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"runtime"
	"testing"
)

func squeeze(t testing.TB, text []byte, writer func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := writer(&buf)
	if _, err := w.Write(text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func TestDecompress(t *testing.T) {
	text := []byte(`{"id":1,"ok":true}`)
	zipped := squeeze(t, text, gzipped)
	deflated := squeeze(t, text, func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) })
	bare := squeeze(t, text, func(w io.Writer) io.WriteCloser {
		f, err := flate.NewWriter(w, flate.BestSpeed)
		if err != nil {
			t.Fatal(err)
		}
		return f
	})
	size := int64(len(text))
	for name, c := range map[string]struct {
		encoding string
		raw      []byte
		max      int64
		status   int // 0 is text back
	}{
		"none":               {"", text, size, 0},
		"none, too large":    {"", text, size - 1, 413},
		"identity":           {"identity", text, size, 0},
		"gzip":               {"gzip", zipped, size, 0},
		"gzip, capitals":     {" GZip ", zipped, size, 0},
		"x-gzip":             {"x-gzip", zipped, size, 0},
		"gzip and identity":  {"gzip, identity", zipped, size, 0},
		"deflate":            {"deflate", deflated, size, 0},
		"deflate, no header": {"deflate", bare, size, 0},
		"gzip, too large":    {"gzip", zipped, size - 1, 413},
		"deflate, too large": {"deflate", deflated, size - 1, 413},
		"brotli":             {"br", text, size, 415},
		"unknown":            {"x-evil\r\n", text, size, 415},
		"twice":              {"gzip, gzip", zipped, size, 415},
		"not gzip":           {"gzip", text, size, 400},
		"cut off":            {"gzip", zipped[:len(zipped)-9], size, 400},
		"bad checksum":       {"gzip", append(append([]byte{}, zipped[:len(zipped)-8]...), make([]byte, 8)...), size, 400},
		"not deflate":        {"deflate", []byte("\xff\xff\xff\xff"), size, 400},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Decompress(c.encoding, c.raw, c.max)
			if c.status == 0 {
				if err != nil || !bytes.Equal(got, text) {
					t.Errorf("%q %v", got, err)
				}
				return
			}
			var e *Error
			if !errors.As(err, &e) || e.Status != c.status {
				t.Errorf("%q %v, want status %d", got, err, c.status)
			}
		})
	}
	if got, err := Decompress("gzip", nil, size); err != nil || len(got) != 0 {
		t.Errorf("an empty body under gzip: %q %v", got, err)
	}
}

// F13: a bomb costs no more than the cap.
func TestBomb(t *testing.T) {
	const size, cap = 64 << 20, 1 << 20
	bomb := squeeze(t, make([]byte, size), gzipped)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Decompress("gzip", bomb, cap)
	runtime.ReadMemStats(&after)
	var e *Error
	if !errors.As(err, &e) || e.Status != 413 {
		t.Fatalf("got %v", err)
	}
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 8*cap {
		t.Errorf("%d bytes allocated for a cap of %d", spent, cap)
	}
}
