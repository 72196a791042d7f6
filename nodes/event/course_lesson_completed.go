package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[CourseLessonParams]{Meta: nodes.Meta{
		Type: "course.lesson_completed", Version: 1, Name: "Lesson completed", Group: group, Icon: "checkbox",
		Summary: "Start when a member completes a lesson.",
		Card:    "{lessons}", Contact: nodes.ContactProvides,
		Sample: sample(crm.CourseLessonCompleted, map[string]any{"course": courseSample("lesson_completed")}),
	}, Event: crm.CourseLessonCompleted, Match: courseLessonCompleted})
}

// CourseLessonParams narrow down which lessons start a run.
type CourseLessonParams struct {
	Courses []string `json:"courses" label:"Only these courses" help:"Titles; leave empty for every course." no_map:"true"`
	Lessons []string `json:"lessons" label:"Only these lessons" help:"Leave empty for every lesson." no_map:"true"`
}

func courseLessonCompleted(p CourseLessonParams, e crm.Event) bool {
	course := object(e, "course")
	return anyText(p.Courses, textOf(course["title"])) && anyText(p.Lessons, textOf(course["lesson"]))
}
