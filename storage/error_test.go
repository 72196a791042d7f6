package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"

	"github.com/hookloom/hookloom/engine"
)

// TestASlowDatabaseIsAway and not a reason for a step to fail.
func TestASlowDatabaseIsAway(t *testing.T) {
	for err, away := range map[error]bool{
		fmt.Errorf("timeout: %w", context.DeadlineExceeded): true,
		sql.ErrTxDone:      true,
		context.Canceled:   false,
		errors.New("oops"): false,
	} {
		if got := errors.Is(translate(err), engine.ErrUnavailable); got != away {
			t.Errorf("%v: away is %v", err, got)
		}
	}
}
