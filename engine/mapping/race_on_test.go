//go:build race

package mapping

// slowdown is what the race detector costs; the promise is about programs
// without it.
const slowdown = 4
