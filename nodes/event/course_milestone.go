package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[CourseMilestoneParams]{Meta: nodes.Meta{
		Type: "course.milestone", Version: 1, Name: "Course milestone", Group: group, Icon: "flag",
		Summary: "Start when a member reaches a share of a course.",
		Card:    "{percent} %", Contact: nodes.ContactProvides,
		Sample: sample(crm.CourseMilestone, map[string]any{"course": courseSample("milestone")}),
	}, Event: crm.CourseMilestone, Match: courseMilestone})
}

// CourseMilestoneParams narrow down which milestones start a run.
type CourseMilestoneParams struct {
	Courses []string `json:"courses" label:"Only these courses" help:"Titles; leave empty for every course." no_map:"true"`
	Percent int      `json:"percent" label:"Only from this share" min:"0" max:"100" example:"50" help:"Percent of the course; 0 takes every milestone." no_map:"true"`
}

func courseMilestone(p CourseMilestoneParams, e crm.Event) bool {
	course := object(e, "course")
	return anyText(p.Courses, textOf(course["title"])) && number(course["percent"]) >= int64(p.Percent)
}
