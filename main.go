// Command hookloom is the stock build: every built-in node type, the apps that come
// with it, and the whole program. A custom build is a file like this one with further
// imports.
package main

import (
	"os"

	"github.com/hookloom/hookloom/app"
	_ "github.com/hookloom/hookloom/nodes/all"
	_ "github.com/hookloom/hookloom/nodes/apps"
)

func main() { os.Exit(app.Main(app.Options{})) }
