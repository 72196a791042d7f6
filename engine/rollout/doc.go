// Package rollout brings templates to clients: a Cloner makes their workflows in a
// workspace, and a Pusher carries a new version to the clones of an earlier one, by
// a three-way merge, and takes it back.
package rollout
