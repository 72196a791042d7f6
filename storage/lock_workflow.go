package storage

import (
	"encoding/binary"
	"hash/fnv"
	"strings"
)

// On PostgreSQL a workflow is locked by an advisory lock: shared by whoever
// stores what was judged by its state, alone by whoever changes the state. Row
// locks would do, but for two things: sharers that come again and again keep
// the one who changes waiting for ever, and each shared row lock is a write.
// SQLite has one writer and needs none.
var (
	shareWorkflow = q(`SELECT pg_advisory_xact_lock_shared(?)`)
	takeWorkflow  = takeLock

	takeLock = q(`SELECT pg_advisory_xact_lock(?)`)
)

// workflowLock is the number of a workflow's lock. Two workflows that fall on
// the same one only wait for each other.
func workflowLock(workspace, id string) int64 { return lockNumber(workspace, id) }

// lockNumber is the number of an advisory lock for what the parts name together.
func lockNumber(parts ...string) int64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(strings.Join(parts, "/"))) // documented never to fail
	return int64(h.Sum64())
}

// share adds the statement that keeps a workflow's state as it is.
func (s *Store) share(b *batch, workspace, workflowID string) {
	if !s.postgres {
		return
	}
	lock := workflowLock(workspace, workflowID)
	b.add(shareWorkflow, lock).lock = binary.BigEndian.AppendUint64(nil, uint64(lock))
}

// lockWorkflow waits for the right to change a workflow, or with query
// shareWorkflow to rely on it, until the commit.
func (t *tx) lockWorkflow(query *query, id string) error {
	if !t.store.postgres {
		return nil
	}
	return t.each(query, []any{workflowLock(t.workspace, id)}, func(scanner) error { return nil })
}
