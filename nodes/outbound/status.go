package outbound

import (
	"fmt"
	"strconv"
	"strings"
)

// Statuses are ranges of HTTP statuses, both ends included.
type Statuses [][2]int

// Has reports whether a status is in one of the ranges.
func (s Statuses) Has(status int) bool {
	for _, r := range s {
		if r[0] <= status && status <= r[1] {
			return true
		}
	}
	return false
}

// ParseStatuses reads "404", "4xx" and "500-599"; "none" alone is no status at all.
func ParseStatuses(list []string) (Statuses, error) {
	var ranges Statuses
	for _, text := range list {
		text = strings.ToLower(strings.TrimSpace(text))
		if text == "" || text == "none" {
			continue
		}
		from, to, ok := strings.Cut(text, "-")
		if !ok {
			to = from
		}
		low, lowErr := strconv.Atoi(strings.ReplaceAll(from, "x", "0"))
		high, highErr := strconv.Atoi(strings.ReplaceAll(to, "x", "9"))
		if lowErr != nil || highErr != nil || low < 100 || high > 599 || low > high {
			return nil, fmt.Errorf("%.40q is not an HTTP status: write for example 404, 4xx or 500-599", text)
		}
		ranges = append(ranges, [2]int{low, high})
	}
	return ranges, nil
}
