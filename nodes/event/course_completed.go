package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[CourseParams]{Meta: nodes.Meta{
		Type: "course.completed", Version: 1, Name: "Course completed", Group: group, Icon: "trophy",
		Summary: "Start when a member completes a course.",
		Card:    "{courses}", Contact: nodes.ContactProvides,
		Sample: sample(crm.CourseCompleted, map[string]any{"course": courseSample("completed")}),
	}, Event: crm.CourseCompleted, Match: courseCompleted})
}

func courseCompleted(p CourseParams, e crm.Event) bool {
	return anyText(p.Courses, textOf(object(e, "course")["title"]))
}
