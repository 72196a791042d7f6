package instance

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Run is a run as the API shows it, as far as tests look at it.
type Run struct {
	ID         string          `json:"id"`
	WorkflowID string          `json:"workflow_id"`
	Status     string          `json:"status"`
	EndReason  string          `json:"end_reason"`
	ContactID  string          `json:"contact_id"`
	RequestID  string          `json:"request_id"`
	Error      json.RawMessage `json:"error"`
	CreatedAt  time.Time       `json:"created_at"`
	StartedAt  *time.Time      `json:"started_at"`
	FinishedAt *time.Time      `json:"finished_at"`
	Steps      []Step          `json:"steps"`
}

// Step is a step's result in a run.
type Step struct {
	StepID     string          `json:"step_id"`
	Type       string          `json:"type"`
	Name       string          `json:"name"`
	Path       string          `json:"path"`
	Status     string          `json:"status"`
	Execution  int             `json:"execution"`
	Output     json.RawMessage `json:"output"`
	Error      json.RawMessage `json:"error"`
	StartedAt  *time.Time      `json:"started_at"`
	FinishedAt *time.Time      `json:"finished_at"`
	Attempts   []Attempt       `json:"attempts"`
}

// Attempt is one try of a step.
type Attempt struct {
	Number     int             `json:"number"`
	StartedAt  *time.Time      `json:"started_at"`
	FinishedAt *time.Time      `json:"finished_at"`
	Error      json.RawMessage `json:"error"`
}

// Contact is a contact as the API shows it, as far as tests look at it.
type Contact struct {
	ID    string   `json:"id"`
	Email string   `json:"email"`
	Name  string   `json:"name"`
	Tags  []string `json:"tags"`
}

// Offer is an offer as the API shows it, as far as tests look at it.
type Offer struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Grant is a grant as the API shows it, as far as tests look at it.
type Grant struct {
	ID        string     `json:"id"`
	ContactID string     `json:"contact_id"`
	OfferID   string     `json:"offer_id"`
	RunID     string     `json:"run_id"`
	GrantedAt time.Time  `json:"granted_at"`
	RevokedAt *time.Time `json:"revoked_at"`
}

// Workflow is a workflow as the API shows it, as far as tests look at it.
type Workflow struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Status   string `json:"status"`
	Triggers []struct {
		ID   string `json:"id"`
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"triggers"`
}

// CreateOffer makes an offer with one product of the same name.
func (c *Client) CreateOffer(ctx context.Context, title string) (Offer, error) {
	var o Offer
	err := c.Do(ctx, http.MethodPost, "/offers", map[string]any{"title": title}, &o)
	return o, err
}

// Publish creates a workflow of a definition and makes it live.
func (c *Client) Publish(ctx context.Context, name string, definition []byte) (Workflow, error) {
	var wf Workflow
	draft := map[string]any{"name": name, "definition": json.RawMessage(definition)}
	if err := c.Do(ctx, http.MethodPost, "/workflows", draft, &wf); err != nil {
		return wf, err
	}
	if err := c.Do(ctx, http.MethodPost, "/workflows/"+wf.ID+"/publish", map[string]any{}, nil); err != nil {
		return wf, err
	}
	err := c.Do(ctx, http.MethodGet, "/workflows/"+wf.ID, nil, &wf)
	return wf, err
}

// Hook is the address of the workflow's webhook trigger.
func (w Workflow) Hook() (string, error) {
	for _, t := range w.Triggers {
		if t.URL != "" {
			return t.URL, nil
		}
	}
	return "", fmt.Errorf("the workflow %q has no trigger with an address", w.Name)
}

// Run reads a run with its steps.
func (c *Client) Run(ctx context.Context, id string) (Run, error) {
	var r Run
	err := c.Do(ctx, http.MethodGet, "/runs/"+id, nil, &r)
	return r, err
}

// IsStatus reports whether err is an answer with the status.
func IsStatus(err error, status int) bool {
	var answer *StatusError
	return errors.As(err, &answer) && answer.Status == status
}
