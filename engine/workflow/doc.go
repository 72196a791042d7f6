// Package workflow holds the workflow document: a tree of steps that is always
// well formed. Parse refuses what is malformed, Validate says what publishing
// would refuse, Diff says what changed, and Compile makes the Program that the
// engine walks.
//
// Everything here is pure: no clock, no database, no network. A Document that
// was parsed is not changed by any function of this package.
package workflow
