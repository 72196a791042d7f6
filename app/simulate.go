package app

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/engine/sender"
)

// simulation is what `hookloom simulate` was asked for.
type simulation struct {
	url, secret, secretFile, method string
	events                          []string
	count, duplicate, parallel      int
	backwards, wrong, list          bool
}

func (p *program) simulateCommand() *cobra.Command {
	s := simulation{}
	cmd := &cobra.Command{
		Use: "simulate SENDER --url URL", Short: "Send requests as Stripe, GitHub and others send them, rightly signed",
		Long: `Sends genuine requests of a sender to an address, signed with its secret, and
prints what became of each. They count as real ones: they start runs.

Each request has ids of its own. --duplicate sends every one again as a sender
does that had no answer, --out-of-order turns the order of the events around,
--parallel sends a burst, and --wrong-signature expects every request to be
refused. Without SENDER, --list shows who is known and which events there are.

Some senders sign the public address: where --url is another one, such as
127.0.0.1 behind a proxy, give the public one with --public-url.`,
		Example: "  hookloom simulate --list\n  hookloom simulate stripe --url https://hooks.example.com/hooks/... --secret-file secret.txt",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if s.list {
				return p.listSenders()
			}
			if len(args) == 0 {
				return usageError{errors.New("name the sender; `hookloom simulate --list` shows them")}
			}
			return p.simulate(cmd.Context(), s, args[0])
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.url, "url", "", "address of the trigger")
	f.StringVar(&s.secret, "secret", "", "signing secret; other users of this machine may see it, --secret-file is safer")
	f.StringVar(&s.secretFile, "secret-file", "", "file with the signing secret; - reads standard input")
	f.StringVar(&s.method, "method", http.MethodPost, "HTTP method")
	f.StringSliceVar(&s.events, "event", nil, "events to send in turn; default: the sender's usual one")
	f.IntVar(&s.count, "count", 1, "how many different requests to send")
	f.IntVar(&s.duplicate, "duplicate", 0, "how often to send each of them again")
	f.Lookup("duplicate").NoOptDefVal = "1"
	f.IntVar(&s.parallel, "parallel", 1, "how many to send at the same time, at most 100")
	f.BoolVar(&s.backwards, "out-of-order", false, "send what was made last first")
	f.BoolVar(&s.wrong, "wrong-signature", false, "sign with another secret; every request must be refused")
	f.BoolVar(&s.list, "list", false, "list the senders and their events")
	return cmd
}

func (p *program) listSenders() error {
	var rows [][]string
	for _, s := range sender.All() {
		signs := "no"
		if s.Scheme != nil {
			signs = "yes"
		}
		var events []string
		for _, sample := range s.Samples {
			events = append(events, sample.Event)
		}
		rows = append(rows, []string{s.Name, s.Label, signs, strings.Join(events, ", ")})
	}
	return p.printRows([]string{"sender", "name", "signs", "events"}, true, rows)
}

func (p *program) simulate(ctx context.Context, s simulation, name string) error {
	plan, err := p.plan(s, name)
	if err != nil {
		return err
	}
	requests, err := plan.Requests()
	if err != nil {
		return usageError{err}
	}
	answers := make([]simulated, len(requests))
	client := &http.Client{Timeout: 30 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	turns := make(chan int)
	var workers sync.WaitGroup
	for range min(max(s.parallel, 1), 100, len(requests)) {
		workers.Go(func() {
			for i := range turns {
				answers[i] = sendSimulated(ctx, client, s.url, requests[i])
			}
		})
	}
	for i := range requests {
		turns <- i
	}
	close(turns)
	workers.Wait()
	return p.report(requests, answers, s.wrong)
}

// plan checks what was asked for.
func (p *program) plan(s simulation, name string) (sender.Plan, error) {
	from := sender.Named(name)
	target, err := url.Parse(s.url)
	switch {
	case from == nil:
		return sender.Plan{}, usageError{fmt.Errorf("there is no sender %q; `hookloom simulate --list` shows them", name)}
	case err != nil || target.Host == "" || target.Scheme != "http" && target.Scheme != "https":
		return sender.Plan{}, usageError{errors.New("give the address of the trigger with --url, beginning with http:// or https://")}
	}
	if s.secretFile != "" {
		content, err := readFile(s.secretFile)
		if err != nil {
			return sender.Plan{}, err
		}
		s.secret = strings.TrimRight(string(content), "\r\n")
	}
	if from.Scheme != nil && s.secret == "" && !s.wrong {
		return sender.Plan{}, usageError{fmt.Errorf("%s signs its requests: give the trigger's signing secret with --secret or --secret-file", from.Label)}
	}
	public := s.url
	if p.config.PublicURL != "" {
		public = strings.TrimRight(p.config.PublicURL, "/") + target.RequestURI()
	}
	return sender.Plan{
		Sender: from, Events: s.events, Secret: s.secret, Method: strings.ToUpper(s.method), URL: public, Now: time.Now(),
		Count: max(s.count, len(s.events)), Repeats: s.duplicate, Backwards: s.backwards, WrongSignature: s.wrong,
	}, nil
}

// simulated is what became of one request.
type simulated struct {
	status int
	err    error
	told   struct {
		RequestID string   `json:"request_id"`
		Verdict   string   `json:"verdict"`
		RunIDs    []string `json:"run_ids"`
		Code      string   `json:"code"`
		Detail    string   `json:"detail"`
		Reason    string   `json:"reason"`
	}
}

func sendSimulated(ctx context.Context, client *http.Client, address string, planned sender.Planned) simulated {
	var a simulated
	r, err := http.NewRequestWithContext(ctx, planned.Method, address, bytes.NewReader(planned.Body))
	if err != nil {
		a.err = err
		return a
	}
	r.Header = planned.Header
	r.Header.Set("User-Agent", "Hookloom simulator")
	resp, err := client.Do(r)
	if err != nil {
		a.err = err
		return a
	}
	defer resp.Body.Close()
	a.status = resp.StatusCode
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		a.err = err
	}
	_ = json.Unmarshal(text, &a.told) // an answer in other words has no ids
	return a
}

// report prints a line for each request. Its error says that something was not
// as it should be, so that scripts notice.
func (p *program) report(requests []sender.Planned, answers []simulated, wrong bool) error {
	bad := 0
	var rows [][]string
	for i, a := range answers {
		event := requests[i].Event
		if requests[i].Repeat > 0 {
			event += fmt.Sprintf(" (sent again, %d)", requests[i].Repeat)
		}
		if a.err != nil {
			bad++
			rows = append(rows, []string{"-", event, "not sent: " + a.err.Error()})
			continue
		}
		refused := a.status < 200 || a.status > 299
		if refused != wrong || wrong && a.status != http.StatusUnauthorized {
			bad++
		}
		told := strings.TrimSpace(strings.Join([]string{cmp.Or(a.told.Verdict, a.told.Code), a.told.RequestID, strings.Join(a.told.RunIDs, " "), cmp.Or(a.told.Reason, a.told.Detail)}, "  "))
		rows = append(rows, []string{strconv.Itoa(a.status), event, told})
	}
	if err := p.printRows([]string{"status", "event", "told"}, false, rows); err != nil {
		return err
	}
	switch {
	case bad > 0 && wrong:
		return fmt.Errorf("%d of %d requests with a wrong signature were not refused with 401", bad, len(answers))
	case bad > 0:
		return fmt.Errorf("%d of %d requests were not taken", bad, len(answers))
	}
	return nil
}
