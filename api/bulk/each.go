package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// Pace is how Each goes through a job. Now and Keep are required.
type Pace struct {
	Now func() time.Time
	// Keep stores the job, as Worker.Work gets it.
	Keep func() error
	// EachTime notes every piece at once, for pieces that must not be done twice.
	EachTime bool
	// End is done once behind the last piece, before the job counts as finished, and
	// again when that could not be noted; nil for nothing.
	End func(context.Context) error
}

// Each does the pieces of a job one after another, j.Total of them, from the one at
// which it stands, and notes how far it is about each second and at the end. result
// is what the job's Result holds. do does one piece: refused says that it never will
// be done, and do has noted why in result; an error breaks the job off, to go on with
// that piece later. When ctx ends, so does it, behind the piece that was begun.
func Each[R any](ctx context.Context, j *engine.Job, result *R, p Pace, do func(ctx context.Context, at int) (refused bool, err error)) error {
	if len(j.Result) > 0 {
		if err := json.Unmarshal(j.Result, result); err != nil {
			return fmt.Errorf("job %s: %w", j.ID, err)
		}
	}
	note := func() (err error) {
		if j.Result, err = json.Marshal(result); err != nil {
			return err
		}
		return p.Keep()
	}
	j.Status = Running
	// What was begun for one piece is ended, or nobody would know how far it came.
	whole := context.WithoutCancel(ctx)
	noted := time.Time{}
	for at := j.Done + j.Failed; at < j.Total; at++ {
		if ctx.Err() != nil {
			return note()
		}
		refused, err := do(whole, at)
		if err != nil {
			return errors.Join(err, note())
		}
		if refused {
			j.Failed++
		} else {
			j.Done++
		}
		if p.EachTime || p.Now().Sub(noted) > time.Second {
			noted = p.Now()
			if err := note(); err != nil {
				return err
			}
		}
	}
	if p.End != nil {
		if err := p.End(whole); err != nil {
			return errors.Join(err, note())
		}
	}
	j.Status, j.FinishedAt = Succeeded, p.Now()
	return note()
}
