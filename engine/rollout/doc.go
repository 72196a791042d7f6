// Package rollout brings templates to clients: pushes carry a new version to the
// clones that were made of an earlier one, by a three-way merge, and take it back.
package rollout
