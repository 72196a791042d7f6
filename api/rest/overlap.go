package rest

import (
	"fmt"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/nodes"
)

// Limits of the overlap of a rotation.
const (
	defaultOverlap = 24 * time.Hour
	maxOverlap     = 90 * 24 * time.Hour
)

// OverlapOf reads how long old and new count both; nil is a day.
func OverlapOf(text *string) (time.Duration, error) {
	if text == nil {
		return defaultOverlap, nil
	}
	d, err := nodes.ParseDuration(*text)
	if err != nil || d < 0 || time.Duration(d) > maxOverlap {
		return 0, problem.At("/overlap", "invalid", fmt.Sprintf("%.40q is not a time between 0s and 90d. Write it as 24h, 30m or 7d.", *text))
	}
	return time.Duration(d), nil
}
