// Package ceiling is the fastest program that could keep Hookloom's promise on
// its main workload: answer a webhook after a durable commit, note that its work
// began, make one outbound call, note that it ended. It has the same database
// drivers and settings and nothing else: no mapping, no journal of steps, no
// history, no queries. What Hookloom reaches of it is what its features cost.
package ceiling

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

// bodyLimit bounds a request's body in bytes, as Hookloom does.
const bodyLimit = 1 << 20

// backlog is how many accepted jobs may wait for a worker; more make senders
// wait.
const backlog = 1 << 20

// Config says how to run.
type Config struct {
	// Addr is the loopback address to listen on.
	Addr string
	// Dir is the folder of the SQLite database; unused with DatabaseURL.
	Dir string
	// DatabaseURL is a PostgreSQL database, "" for SQLite.
	DatabaseURL string
	// Target is the URL that each job is sent to.
	Target string
	// Workers is how many jobs are worked on at once.
	Workers int
}

// program is one running ceiling.
type program struct {
	group  *group
	work   chan job
	client *http.Client
	target string
}

type job struct {
	id   string
	body []byte
}

// Run serves until ctx ends. POST /hook does all of the workload, POST /ack only
// commits one row and answers, GET /healthz tells when it is ready.
func Run(ctx context.Context, c Config) error {
	uuid.EnableRandPool()
	journals, err := open(ctx, c)
	if err != nil {
		return err
	}
	p := &program{
		group:  startGroup(journals),
		work:   make(chan job, backlog),
		target: c.Target,
		client: &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: c.Workers, DisableCompression: true}},
	}
	for range c.Workers {
		go p.worker(ctx)
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: p.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() {
		<-ctx.Done()
		_ = server.Close()
	}()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return p.group.close()
}

func open(ctx context.Context, c Config) ([]journal, error) {
	if c.DatabaseURL != "" {
		return openPostgres(ctx, c.DatabaseURL)
	}
	return openSQLite(ctx, c.Dir)
}

func (p *program) handler() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	r := gin.New()
	r.GET("/healthz", func(c *gin.Context) { c.Status(http.StatusOK) })
	r.POST("/ack", func(c *gin.Context) { p.accept(c) })
	r.POST("/hook", func(c *gin.Context) {
		if j, ok := p.accept(c); ok {
			p.work <- j
		}
	})
	return r
}

// accept answers a request once its row is committed.
func (p *program) accept(c *gin.Context) (job, bool) {
	body, err := io.ReadAll(io.LimitReader(c.Request.Body, bodyLimit))
	if err != nil {
		c.Status(http.StatusBadRequest)
		return job{}, false
	}
	j := job{id: "run_" + uuid.Must(uuid.NewV7()).String(), body: body}
	if err := p.group.do(change{kind: inserted, id: j.id, body: body}); err != nil {
		c.Status(http.StatusServiceUnavailable)
		return job{}, false
	}
	c.JSON(http.StatusAccepted, gin.H{"verdict": "accepted", "run_ids": []string{j.id}})
	return j, true
}

func (p *program) worker(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-p.work:
			// A failed job shows as lost in the measurement.
			if err := p.do(ctx, j); err != nil && ctx.Err() == nil {
				fmt.Println("ceiling:", err)
			}
		}
	}
}

func (p *program) do(ctx context.Context, j job) error {
	if err := p.group.do(change{kind: started, id: j.id}); err != nil {
		return err
	}
	if err := p.send(ctx, j); err != nil {
		return err
	}
	return p.group.do(change{kind: finished, id: j.id})
}

// send posts a body as long as the mapped one, with the payload's id and
// otherwise constant: mapping is not part of the ceiling.
func (p *program) send(ctx context.Context, j job) error {
	_, rest, _ := bytes.Cut(j.body, []byte(`"id":"`))
	trace, _, _ := bytes.Cut(rest, []byte(`"`))
	body := fmt.Appendf(nil, `{"trace":"%s","email":"ada.lovelace@example.com","name":"Ada Lovelace","amount":49,"currency":"USD","offer":"COURSE-101"}`, trace)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.target, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", j.id)
	response, err := p.client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode/100 != 2 {
		return fmt.Errorf("the sink answers %s", response.Status)
	}
	return nil
}
