package egress

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/hookloom/hookloom/nodes"
)

const (
	// rawSlack is how many more compressed bytes than plain ones may arrive.
	// Without it, endless empty gzip members would be read until the timeout.
	rawSlack = 64 << 10
	// firstBuffer bounds what is set aside on a receiver's word alone.
	firstBuffer = 64 << 10
	// discarded is how much of a redirect's body is read to keep a connection.
	discarded = 4 << 10
)

var (
	errTooLarge = errors.New("body is larger than the limit")
	errDamaged  = errors.New("damaged gzip body")
)

var unpackers = sync.Pool{New: func() any { return new(gzip.Reader) }}

// read takes in the body of the final answer, at most limit bytes of it.
func (c *Client) read(parent, limited context.Context, cl *call, resp *http.Response, limit int64) (nodes.HTTPResponse, *nodes.SendError) {
	defer resp.Body.Close()
	out := answerHead(resp)
	body, err := readBody(resp, cl.gzip, limit)
	switch {
	case err == nil:
		out.Body = body
		return out, nil
	case errors.Is(err, errTooLarge):
		return out, &nodes.SendError{Kind: "too_large", Sent: true, Permanent: true, Message: fmt.Sprintf(
			"%s answered %d with more than %s, so the answer was not kept. The call itself did arrive.", cl.to.name(), resp.StatusCode, size(limit))}
	case errors.Is(err, errDamaged):
		return out, &nodes.SendError{Kind: "reset", Sent: true, Message: fmt.Sprintf(
			"%s answered %d with a compressed body that cannot be unpacked.", cl.to.name(), resp.StatusCode)}
	}
	return out, failure{host: cl.to.name(), sent: true, status: resp.StatusCode}.of(parent, limited, err)
}

func answerHead(resp *http.Response) nodes.HTTPResponse {
	return nodes.HTTPResponse{Status: resp.StatusCode, Header: resp.Header}
}

// readBody reads and, when we asked for gzip, unpacks a body. The limit holds
// for what comes out, and with some slack for what goes in.
func readBody(resp *http.Response, asked bool, limit int64) ([]byte, error) {
	packed := asked && strings.EqualFold(resp.Header.Get("Content-Encoding"), "gzip")
	if !packed {
		if resp.ContentLength > limit {
			return nil, errTooLarge
		}
		return readLimited(resp.Body, limit, resp.ContentLength)
	}
	resp.Header.Del("Content-Encoding")
	resp.Header.Del("Content-Length")
	raw := &io.LimitedReader{R: resp.Body, N: limit + rawSlack}
	zr := unpackers.Get().(*gzip.Reader)
	defer unpackers.Put(zr)
	if err := zr.Reset(raw); err != nil {
		if errors.Is(err, io.EOF) && raw.N == limit+rawSlack {
			return []byte{}, nil // an empty body that is labelled as compressed
		}
		return nil, unpackError(err, raw)
	}
	body, err := readLimited(zr, limit, -1)
	if err != nil && !errors.Is(err, errTooLarge) {
		return nil, unpackError(err, raw)
	}
	return body, err
}

// unpackError tells a body that ran into our limit and one that is damaged
// from a connection that broke.
func unpackError(err error, raw *io.LimitedReader) error {
	if raw.N <= 0 {
		return errTooLarge
	}
	var corrupt flate.CorruptInputError
	if errors.Is(err, gzip.ErrHeader) || errors.Is(err, gzip.ErrChecksum) || errors.As(err, &corrupt) {
		return errDamaged
	}
	return err
}

// readLimited reads up to limit bytes and fails with errTooLarge when there are
// more. hint is the expected length or -1.
func readLimited(r io.Reader, limit, hint int64) ([]byte, error) {
	first := min(max(hint, 0), firstBuffer)
	buf := bytes.NewBuffer(make([]byte, 0, first+bytes.MinRead))
	n, err := buf.ReadFrom(io.LimitReader(r, limit+1))
	if n > limit {
		return nil, errTooLarge
	}
	if err != nil {
		return nil, err
	}
	return buf.Bytes(), nil
}

// discard empties and closes the body of an answer that is passed over.
func discard(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, discarded)
	body.Close()
}

// size says a number of bytes as a person would.
func size(n int64) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d bytes", n)
}
