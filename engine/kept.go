package engine

// AnswerKey names a call that its caller may repeat under one Idempotency-Key.
type AnswerKey struct {
	// Scope is who calls: keys of different callers never meet.
	Scope string
	// Key is the SHA-256 of the header's value.
	Key []byte
	// Fingerprint is the SHA-256 of method, path, query and body, so that a key
	// that is used for something else is noticed.
	Fingerprint []byte
}

// KeptAnswer is the answer of the first call of an AnswerKey.
type KeptAnswer struct {
	Fingerprint []byte
	// Status is 0 while the first call is under way.
	Status int
	Header map[string]string
	Body   []byte
}
