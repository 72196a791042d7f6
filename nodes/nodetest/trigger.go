package nodetest

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// Poll has a polling trigger look once, from a cursor; "" is the first look.
func (b *Bench) Poll(id string, params map[string]any, cursor string) (nodes.Polled, error) {
	t, err := b.lookup(id, nodes.KindTrigger)
	if err != nil {
		return nodes.Polled{}, err
	}
	if t.Poll == nil {
		return nodes.Polled{}, fmt.Errorf("nodetest: %s does not poll", id)
	}
	return t.Poll(context.Background(), b.watchEnv(), params, cursor)
}

// Next returns the first time of a schedule after Time.
func (b *Bench) Next(id string, params map[string]any) (time.Time, bool, error) {
	t, err := b.lookup(id, nodes.KindTrigger)
	if err != nil {
		return time.Time{}, false, err
	}
	if t.Next == nil {
		return time.Time{}, false, fmt.Errorf("nodetest: %s is no schedule", id)
	}
	return t.Next(params, b.Time.In(b.Zone))
}

// Address is what Enable and Disable are told to register.
const Address = "https://hookloom.example.com/hooks/token"

// Enable registers Address, or renews what is registered; nil for nothing yet.
func (b *Bench) Enable(id string, params map[string]any, registered *nodes.Registration) (nodes.Registration, error) {
	t, err := b.remote(id)
	if err != nil {
		return nodes.Registration{}, err
	}
	return t.Enable(context.Background(), &nodes.RemoteEnv{Env: *b.watchEnv(), Address: Address, Registered: registered}, params)
}

// Disable takes a registration back.
func (b *Bench) Disable(id string, params map[string]any, registered nodes.Registration) error {
	t, err := b.remote(id)
	if err != nil {
		return err
	}
	return t.Disable(context.Background(), &nodes.RemoteEnv{Env: *b.watchEnv(), Address: Address, Registered: &registered}, params)
}

func (b *Bench) remote(id string) (*nodes.NodeType, error) {
	t, err := b.lookup(id, nodes.KindTrigger)
	if err == nil && !t.Remote {
		err = fmt.Errorf("nodetest: %s does not register its address", id)
	}
	return t, err
}

func (b *Bench) watchEnv() *nodes.Env {
	return &nodes.Env{
		Call: b.call(), HTTP: b.Sink, Log: slog.New(slog.DiscardHandler), Attempt: b.Attempt, Connection: b.Connection,
		IdempotencyKey: "wf_1/trigger", MessageID: "msg_1",
	}
}
