package crm

import (
	"errors"
	"strings"
	"time"
)

// CourseEvent is one step of a member through a course.
type CourseEvent struct {
	ID        string
	ContactID string
	// Kind is enrolled, lesson_completed, completed, certificate or milestone.
	Kind string
	// Course is its title; ProductID the product it is, "" when that is not known.
	Course    string
	ProductID string
	// Lesson is the lesson that was completed, or the certificate's or
	// milestone's name.
	Lesson string
	// Percent is how much of the course is done, 0 to 100.
	Percent    int
	ExternalID string
	RunID      string
	OccurredAt time.Time
	CreatedAt  time.Time
}

// courseActs are the acts by the kinds of course events.
var courseActs = map[string]Act{
	"enrolled": ActEnroll, "lesson_completed": ActLesson, "completed": ActComplete, "certificate": ActCertificate, "milestone": ActMilestone,
}

// RecordCourseEvent records what a member did in a course and raises course.KIND.
// One with an external id that is known changes nothing: already is true and e
// is the first one.
func RecordCourseEvent(tx Tx, c Contact, e *CourseEvent) (already bool, err error) {
	act, known := courseActs[e.Kind]
	if !known {
		return false, rejected("kind", "invalid", "%.40q is no event of a course. Use enrolled, lesson_completed, completed, certificate or milestone.", e.Kind)
	}
	for field, text := range map[string]*string{"course": &e.Course, "lesson": &e.Lesson, "external_id": &e.ExternalID} {
		if *text, err = line(field, *text); err != nil {
			return false, err
		}
	}
	if e.Course == "" {
		return false, rejected("course", "blank", "No course is named.")
	}
	if e.Kind == "lesson_completed" && e.Lesson == "" {
		return false, rejected("lesson", "blank", "No lesson is named.")
	}
	if e.Percent < 0 || e.Percent > 100 {
		return false, rejected("percent", "invalid", "%d is not a percentage from 0 to 100.", e.Percent)
	}
	if e.Kind == "completed" || e.Kind == "certificate" {
		e.Percent = 100
	}
	if e.ExternalID != "" {
		first, err := tx.CourseEvent(e.ExternalID)
		if err == nil {
			*e = first
			return true, nil
		}
		if !errors.Is(err, ErrNotFound) {
			return false, err
		}
	}
	e.ContactID = c.ID
	if e.OccurredAt.IsZero() {
		e.OccurredAt = tx.Now()
	}
	if err := tx.InsertCourseEvent(e); err != nil {
		return false, err
	}
	return false, act.raise(tx, "course."+strings.TrimSpace(e.Kind), c, map[string]any{"course": e.Plain()})
}
