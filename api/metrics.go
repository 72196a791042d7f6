package api

import (
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// metrics serves the counters to whoever has the token, or without one to this
// machine only: they tell how much goes on here.
func (a *API) metrics() gin.HandlerFunc {
	serve := promhttp.HandlerFor(a.Metrics, promhttp.HandlerOpts{})
	return func(c *gin.Context) {
		if !a.mayMeasure(c) {
			a.Refuse(c, problem.New(problem.CodeUnauthenticated, "The metrics need METRICS_TOKEN as a bearer token, or without one a request from this machine."))
			return
		}
		serve.ServeHTTP(c.Writer, c.Request)
	}
}

func (a *API) mayMeasure(c *gin.Context) bool {
	want := a.Config.MetricsToken
	if want == "" {
		return edge.Local(c.Request)
	}
	return secret.Equal(account.BearerText(c.GetHeader("Authorization")), want)
}
