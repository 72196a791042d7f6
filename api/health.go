package api

import (
	"context"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// Check is one thing that must work for the server to be of use.
type Check struct {
	// Name is shown: database, migrations, dispatcher.
	Name string
	// Check reports why it does not work, or nil. The cause is logged and not
	// shown to strangers.
	Check func(context.Context) error
}

// checkTime bounds all checks of one question together.
const checkTime = 3 * time.Second

// healthz says that the process lives; it looks at nothing else, so that a
// database that is away does not get the process killed.
func (a *API) healthz(c *gin.Context) {
	c.JSON(http.StatusOK, gin.H{"status": "ok", "version": a.Config.Version})
}

// readyz says whether requests can be served now.
func (a *API) readyz(c *gin.Context) {
	ctx, cancel := context.WithTimeout(c.Request.Context(), checkTime)
	defer cancel()
	status, results := http.StatusOK, gin.H{}
	for _, check := range a.Checks {
		results[check.Name] = "ok"
		if err := check.Check(ctx); err != nil {
			status, results[check.Name] = http.StatusServiceUnavailable, "failed"
			a.Log.Warn("not ready", "check", check.Name, "error", err)
		}
	}
	word := "ok"
	if status != http.StatusOK {
		word = "failed"
		c.Header("Retry-After", "1")
	}
	c.JSON(status, gin.H{"status": word, "checks": results})
}
