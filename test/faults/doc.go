// Package faults kills, freezes and starves the real program while webhooks
// come in, and then proves that nothing was lost and nothing happened twice.
//
// A driver sends webhooks with known ids and keeps a ledger of what was
// promised (answered with 2xx). A sink receives the outbound calls, misbehaves
// on a seeded plan and writes down every call. A nemesis, seeded and logged,
// kills and freezes processes, flushes and restarts Redis, restarts PostgreSQL
// and cuts its connections. When it is quiet, the evidence is read over the API
// and Check holds it against the model of the three workflows in workflows.go.
//
// go test runs the short tier; -args -long runs the long one (make faults).
// With -artifacts, the logs of all processes, the nemesis' log and the sink's
// file are kept.
package faults
