package main

import (
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/test/instance"
)

//go:embed workflow.json
var definition string

const workflowName = "A Stripe sale grants a course"

// demo is one showing.
type demo struct {
	out      io.Writer
	client   *instance.Client
	receiver *receiver
	secret   string // of the Stripe endpoint
	offer    instance.Offer
	hook     string
}

// show tells the whole story and checks each part of it.
func show(ctx context.Context, out io.Writer, bin string) (err error) {
	d := &demo{out: out, secret: sender.NewSecret()}
	if d.receiver, err = listen(); err != nil {
		return err
	}
	defer d.receiver.server.Close()
	dir, err := os.MkdirTemp("", "hookloom-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	server, err := d.serve(ctx, bin, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.Stop(15*time.Second)) }()
	for _, part := range []func(context.Context) error{d.build, d.firstSale, d.sameSale, d.forgedSale} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	d.sayf("\nEverything is as it should be.")
	return nil
}

func (d *demo) sayf(format string, args ...any) { _, _ = fmt.Fprintf(d.out, format+"\n", args...) }

// serve starts the server on a folder and port of its own.
func (d *demo) serve(ctx context.Context, bin, dir string) (*instance.Process, error) {
	port, err := instance.FreePort()
	if err != nil {
		return nil, err
	}
	d.client = &instance.Client{Base: instance.Address(port), Key: "hlk_" + rand.Text(), Workspace: "main"}
	begin := time.Now()
	server, err := instance.Start(ctx, instance.Spec{
		Bin: bin, Args: []string{"serve"}, Health: d.client.Base + "/readyz", Log: filepath.Join(dir, "server.log"),
		Env: []string{
			"DATA_DIR=" + filepath.Join(dir, "data"), "PORT=" + strconv.Itoa(port), "BOOTSTRAP_API_KEY=" + d.client.Key,
			"ALLOW_TARGETS=" + d.receiver.address,
		},
	})
	if err == nil {
		d.sayf("Hookloom is ready on %s after %v, with a new SQLite database.", d.client.Base, time.Since(begin).Round(time.Millisecond))
	}
	return server, err
}

// build makes the offer, the custom value and the workflow, and publishes it.
func (d *demo) build(ctx context.Context) (err error) {
	if d.offer, err = d.client.CreateOffer(ctx, "Course A"); err != nil {
		return err
	}
	value := map[string]any{"key": "support_email", "name": "Support e-mail", "value": "help@example.com"}
	if err := d.client.Do(ctx, http.MethodPost, "/custom-values", value, nil); err != nil {
		return err
	}
	text := strings.NewReplacer("$SECRET", d.secret, "$OFFER", d.offer.ID, "$SINK", "http://"+d.receiver.address).Replace(definition)
	wf, err := d.client.Publish(ctx, workflowName, []byte(text))
	if err != nil {
		return err
	}
	if wf.Status != "live" {
		return fmt.Errorf("the workflow is %s after publishing, not live", wf.Status)
	}
	if d.hook, err = wf.Hook(); err != nil {
		return err
	}
	d.sayf("The workflow %q is live. Stripe would call %s", wf.Name, d.hook)
	return nil
}

// firstSale sends the event and shows what came of it.
func (d *demo) firstSale(ctx context.Context) error {
	begin := time.Now()
	a, err := sell(ctx, d.hook, d.secret)
	if err != nil {
		return err
	}
	if a.Status != http.StatusAccepted || len(a.RunIDs) != 1 {
		return fmt.Errorf("the first sale was answered %d with the runs %v, not 202 with one run", a.Status, a.RunIDs)
	}
	d.sayf("\nA signed checkout.session.completed was answered %d %s after %v.", a.Status, a.Verdict, time.Since(begin).Round(time.Microsecond))
	run, err := d.finished(ctx, a.RunIDs[0])
	if err != nil {
		return err
	}
	if err := d.people(ctx); err != nil {
		return err
	}
	d.steps(run)
	if err := checkRun(run); err != nil {
		return err
	}
	return d.outbound()
}

// finished waits until the run has ended.
func (d *demo) finished(ctx context.Context, id string) (instance.Run, error) {
	for {
		run, err := d.client.Run(ctx, id)
		if err != nil || run.FinishedAt != nil {
			return run, err
		}
		select {
		case <-ctx.Done():
			return run, fmt.Errorf("the run %s is still %s: %w", id, run.Status, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func checkRun(run instance.Run) error {
	var went []string
	for _, step := range run.Steps {
		went = append(went, step.StepID+" "+step.Status)
	}
	want := []string{"paid succeeded", "buyer succeeded", "access succeeded", "notify succeeded"}
	if run.Status != "succeeded" || !slices.Equal(went, want) {
		return fmt.Errorf("the run %s: steps %v, error %s", run.Status, went, run.Error)
	}
	return nil
}

// people shows and checks the contact and the grant.
func (d *demo) people(ctx context.Context) error {
	contacts, err := instance.List[instance.Contact](ctx, d.client, "/contacts", url.Values{"email": {"ada@example.com"}})
	if err != nil {
		return err
	}
	if len(contacts) != 1 || contacts[0].Email != "ada@example.com" || contacts[0].Name != "Ada Lovelace" {
		return fmt.Errorf("the contacts are %+v, not Ada Lovelace alone", contacts)
	}
	c := contacts[0]
	d.sayf("\nContact  %s  %s <%s>", c.ID, c.Name, c.Email)
	grants, err := d.grants(ctx)
	if err != nil {
		return err
	}
	if len(grants) != 1 || grants[0].ContactID != c.ID || grants[0].OfferID != d.offer.ID || grants[0].RevokedAt != nil {
		return fmt.Errorf("the grants are %+v, not one of %s for %s", grants, d.offer.ID, c.ID)
	}
	d.sayf("Grant    %s  %q since %s", grants[0].ID, d.offer.Title, grants[0].GrantedAt.Format(time.RFC3339))
	return nil
}

func (d *demo) grants(ctx context.Context) ([]instance.Grant, error) {
	return instance.List[instance.Grant](ctx, d.client, "/grants", nil)
}

// sameSale sends the event again, as Stripe does when an answer got lost.
func (d *demo) sameSale(ctx context.Context) error {
	a, err := sell(ctx, d.hook, d.secret)
	if err != nil {
		return err
	}
	grants, err := d.grants(ctx)
	if err != nil {
		return err
	}
	d.sayf("\nThe same event again was answered %d %s; there is %d grant and %d outbound request.", a.Status, a.Verdict, len(grants), len(d.receiver.requests()))
	if a.Status != http.StatusOK || a.Verdict != "duplicate" || len(grants) != 1 || len(d.receiver.requests()) != 1 {
		return errors.New("the repeat must be answered 200 duplicate and change nothing")
	}
	return d.oneRun(ctx)
}

// forgedSale sends the event with a signature that somebody made up.
func (d *demo) forgedSale(ctx context.Context) error {
	a, err := sell(ctx, d.hook, sender.NewSecret())
	if err != nil {
		return err
	}
	d.sayf("The event with a wrong signature was answered %d.", a.Status)
	if a.Status != http.StatusUnauthorized {
		return errors.New("a wrong signature must be answered 401")
	}
	return d.oneRun(ctx)
}

// oneRun wants the first sale's run to be the only one.
func (d *demo) oneRun(ctx context.Context) error {
	runs, err := instance.List[instance.Run](ctx, d.client, "/runs", nil)
	if err == nil && len(runs) != 1 {
		err = fmt.Errorf("there are %d runs, not 1", len(runs))
	}
	return err
}
