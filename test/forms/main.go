// Command forms is the stock build with the node type that has every kind of
// field, for the browser test of the forms (ui/e2e/fields.spec.mjs).
package main

import (
	"os"

	"github.com/hookloom/hookloom/app"
	_ "github.com/hookloom/hookloom/nodes/all"
	_ "github.com/hookloom/hookloom/nodes/demo"
)

func main() { os.Exit(app.Main(app.Options{})) }
