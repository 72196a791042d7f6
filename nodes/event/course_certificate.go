package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[CourseParams]{Meta: nodes.Meta{
		Type: "course.certificate", Version: 1, Name: "Certificate earned", Group: group, Icon: "certificate",
		Summary: "Start when a member earns a certificate.",
		Card:    "{courses}", Contact: nodes.ContactProvides,
		Sample: sample(crm.CourseCertificate, map[string]any{"course": courseSample("certificate")}),
	}, Event: crm.CourseCertificate, Match: courseCertificate})
}

func courseCertificate(p CourseParams, e crm.Event) bool {
	return anyText(p.Courses, textOf(object(e, "course")["title"]))
}
