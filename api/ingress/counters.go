package ingress

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/hookloom/hookloom/nodes"
)

// counters tell operators how many webhooks come, and how fast they are
// answered.
type counters struct {
	verdicts *prometheus.CounterVec
	refusals *prometheus.CounterVec
	duration prometheus.Histogram
}

// newCounters registers the counters; nil keeps them for nobody.
func newCounters(r prometheus.Registerer) counters {
	c := counters{
		verdicts: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hookloom_webhooks_total", Help: "Webhooks to known addresses by verdict.",
		}, []string{"verdict"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "hookloom_webhooks_refused_total", Help: "Webhooks that left no row, by reason.",
		}, []string{"reason"}),
		duration: prometheus.NewHistogram(prometheus.HistogramOpts{
			Name: "hookloom_webhook_answer_seconds", Help: "Time from the headers to the answer.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}),
	}
	if r != nil {
		r.MustRegister(c.verdicts, c.refusals, c.duration)
	}
	return c
}

func (c counters) answered(v nodes.Verdict, took time.Duration) {
	c.verdicts.WithLabelValues(string(v)).Inc()
	c.duration.Observe(took.Seconds())
}

func (c counters) refused(reason string) { c.refusals.WithLabelValues(reason).Inc() }
