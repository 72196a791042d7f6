package secret

import (
	"bytes"
	"encoding/binary"
)

// Place says where a sealed value stands. It is part of what is authenticated:
// a value opens only where it was sealed.
type Place struct {
	// Table, ID and Column name the cell; ID is the row's own id.
	Table, ID, Column string
}

// Box seals the values of one workspace. It is safe for concurrent use and
// meant to be kept as long as its workspace is in use.
type Box struct {
	workspace string
	sealer    sealer
}

// Workspace returns the id of the workspace that the box belongs to.
func (b *Box) Workspace() string { return b.workspace }

// Seal encrypts a value for a place. Sealing the same value twice gives
// different bytes. An empty value is sealed like any other.
func (b *Box) Seal(plain []byte, at Place) []byte {
	return b.sealer.seal(plain, b.place(at))
}

// Open decrypts a value that was sealed for this place. The error is
// ErrWrongKey when it was sealed with another data key, ErrDamaged when it was
// changed or comes from another place.
func (b *Box) Open(sealed []byte, at Place) ([]byte, error) {
	id, ok := sealedID(sealed)
	if !ok {
		return nil, ErrDamaged
	}
	if !bytes.Equal(id, b.sealer.id) {
		return nil, ErrWrongKey
	}
	return b.sealer.open(sealed, b.place(at))
}

func (b *Box) place(at Place) []byte {
	return place("value", b.workspace, at.Table, at.ID, at.Column)
}

// place writes parts so that no two lists of parts give the same bytes.
func place(parts ...string) []byte {
	var out []byte
	for _, p := range parts {
		out = binary.AppendUvarint(out, uint64(len(p)))
		out = append(out, p...)
	}
	return out
}
