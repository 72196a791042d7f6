// Package nodes is the SDK of Hookloom's node types. A node type is one file:
// a tagged params struct, which is the form a marketer fills in, and one call of
// Register with an Action, Internal, Flow, Trigger or Connection value.
//
//   - Action talks to the world and runs outside any transaction.
//   - Internal changes Hookloom's own data inside the transaction that records
//     its step result, and does no I/O.
//   - Flow decides how the run goes on and returns a Directive.
//   - Trigger turns an occurrence into a payload: an HTTP request, an event, a time,
//     or something new that polling found.
//   - Connection declares a stored credential.
//
// Register panics at start-up on a programmer's error and names the culprit.
package nodes
