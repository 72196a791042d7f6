package account

import "time"

// KeyToken stands for an API key for a while, so that programs need not send the
// key itself. It ends with the key.
type KeyToken struct {
	// Hash is HashToken of the whole text, by which it is found.
	Hash  []byte
	KeyID string
	// Kind is TokenAccess or TokenRefresh.
	Kind string
	// Pair joins the two that were given out together.
	Pair                 string
	CreatedAt, ExpiresAt time.Time
}

// The kinds of tokens, and how their texts begin, so that scanners for leaked
// secrets know them.
const (
	TokenAccess  = "access"
	TokenRefresh = "refresh"

	AccessPrefix  = "hla_"
	RefreshPrefix = "hlr_"
)
