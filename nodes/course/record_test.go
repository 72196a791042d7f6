package course_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	_ "github.com/hookloom/hookloom/nodes/course"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func TestG1StepsRecordCourses(t *testing.T) {
	b := nodetest.New()
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com"})
	b.Contact = &c
	out, err := b.Internal("course.record", nodetest.Params(`{"event":"lesson_completed","course":"Go","lesson":"Maps","percent":"40","external_id":"l1"}`))
	if err != nil || out["already_recorded"] != false || b.Tx.Events[0].Type != crm.CourseLessonCompleted {
		t.Fatalf("%v %v", out, err)
	}
	out, err = b.Internal("course.record", nodetest.Params(`{"event":"lesson_completed","course":"Go","lesson":"Maps","external_id":"l1"}`))
	if err != nil || out["already_recorded"] != true || len(b.Tx.Events) != 1 || len(b.Warnings) != 1 {
		t.Errorf("again: %v %v", out, err)
	}
	if _, err = b.Internal("course.record", nodetest.Params(`{"event":"lesson_completed","course":"Go"}`)); err == nil {
		t.Error("a lesson without a name")
	}
}
