package rest

import (
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
)

// Match is the input of a write that must not overwrite what somebody else
// wrote meanwhile. Embed it.
type Match struct {
	IfMatch string `header:"If-Match" doc:"The ETag of your last read, or * to overwrite whatever is there"`
}

// Revision is the revision that the caller has seen, engine.AnyRevision for
// "*". A missing header is 428 for browsers and scripts alike; an ETag that no
// revision has is stale.
func (m Match) Revision() (int64, error) {
	switch text := strings.TrimSpace(m.IfMatch); text {
	case "":
		return 0, problem.New(problem.CodeIfMatchRequired, "")
	case "*":
		return engine.AnyRevision, nil
	default:
		text = strings.TrimPrefix(text, "W/")
		n, err := strconv.ParseInt(strings.Trim(text, `"`), 10, 64)
		if err != nil || n < 0 {
			return 0, problem.New(problem.CodeStale, "").Because(err)
		}
		return n, nil
	}
}

// ETag writes a revision as an ETag.
func ETag(revision int64) string { return `"` + strconv.FormatInt(revision, 10) + `"` }
