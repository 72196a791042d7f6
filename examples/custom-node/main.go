// Command my-hookloom is Hookloom with node types of its own.
package main

import (
	"os"

	_ "example.com/my-hookloom/ticket"
	"github.com/hookloom/hookloom/app"
	_ "github.com/hookloom/hookloom/nodes/all"
)

func main() { os.Exit(app.Main(app.Options{})) }
