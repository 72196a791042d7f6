// Package declared makes node types of files: a YAML or JSON file describes an app
// (its address, how to sign in, its connection) and its actions (form, request,
// answer, words for errors), and becomes ordinary node types of a registry.
//
// Nothing in a file is code. Its templates are mappings over params, connection and
// answer, compiled when the file is read; a call goes out through the client that
// every node gets, and the credential of a connection to no other host than the
// file's base_url names.
//
//	Parse reads and lints a file     App.Definitions are its node types
//	Folder watches DATA_DIR/nodes    Schema is the format for editors
package declared
