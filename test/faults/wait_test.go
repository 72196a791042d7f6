package faults

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestWaitsSurviveARestart lets runs wait for one moment, kills the server, and
// starts it again at that moment. Each goes on once, none early, and the last
// soon after.
func TestWaitsSurviveARestart(t *testing.T) {
	t.Parallel()
	many := 2000
	if *long {
		many = 10_000
	}
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed})
	wf, err := s.Client.Publish(t.Context(), "Wait", []byte(`{"schema":1,
  "triggers":[{"id":"in","type":"webhook.catch","v":1,"params":{}}],
  "steps":[{"id":"pause","type":"flow.wait","v":1,"params":{"until":"{{ trigger.body.at }}"}},
    {"id":"on","type":"webhook.send","v":1,"params":{"url":"`+s.Sink.URL()+`/wait","body_type":"json","body":{"id":"{{ trigger.body.id }}"}}}]}`))
	if err != nil {
		t.Fatal(err)
	}
	hook, err := wf.Hook()
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(time.Duration(5+many/200) * time.Second).Truncate(time.Second)
	postMany(t, hook, many, at)
	awaitWaiting(t, s, many)
	if time.Now().After(at) {
		t.Fatal("this machine is too slow for the test: the moment was over before all runs waited")
	}
	s.procs[server].Kill()
	time.Sleep(time.Until(at)) // what they wait for
	s.Start(server)
	begin := time.Now()
	effects := s.Sink.Effects()
	for len(effects) < many && time.Since(begin) < time.Minute {
		time.Sleep(50 * time.Millisecond)
		effects = s.Sink.Effects()
	}
	if err := Quiet(t.Context(), s.Client); err != nil {
		t.Error(err)
	}
	effects = s.Sink.Effects()
	seen := map[string]int{}
	for _, e := range effects {
		seen[e.ID]++
		if e.At.Before(at) {
			t.Errorf("%s went on %v early", e.ID, at.Sub(e.At))
		}
	}
	if len(seen) != many || len(effects) != many {
		t.Errorf("%d runs sent %d calls, there are %d", len(seen), len(effects), many)
	}
	drift := func(q float64) time.Duration { return effects[int(q*float64(len(effects)-1))].At.Sub(begin) }
	slices.SortFunc(effects, func(a, b Effect) int { return a.At.Compare(b.At) })
	if drift(0.5) > 5*time.Second {
		t.Errorf("half of the runs went on more than %v after the start", drift(0.5))
	}
	t.Log(table([][2]string{
		{"waiting runs", fmt.Sprint(many)},
		{"went on after the start: first / half / all", fmt.Sprintf("%v / %v / %v", drift(0).Round(time.Millisecond), drift(0.5).Round(time.Millisecond), drift(1).Round(time.Millisecond))},
	}))
}

// postMany sends n webhooks that name a moment, over a few connections.
func postMany(t *testing.T, hook string, n int, at time.Time) {
	t.Helper()
	const senders = 16
	client := &http.Client{Timeout: sendLimit, Transport: &http.Transport{MaxIdleConnsPerHost: senders}}
	defer client.CloseIdleConnections()
	failed := make(chan error, senders)
	for sender := range senders {
		go func() {
			var err error
			for i := sender; i < n && err == nil; i += senders {
				err = postOne(client, hook, fmt.Sprintf(`{"id":"wait-%d","at":%q}`, i, at.UTC().Format(time.RFC3339)))
			}
			failed <- err
		}()
	}
	for range senders {
		if err := <-failed; err != nil {
			t.Fatal(err)
		}
	}
}

func postOne(client *http.Client, hook, body string) error {
	answer, err := client.Post(hook, "application/json", strings.NewReader(body))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusAccepted {
		return fmt.Errorf("answered %s", answer.Status)
	}
	return nil
}

// awaitWaiting waits until no run is queued or running.
func awaitWaiting(t *testing.T, s *Stand, n int) {
	t.Helper()
	for begin := time.Now(); ; time.Sleep(100 * time.Millisecond) {
		busy := 0
		for _, status := range []string{"queued", "running"} {
			var page struct{ Items []struct{} }
			if err := s.Client.Do(t.Context(), http.MethodGet, "/runs?limit=1&status="+status, nil, &page); err != nil {
				t.Fatal(err)
			}
			busy += len(page.Items)
		}
		if busy == 0 {
			return
		}
		if time.Since(begin) > time.Minute {
			t.Fatalf("not all of %d runs wait", n)
		}
	}
}
