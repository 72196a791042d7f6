// Package course holds the node types of what members do in courses.
package course

import (
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[RecordParams]{Meta: nodes.Meta{
		Type: "course.record", Version: 1, Name: "Record course event", Group: "Courses", Icon: "school",
		Summary: "Record what the contact did in a course elsewhere.",
		Card:    "{event} · {course}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"course": crm.CourseEvent{
			ID: "crs_0197c2a4", ContactID: "con_0197c2a4", Kind: "lesson_completed", Course: "Course A", Lesson: "Lesson 1", Percent: 40,
			OccurredAt: time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC),
		}.Plain(), "already_recorded": false},
	}, Run: record})
}

// RecordParams say what happened.
type RecordParams struct {
	Event      string    `json:"event" label:"What happened" options:"enrolled=Enrolled,lesson_completed=Lesson completed,completed=Course completed,certificate=Certificate earned,milestone=Milestone reached" default:"enrolled"`
	Course     string    `json:"course" label:"Course" required:"true" example:"Course A"`
	Lesson     string    `json:"lesson" label:"Lesson" help:"Of a certificate or milestone its name." show_if:"event=lesson_completed|certificate|milestone"`
	Percent    int       `json:"percent" label:"Done" min:"0" max:"100" help:"Percent of the course." show_if:"event=lesson_completed|milestone"`
	Product    nodes.Ref `json:"product" label:"Product" ref:"product" help:"The product that the course is, by ID." advanced:"true"`
	ExternalID string    `json:"external_id" label:"External ID" help:"One that is known is not recorded again." advanced:"true"`
}

func record(tx nodes.Tx, call *nodes.Call, p RecordParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	e := crm.CourseEvent{
		Kind: p.Event, Course: p.Course, Lesson: p.Lesson, Percent: p.Percent, ProductID: string(p.Product), ExternalID: p.ExternalID, RunID: call.RunID,
	}
	already, err := crm.RecordCourseEvent(tx, c, &e)
	if err != nil {
		return nil, err
	}
	if already {
		call.Warn("This was recorded before: the external ID is known, so nothing was changed.")
	}
	return map[string]any{"course": e.Plain(), "already_recorded": already}, nil
}
