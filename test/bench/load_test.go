package main

import (
	"context"
	"io"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestQuantilesAreNearestRank(t *testing.T) {
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = float64(100 - i)
	}
	if got, want := spreadOf(hundred), (spread{P50: 50, P90: 90, P99: 99, Max: 100}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := spreadOf(nil); got != (spread{}) {
		t.Errorf("of nothing: %+v", got)
	}
	if got := median([]float64{9, 1, 5}); got != 5 {
		t.Errorf("median: %v", got)
	}
}

// relay is a stand-in engine: it maps by hand and calls the sink as told.
func relay(t *testing.T, far *sink, calls func(seq int) []int) *sink {
	t.Helper()
	front, err := openSink("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(front.close)
	front.server.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		_, rest, _ := strings.Cut(string(body), `"id":"`)
		text, _, _ := strings.Cut(rest, `"`)
		load, seq, _ := readTrace(text)
		w.WriteHeader(http.StatusAccepted)
		for _, as := range calls(seq) {
			far.expect.note(time.Now(), outbound(load, seq, as))
		}
	})
	return front
}

// outbound is what payload seq maps to, with the fields of another one.
func outbound(load string, seq, as int) []byte {
	m := `{"trace":"` + trace(load, seq) + `","email":"ada.lovelace+AS@example.com","name":"Ada Lovelace","amount":PRICE,"currency":"USD","offer":"COURSE-101"}`
	return []byte(strings.NewReplacer("AS", strconv.Itoa(as), "PRICE", strconv.FormatFloat(float64(cents(as))/100, 'f', -1, 64)).Replace(m))
}

func TestLoadTellsWhatWasLostDoubledAndWrong(t *testing.T) {
	for _, c := range []struct {
		name                 string
		calls                func(seq int) []int
		lost, doubled, wrong int
	}{
		{"all is well", func(seq int) []int { return []int{seq} }, 0, 0, 0},
		{"one doubled", func(seq int) []int {
			if seq == 3 {
				return []int{seq, seq}
			}
			return []int{seq}
		}, 0, 1, 0},
		// The wrong one is missing as well: its payload never arrived as it should.
		{"one with another's fields", func(seq int) []int {
			if seq == 3 {
				return []int{seq, seq + 1}
			}
			return []int{seq}
		}, 0, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			far, err := openSink("127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			defer far.close()
			front := relay(t, far, c.calls)
			o, err := load{url: front.url(), rate: 500, length: 20 * time.Millisecond, sink: far, exact: true}.drive(context.Background())
			if err != nil {
				t.Fatal(err)
			}
			if o.Accepted != 10 || o.Lost != c.lost || o.Doubled != c.doubled || o.Wrong != c.wrong {
				t.Errorf("got %+v", o)
			}
			if bad := c.doubled+c.wrong > 0; (o.fault() != nil) != bad {
				t.Errorf("fault: %v", o.fault())
			}
		})
	}
}

func TestSinkRefusesAddressesOfOtherMachines(t *testing.T) {
	for _, addr := range []string{"0.0.0.0:0", "192.0.2.1:80", "example.com:80"} {
		if s, err := openSink(addr); err == nil {
			s.close()
			t.Errorf("%s was taken", addr)
		}
	}
}

func TestOnlyChoosesByName(t *testing.T) {
	chosen, err := choose("latency, throughput")
	if err != nil || len(chosen) != 2 || chosen[0].name != "throughput" {
		t.Errorf("got %v, %v", chosen, err)
	}
	if _, err := choose("speed"); err == nil {
		t.Error("an unknown name was taken")
	}
	if got := command([]string{"-quick", "-only", "acks", "-out=x", "-postgres", "postgres://a:b@c/d"}); got != "go run ./test/bench -quick" {
		t.Errorf("command: %q", got)
	}
}
