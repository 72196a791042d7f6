package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[CourseParams]{Meta: nodes.Meta{
		Type: "course.enrolled", Version: 1, Name: "Enrolled in course", Group: group, Icon: "school",
		Summary: "Start when a member enrols in a course.",
		Card:    "{courses}", Contact: nodes.ContactProvides,
		Sample: sample(crm.CourseEnrolled, map[string]any{"course": courseSample("enrolled")}),
	}, Event: crm.CourseEnrolled, Match: courseEnrolled})
}

// CourseParams narrow down which courses start a run.
type CourseParams struct {
	Courses []string `json:"courses" label:"Only these courses" help:"Titles; leave empty for every course." no_map:"true"`
}

func courseEnrolled(p CourseParams, e crm.Event) bool {
	return anyText(p.Courses, textOf(object(e, "course")["title"]))
}
