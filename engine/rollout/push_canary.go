package rollout

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/engine"
)

// Outcome is what the first clients' runs say of a version.
type Outcome struct {
	// Finished and Failed count their runs on the new version, Before and
	// FailedBefore as many at most on the versions before.
	Finished, Failed     int
	Before, FailedBefore int
	// Updated counts the first clients at which the version is live.
	Updated int
}

// share is failed of finished in hundredths of a percentage point.
func share(failed, finished int) int {
	if finished == 0 {
		return 0
	}
	return failed * 10_000 / finished
}

// Worse is by how many hundredths of a percentage point more runs fail than
// before; clients that had no runs before count as without failures.
func (o Outcome) Worse() int { return share(o.Failed, o.Finished) - share(o.FailedBefore, o.Before) }

// maxOutcomes bounds how many runs of one workflow are compared.
const maxOutcomes = 10_000

// Outcome looks at the runs of a push's first clients.
func (p *Pusher) Outcome(ctx context.Context, push engine.Push) (Outcome, error) {
	var o Outcome
	clones, err := p.store.AllPushClones(ctx, push.ID)
	if err != nil {
		return o, err
	}
	for _, c := range clones {
		if !c.Canary || c.Before == nil || c.After == nil || c.State != engine.PushUpdated && c.State != engine.PushKept {
			continue
		}
		updated := false
		for i, w := range c.After.Workflows {
			if i >= len(c.Before.Workflows) || w.LiveVersion == c.Before.Workflows[i].LiveVersion {
				continue // nothing new runs there, or there is nothing to compare with
			}
			updated = true
			finished, failed, err := p.store.RunOutcomes(ctx, c.Workspace, w.WorkflowID, w.LiveVersion, 0, maxOutcomes)
			if err != nil {
				return o, err
			}
			o.Finished, o.Failed = o.Finished+finished, o.Failed+failed
			if finished == 0 {
				continue
			}
			// As many runs as the new version has had.
			before, failedBefore, err := p.store.RunOutcomes(ctx, c.Workspace, w.WorkflowID, 1, w.LiveVersion, finished)
			if err != nil {
				return o, err
			}
			o.Before, o.FailedBefore = o.Before+before, o.FailedBefore+failedBefore
		}
		if updated {
			o.Updated++
		}
	}
	return o, nil
}

// watch judges the first clients once enough of their runs have finished. Too few
// runs are no answer: then it waits, however long, until a person decides.
func (p *Pusher) watch(ctx context.Context, push engine.Push) (bool, error) {
	o, err := p.Outcome(ctx, push)
	if err != nil {
		return false, err
	}
	if o.Finished < max(push.Canary.Runs, 1) {
		reason := fmt.Sprintf("%d of %d runs have finished at the first clients: it waits for the rest.", o.Finished, max(push.Canary.Runs, 1))
		if o.Updated == 0 {
			reason = "None of the first clients could be updated by itself: see to them, or decide by hand."
		}
		if reason == push.Reason {
			return false, nil
		}
		push.Reason = reason
		return false, p.move(ctx, push, engine.PushWatching)
	}
	push.Passed = true
	push.State = engine.PushRunning
	push.Reason = fmt.Sprintf("%s of the first clients' %d runs failed, %s before: it goes on.", percent(share(o.Failed, o.Finished)), o.Finished, percent(share(o.FailedBefore, o.Before)))
	if o.Worse() > push.Canary.Increase {
		push.State = engine.PushRollingBack
		push.Reason = fmt.Sprintf("%s of the first clients' %d runs failed, %s before: it was rolled back by itself.", percent(share(o.Failed, o.Finished)), o.Finished, percent(share(o.FailedBefore, o.Before)))
	}
	return true, p.move(ctx, push, engine.PushWatching)
}

// percent writes hundredths of a percentage point: "12.5 %".
func percent(hundredths int) string {
	switch {
	case hundredths%100 == 0:
		return fmt.Sprintf("%d %%", hundredths/100)
	case hundredths%10 == 0:
		return fmt.Sprintf("%d.%d %%", hundredths/100, hundredths%100/10)
	}
	return fmt.Sprintf("%d.%02d %%", hundredths/100, hundredths%100)
}
