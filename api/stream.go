package api

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

const (
	// recheck is how often a stream looks whether its caller may still see it;
	// an end in this process is seen at once.
	recheck = 3 * time.Second
	// heartbeat keeps proxies from closing a stream on which nothing happens.
	heartbeat = 15 * time.Second
	// streamWrite bounds one write to a browser that does not read.
	streamWrite = 10 * time.Second
	// maxStreams and maxCallerStreams bound the open streams of this process and
	// of one caller.
	maxStreams       = 2000
	maxCallerStreams = 50
)

// streams counts the open streams.
type streams struct {
	mu     sync.Mutex
	all    int
	caller map[string]int
	// stopped is closed when the server stops.
	stopped chan struct{}
	once    sync.Once
}

func newStreams() *streams {
	return &streams{caller: map[string]int{}, stopped: make(chan struct{})}
}

// stop ends all streams, now and later.
func (s *streams) stop() { s.once.Do(func() { close(s.stopped) }) }

// enter reports false when there are too many.
func (s *streams) enter(caller string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all >= maxStreams || s.caller[caller] >= maxCallerStreams {
		return false
	}
	s.all++
	s.caller[caller]++
	return true
}

func (s *streams) leave(caller string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.caller[caller]--; s.caller[caller] == 0 {
		delete(s.caller, caller)
	}
}

type streamInput struct {
	rest.InWorkspace
	LastEventID string `header:"Last-Event-ID" doc:"Sent by browsers that come back; they are told to fetch again what they show"`
}

// streamEvents tells a browser what changes, by ids and status only: what it
// shows it fetches under its caller's rights.
func (a *API) streamEvents(ctx context.Context, in *streamInput) (*huma.StreamResponse, error) {
	c, ws := rest.CallerOf(ctx), rest.WorkspaceOf(ctx)
	who := c.ID()
	if !a.streams.enter(who) {
		return nil, problem.New(problem.CodeTooManyRequests, "Too many streams are open. Close some pages.").After(10 * time.Second)
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer a.streams.leave(who)
		w := humagin.Unwrap(hc).Writer
		h := w.Header()
		h.Set("Content-Type", "text/event-stream")
		h.Set("Cache-Control", "no-store, no-transform")
		h.Set("X-Accel-Buffering", "no") // nginx would hold events back
		w.WriteHeader(http.StatusOK)
		s := stream{w: w, control: http.NewResponseController(w)}
		// The server's deadlines are for calls; the errors are of writers that
		// know none, such as a test's.
		_ = s.control.SetReadDeadline(time.Time{})
		a.follow(hc.Context(), &s, c, ws.ID, in.LastEventID != "")
	}}, nil
}

// follow sends changes until the browser leaves, does not read, or may not see
// them any more.
func (a *API) follow(ctx context.Context, s *stream, c identity.Caller, workspace string, missed bool) {
	changes, stop := a.Live.Subscribe(workspace)
	defer stop()
	ended := a.Desk.Ended()
	again, beat := time.NewTicker(recheck), time.NewTicker(heartbeat)
	defer again.Stop()
	defer beat.Stop()
	s.comment("open")
	if missed {
		s.send(engine.Change{Workspace: workspace, Kind: engine.ChangeResync})
	}
	for s.err == nil {
		select {
		case <-ctx.Done():
			return
		case <-a.streams.stopped:
			return // browsers come back to the process that takes over
		case change, open := <-changes:
			if !open {
				return // the browser comes back and is told to fetch again
			}
			s.send(change)
		case <-beat.C:
			s.comment("beat")
		case <-again.C:
			if !a.stillSees(ctx, c, workspace) {
				return
			}
		case <-ended:
			ended = a.Desk.Ended()
			if !a.stillSees(ctx, c, workspace) {
				return
			}
		}
	}
}

// stillSees asks again for what admit asked. While the database is away nothing
// is known to have changed, and nothing can be fetched either.
func (a *API) stillSees(ctx context.Context, c identity.Caller, workspace string) bool {
	now, err := a.Desk.Again(ctx, c)
	if err != nil {
		return problem.From(err).Status == http.StatusServiceUnavailable
	}
	if !now.Can(account.RunsRead, workspace) {
		return false
	}
	_, err = a.Store.Workspace(ctx, workspace)
	return err == nil || problem.From(err).Status == http.StatusServiceUnavailable
}

// stream writes server-sent events. After an error it writes nothing more.
type stream struct {
	w       io.Writer
	control *http.ResponseController
	n       int
	err     error
}

// eventView is one change as browsers read it.
type eventView struct {
	Type       string `json:"type"`
	ID         string `json:"id,omitempty"`
	RunID      string `json:"run_id,omitempty"`
	WorkflowID string `json:"workflow_id,omitempty"`
	Status     string `json:"status,omitempty"`
}

func shownChange(c engine.Change) eventView {
	v := eventView{Type: c.Kind, ID: c.ID, Status: c.Status}
	switch c.Kind {
	case engine.ChangeStep:
		v.RunID = c.Parent
	case engine.ChangeRun:
		v.RunID, v.WorkflowID = c.ID, c.Parent
	case engine.ChangeRequest:
		v.WorkflowID = c.Parent
	}
	return v
}

func (s *stream) send(c engine.Change) {
	data, err := json.Marshal(shownChange(c))
	if err != nil {
		s.err = err
		return
	}
	s.n++
	s.write(fmt.Sprintf("event: %s\nid: %d\ndata: %s\n\n", c.Kind, s.n, data))
}

func (s *stream) comment(text string) { s.write(": " + text + "\n\n") }

func (s *stream) write(text string) {
	if s.err != nil {
		return
	}
	_ = s.control.SetWriteDeadline(time.Now().Add(streamWrite))
	if _, s.err = io.WriteString(s.w, text); s.err == nil {
		s.err = s.control.Flush()
	}
}
