package sale

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// CourseEventView is a course event as the API shows it.
type CourseEventView struct {
	ID         string    `json:"id" example:"crs_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	ContactID  string    `json:"contact_id"`
	Kind       string    `json:"kind" enum:"enrolled,lesson_completed,completed,certificate,milestone"`
	Course     string    `json:"course"`
	ProductID  *string   `json:"product_id"`
	Lesson     string    `json:"lesson" doc:"The lesson, or the certificate's or milestone's name"`
	Percent    int       `json:"percent"`
	ExternalID string    `json:"external_id"`
	RunID      *string   `json:"run_id"`
	OccurredAt time.Time `json:"occurred_at"`
}

func shownCourseEvent(e crm.CourseEvent) CourseEventView {
	return CourseEventView{e.ID, e.ContactID, e.Kind, e.Course, rest.Text(e.ProductID), e.Lesson, e.Percent, e.ExternalID, rest.Text(e.RunID), rest.Stamp(e.OccurredAt)}
}

type listCourseEventsInput struct {
	rest.InWorkspace
	rest.Paging
	ContactID string `query:"contact_id" maxLength:"60"`
	Kind      string `query:"kind" enum:"enrolled,lesson_completed,completed,certificate,milestone"`
}

func (a *API) listCourseEvents(ctx context.Context, in *listCourseEventsInput) (*rest.Listed[CourseEventView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListCourseEvents(ctx, rest.WorkspaceOf(ctx).ID, engine.SaleFilter{ContactID: in.ContactID, Kind: in.Kind}, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownCourseEvent), nil
}

func (a *API) getCourseEvent(ctx context.Context, in *rest.ByID) (*rest.One[CourseEventView], error) {
	e, err := a.Store.CourseEvent(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[CourseEventView]{Body: shownCourseEvent(e)}, nil
}

type createCourseEventInput struct {
	rest.InWorkspace
	Body struct {
		Whom
		Kind       string     `json:"kind" enum:"enrolled,lesson_completed,completed,certificate,milestone"`
		Course     string     `json:"course" maxLength:"1000"`
		ProductID  string     `json:"product_id,omitempty" maxLength:"60"`
		Lesson     string     `json:"lesson,omitempty" maxLength:"1000"`
		Percent    int        `json:"percent,omitempty" minimum:"0" maximum:"100"`
		ExternalID string     `json:"external_id,omitempty" maxLength:"255"`
		OccurredAt *time.Time `json:"occurred_at,omitempty"`
	}
}

type courseEventRecorded struct {
	CourseEventView
	AlreadyRecorded bool `json:"already_recorded"`
}

func (a *API) createCourseEvent(ctx context.Context, in *createCourseEventInput) (*recorded[courseEventRecorded], error) {
	b := in.Body
	var e crm.CourseEvent
	var already bool
	var contact string
	err := a.recorder().Record(ctx, &contact, func(tx engine.Tx) error {
		c, err := b.contact(tx)
		if err != nil {
			return err
		}
		contact = c.ID
		e = crm.CourseEvent{Kind: b.Kind, Course: b.Course, ProductID: b.ProductID, Lesson: b.Lesson, Percent: b.Percent, ExternalID: b.ExternalID}
		if b.OccurredAt != nil {
			e.OccurredAt = *b.OccurredAt
		}
		already, err = crm.RecordCourseEvent(tx, c, &e)
		if err == nil || b.ProductID == "" {
			return err
		}
		return rest.Missing(err, "/product_id", "product", b.ProductID)
	})
	if err != nil {
		return nil, err
	}
	return newRecorded(already, courseEventRecorded{shownCourseEvent(e), already}), nil
}
