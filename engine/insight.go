package engine

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"
)

// RunCount is how many runs of a workflow that began in one slot of time have a
// status.
type RunCount struct {
	WorkflowID string
	// Slot is the beginning of the slot.
	Slot   time.Time
	Status Status
	Count  int
}

// Fingerprint is the same for failures of one cause: the same workflow, step,
// code and message, whatever values the message quotes. "" for a run without an
// error.
func (r Run) Fingerprint() string {
	if r.Error == nil {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{r.WorkflowID, StepOfPath(r.Error.Step), r.Error.Code, r.Error.Field, messageShape(r.Error.Message)}, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// StepOfPath is the id of the step at the end of a journal path.
func StepOfPath(path string) string {
	step := path[strings.LastIndexByte(path, '/')+1:]
	if i := strings.IndexAny(step, "[!"); i >= 0 {
		step = step[:i]
	}
	return step
}

// messageShape is a message with all quoted texts and numbers taken out, to tell
// causes apart. What people are told is WithoutValues.
func messageShape(message string) string {
	var b strings.Builder
	quoted, digits := false, false
	for i := range len(message) {
		c := message[i]
		switch {
		case c == '"':
			quoted = !quoted
			b.WriteByte(c)
		case quoted:
		case c >= '0' && c <= '9':
			if !digits {
				b.WriteByte('#')
			}
		default:
			b.WriteByte(c)
		}
		digits = c >= '0' && c <= '9'
	}
	return b.String()
}

// OpenCount is how many runs of one version of a workflow are in a status that is
// not the end.
type OpenCount struct {
	Version int
	Status  Status
	Count   int
}
