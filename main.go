// Command hookloom is the stock build: every built-in node type and the whole
// app. A custom build is a file like this one with further imports.
package main

import (
	"os"

	"github.com/hookloom/hookloom/app"
	_ "github.com/hookloom/hookloom/nodes/all"
)

func main() { os.Exit(app.Main(app.Options{})) }
