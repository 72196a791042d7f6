package faults

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"

	"github.com/hookloom/hookloom/test/service"
)

// gate is a way to a server that can be made bad.
type gate struct {
	t     *testing.T
	proxy *toxiproxy.Proxy
}

// openGate listens before the server of the address and returns the address by
// way of the gate.
func openGate(t *testing.T, address string) (*gate, string) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	server := toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop())
	proxy := toxiproxy.NewProxy(server, t.Name(), "127.0.0.1:0", u.Host)
	if err := proxy.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(proxy.Stop)
	u.Host = proxy.Listen
	return &gate{t, proxy}, u.String()
}

// spoil makes the way bad: a toxic of Toxiproxy with its attributes.
func (g *gate) spoil(kind, attributes string) {
	g.t.Helper()
	_, err := g.proxy.Toxics.AddToxicJson(strings.NewReader(fmt.Sprintf(`{"type":%q,"attributes":%s}`, kind, attributes)))
	if err != nil {
		g.t.Fatalf("%s: %v", kind, err)
	}
}

// mend makes it good again.
func (g *gate) mend() { g.proxy.Toxics.ResetToxics(g.t.Context()) }

// TestBadWays puts two seconds of latency, resets and connections that end in
// the middle of an answer between the processes and Redis, then between them and
// PostgreSQL. Ingest must not feel what happens to Redis, what is accepted while
// PostgreSQL is hard to reach must be safe, and everything ends soon after.
func TestBadWays(t *testing.T) {
	t.Parallel()
	postgres, redis := service.StartPostgres(t), service.StartRedis(t)
	toPostgres, databaseURL := openGate(t, postgres.URL())
	toRedis, redisURL := openGate(t, redis.URL())
	s := NewStand(t, Layout{
		Bin: binary(t), Seed: *seed, Workers: 1, Postgres: postgres, Redis: redis, DatabaseURL: databaseURL, RedisURL: redisURL,
	})
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 20, Once: true}
	for i, c := range []struct {
		way              *gate
		kind, attributes string
	}{
		{toRedis, "latency", `{"latency":2000}`},
		{toRedis, "reset_peer", `{"timeout":0}`},
		{toRedis, "limit_data", `{"bytes":3000}`},
		{toPostgres, "latency", `{"latency":400}`},
		{toPostgres, "latency", `{"latency":2000}`},
		{toPostgres, "reset_peer", `{"timeout":0}`},
		{toPostgres, "limit_data", `{"bytes":20000}`},
	} {
		c.way.spoil(c.kind, c.attributes)
		driver.Drive(t.Context(), Plan(*seed, fmt.Sprintf("bad%d", i), 40))
		c.way.mend()
	}
	mended := time.Now()
	e, violations := s.Settle(time.Minute)
	if len(violations) > 0 {
		t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
	}
	refused := 0
	for _, entry := range e.Entries {
		redisOnly := entry.Order.ID < "bad3"
		if redisOnly && entry.Accepted == entry.Order.Malformed {
			t.Errorf("%s: answered %v, unanswered %d: ingest must not feel what happens to Redis", entry.Order.ID, entry.Statuses, entry.Unanswered)
		}
		refused += entry.Statuses[503] + entry.Unanswered
	}
	t.Log(table([][2]string{
		{"runs / calls", fmt.Sprintf("%d / %d", len(e.Runs), len(e.Effects))},
		{"turned away or unanswered", fmt.Sprint(refused)},
		{"all ended after the ways were good", time.Since(mended).Round(time.Millisecond).String()},
	}))
}
