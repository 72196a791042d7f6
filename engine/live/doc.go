// Package live tells open pages what changes: Local within one process, Redis or
// Postgres between processes. Changes carry ids and status only; whoever gets
// one fetches the rest under their own rights. None of them promises delivery: a
// subscriber who may have missed changes gets one of kind engine.ChangeResync in
// their place.
package live
