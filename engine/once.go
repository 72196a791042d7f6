package engine

import (
	"context"
	"crypto/sha256"
)

// once implements nodes.Env.Once. What a person replays is done again, because
// they want it to be.
func (j *journey) once(ctx context.Context, key string) (bool, error) {
	if !j.live() || j.run.ReplayOf != "" {
		return true, nil
	}
	sum := sha256.Sum256([]byte("once\x00" + j.run.WorkflowID + "\x00" + key))
	holder, err := j.e.store.Once(ctx, j.run.Workspace, sum[:], j.run.ID, j.e.now().Add(dedupeWindow))
	return holder == j.run.ID, err
}
