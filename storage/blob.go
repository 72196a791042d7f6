package storage

import (
	"crypto/sha256"
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// inlineLimit is the size from which a value goes to the blobs table. Rows stay
// small, and a payload that passes through many steps is stored once.
const inlineLimit = 4 << 10

// blobLimit bounds what is unpacked from one row; nothing larger is ever stored.
const blobLimit = 256 << 20

// blobCodec packs and unpacks blobs; it is safe for concurrent use.
type blobCodec struct {
	in  *zstd.Encoder
	out *zstd.Decoder
}

func newBlobCodec() (*blobCodec, error) {
	in, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(1<<20), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	out, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxMemory(blobLimit))
	if err != nil {
		return nil, err
	}
	return &blobCodec{in, out}, nil
}

var insertBlob = q(`INSERT INTO blobs (workspace_id, sha256, size, zstd, created_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`)

// put splits a value into its two columns: the value itself when it is small,
// else the hash of a blob that the unit stores before.
func (s *Store) put(b *batch, workspace string, value []byte, at int64) (inline, ref any) {
	if len(value) <= inlineLimit {
		return bytesOrNull(value), nil
	}
	hash := sha256.Sum256(value)
	st := b.add(insertBlob, workspace, hash[:], len(value), s.blobs.in.EncodeAll(value, nil), at)
	st.harmless, st.lock = true, hash[:]
	return nil, hash[:]
}

var selectBlob = q(`SELECT zstd FROM blobs WHERE workspace_id = ? AND sha256 = ?`)

// fetch puts the two columns of a value together again.
func (s session) fetch(workspace string, inline, ref []byte) ([]byte, error) {
	if ref == nil {
		return inline, nil
	}
	packed, err := first(s, selectBlob, []any{workspace, ref}, func(row scanner) (b []byte, err error) {
		return b, row.Scan(&b)
	})
	if err != nil {
		return nil, fmt.Errorf("stored value %x: %w", ref[:4], err)
	}
	value, err := s.store.blobs.out.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("stored value %x cannot be unpacked: %w", ref[:4], err)
	}
	return value, nil
}
