package workflow

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

// Severity tells whether a problem keeps a workflow from being published.
type Severity string

// The severities.
const (
	// SeverityProblem refuses publishing; from Parse it refuses the document.
	SeverityProblem Severity = "problem"
	// SeverityWarning is shown and refuses nothing.
	SeverityWarning Severity = "warning"
)

// Problem is one thing that is wrong with a document.
type Problem struct {
	// Pointer is the RFC 6901 pointer to the value in the document; "" is the
	// document itself.
	Pointer string `json:"pointer"`
	// Step is the id of the step or trigger, "" when it belongs to none.
	Step string `json:"step,omitempty"`
	// Code is one of the Code constants, one of package mapping's, or what the
	// node type's own checks call it.
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	// Message says what is wrong, with which value, and what to do.
	Message string `json:"message"`
}

// Error makes a problem usable as an error.
func (p Problem) Error() string {
	if p.Pointer == "" {
		return p.Message
	}
	return p.Pointer + ": " + p.Message
}

// The codes of malformed documents; Parse refuses them.
const (
	CodeMalformed   = "malformed"    // not JSON, or not an object
	CodeUnknownKey  = "unknown_key"  // a key that the format does not have
	CodeWrongType   = "wrong_type"   // a text where a list belongs, and the like
	CodeMissingKey  = "missing_key"  // no id or no type
	CodeInvalidID   = "invalid_id"   // an id that mappings could not name
	CodeDuplicateID = "duplicate_id" // an id used twice
	CodeTooMany     = "too_many"     // over MaxSteps, MaxTriggers or MaxBranches
	CodeTooDeep     = "too_deep"     // over MaxDepth
	CodeTooLong     = "too_long"     // over MaxName or MaxNote
	CodeNewerSchema = "newer_schema" // written by a newer Hookloom
)

// The codes of problems that publishing refuses, but for the warnings named so.
const (
	CodeUnknownType      = "unknown_type"      // no such node type in this build
	CodeNewerVersion     = "newer_version"     // params of a newer node type than this build has
	CodeUpgrade          = "upgrade_failed"    // params that the node type could not lift
	CodeExpand           = "expand_failed"     // params that the node type could not write out
	CodeMisplacedType    = "misplaced_type"    // a trigger among the steps, or the other way round
	CodeNoTrigger        = "no_trigger"        // nothing starts the workflow
	CodeNoSteps          = "no_steps"          // the workflow does nothing
	CodeSetting          = "invalid_setting"   // a workflow setting out of its range
	CodeUnknownStep      = "unknown_step"      // a mapping names a step that is not there
	CodeNeverRan         = "never_ran"         // a mapping names a step that cannot have run
	CodeMayNotRun        = "may_not_run"       // warning: the step that a mapping names may be passed over
	CodeMayFail          = "may_fail"          // warning: the step that a mapping names may have failed
	CodeOutsideLoop      = "outside_loop"      // loop.* where there is no loop
	CodeTriggerScope     = "trigger_scope"     // a trigger's condition looks at what comes later
	CodeNoContact        = "no_contact"        // the run may have no contact here
	CodeMayLackContact   = "may_lack_contact"  // warning: contact.* where the run may have none
	CodeContactFirst     = "contact_first"     // the setting "contact: required" is not met
	CodeFirstStep        = "first_step"        // a trigger's requests need a step that confirms them first
	CodePlainSecret      = "plain_secret"      // a secret in plain text
	CodeMisplacedSecret  = "misplaced_secret"  // a secret's reference outside a secret's field
	CodeNoBranches       = "no_branches"       // a step that branches has no branch
	CodeFallback         = "fallback"          // two branches without a condition, or one that is not last
	CodeGoal             = "goal"              // a goal inside another step
	CodeMisplacedList    = "misplaced_list"    // branches or steps under a step that owns none
	CodeRetry            = "retry"             // a retry policy out of its limits
	CodeOnError          = "on_error"          // an error path that is never taken
	CodeRepeatable       = "repeatable"        // repeatable on a step that sends nothing
	CodeWrongConnection  = "wrong_connection"  // a connection of another service than the step's
	CodeUnknownRef       = "unknown_ref"       // an offer, connection ... that is not there
	CodeUnknownValue     = "unknown_value"     // warning: a custom value or contact field that is not there
	CodeForeignName      = "foreign_name"      // a HighLevel name that has no counterpart
	CodeUnreachable      = "unreachable"       // warning: steps after one that ends the run
	CodeTooManyProblems  = "too_many_problems" // warning: the list was cut at maxProblems
	CodeDisabledTriggers = "disabled_triggers" // every trigger is switched off
)

// maxProblems bounds what one document can make the API answer.
const maxProblems = 1000

// HasProblems reports whether the list holds one that refuses publishing.
func HasProblems(list []Problem) bool {
	return slices.ContainsFunc(list, func(p Problem) bool { return p.Severity == SeverityProblem })
}

// problems collects problems up to maxProblems.
type problems struct {
	list []Problem
	cut  bool
}

func (p *problems) add(one Problem) {
	if one.Severity == "" {
		one.Severity = SeverityProblem
	}
	if len(p.list) < maxProblems {
		p.list = append(p.list, one)
		return
	}
	// A problem outweighs a warning that came before it, or a long list of
	// warnings would make a document publishable.
	p.cut = true
	if one.Severity == SeverityProblem && !HasProblems(p.list) {
		p.list[maxProblems-1] = one
	}
}

// sorted returns the problems in the order of the document.
func (p *problems) sorted() []Problem {
	slices.SortStableFunc(p.list, func(a, b Problem) int { return comparePointers(a.Pointer, b.Pointer) })
	if p.cut {
		p.list = append(p.list, Problem{Code: CodeTooManyProblems, Severity: SeverityWarning,
			Message: fmt.Sprintf("There are more than %d problems; the others show when these are mended.", maxProblems)})
	}
	return p.list
}

// sections is the order of the document's keys as people read it.
var sections = []string{"", "schema", "settings", "triggers", "steps"}

// comparePointers orders pointers as the document reads, with list positions
// as numbers.
func comparePointers(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	if len(as) > 1 && len(bs) > 1 {
		x, y := slices.Index(sections, as[1]), slices.Index(sections, bs[1])
		if x != y {
			return cmp.Compare(x, y)
		}
	}
	return slices.CompareFunc(as, bs, func(x, y string) int {
		i, errX := strconv.Atoi(x)
		j, errY := strconv.Atoi(y)
		if errX == nil && errY == nil {
			return cmp.Compare(i, j)
		}
		return cmp.Compare(x, y)
	})
}

// under appends reference tokens to a JSON pointer.
func under(pointer string, tokens ...any) string {
	var b strings.Builder
	b.WriteString(pointer)
	for _, token := range tokens {
		b.WriteByte('/')
		if text, ok := token.(string); ok {
			b.WriteString(value.EscapeKey(text))
			continue
		}
		fmt.Fprint(&b, token)
	}
	return b.String()
}
