package workflow

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
)

func TestRetryPolicies(t *testing.T) {
	s, m, h := time.Second, time.Minute, time.Hour
	tests := map[string]struct {
		retry string
		kind  nodes.Kind
		want  []time.Duration
	}{
		"an action's default":      {"", nodes.KindAction, []time.Duration{5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h}},
		"an internal step's":       {"", nodes.KindInternal, nil},
		"a flow step's":            {"", nodes.KindFlow, nil},
		"fewer attempts":           {`{"attempts":3}`, nodes.KindAction, []time.Duration{5 * s, 5 * m}},
		"one attempt":              {`{"attempts":1}`, nodes.KindAction, []time.Duration{}},
		"more attempts":            {`{"attempts":12}`, nodes.KindInternal, []time.Duration{5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h, 24 * h, 24 * h}},
		"too many":                 {`{"attempts":1000,"delays":["0s"]}`, nodes.KindAction, make([]time.Duration, MaxAttempts-1)},
		"empty":                    {`{}`, nodes.KindInternal, []time.Duration{5 * s, 5 * m, 30 * m, 2 * h, 5 * h, 10 * h, 14 * h, 20 * h, 24 * h}},
		"own waits":                {`{"delays":["1s","1m"]}`, nodes.KindAction, []time.Duration{s, m}},
		"own waits, more attempts": {`{"attempts":4,"delays":["1s","1m"]}`, nodes.KindAction, []time.Duration{s, m, m}},
		"a wait too long":          {`{"delays":["3d"]}`, nodes.KindAction, []time.Duration{24 * h}},
		"growing":                  {`{"attempts":5,"backoff":{"initial":"10s","factor":3,"max":"2m"}}`, nodes.KindAction, []time.Duration{10 * s, 30 * s, 90 * s, 2 * m}},
		"growing by default":       {`{"attempts":4,"backoff":{}}`, nodes.KindAction, []time.Duration{5 * s, 10 * s, 20 * s}},
		"growing wildly":           {`{"attempts":4,"backoff":{"factor":1e300}}`, nodes.KindAction, []time.Duration{5 * s, 24 * h, 24 * h}},
		"shrinking below zero":     {`{"attempts":3,"backoff":{"factor":-1e300}}`, nodes.KindAction, []time.Duration{5 * s, 0}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			step := `{"id":"a","type":"t.t"}`
			if test.retry != "" {
				step = `{"id":"a","type":"t.t","retry":` + test.retry + `}`
			}
			d := parse(t, `{"steps":[`+step+`]}`)
			got := policy(&d.Steps[0], test.kind)
			if diff := cmp.Diff(RetryPolicy{test.want}, got); diff != "" {
				t.Error(diff)
			}
			if got.Attempts() != len(test.want)+1 {
				t.Errorf("%d attempts", got.Attempts())
			}
		})
	}
}

func TestNextSpreadsWaitsAndEnds(t *testing.T) {
	p := RetryPolicy{Delays: []time.Duration{10 * time.Second, 24 * time.Hour}}
	tests := []struct {
		attempt int
		jitter  float64
		want    time.Duration
		more    bool
	}{
		{1, 0, 10 * time.Second, true},
		{1, 1, 12 * time.Second, true},
		{1, -1, 8 * time.Second, true},
		{1, 99, 12 * time.Second, true},
		{1, -99, 8 * time.Second, true},
		{1, math.NaN(), 10 * time.Second, true},
		{2, 0.5, 24*time.Hour + 144*time.Minute, true},
		{3, 0, 0, false},
		{0, 0, 0, false},
		{-1, 0, 0, false},
	}
	for _, test := range tests {
		if got, more := p.Next(test.attempt, test.jitter); got != test.want || more != test.more {
			t.Errorf("Next(%d, %v) = %v, %v", test.attempt, test.jitter, got, more)
		}
	}
	if _, more := (RetryPolicy{}).Next(1, 0); more {
		t.Error("a single attempt was followed by another")
	}
}
