package architecture_test

import (
	"slices"
	"strings"
)

// module is the import path that our packages begin with.
const module = "github.com/hookloom/hookloom"

// rule says which of our packages the packages that match from may import. It
// mirrors the table of ARCHITECTURE.md. Patterns are paths below the module:
//
//	.          the root package       nodes      exactly that package
//	nodes/*    one level below        engine/... that package and all below
//
// A pattern that begins with "!" takes matches of the others away.
type rule struct {
	from  string
	may   []string
	shown string // the sentence that a failure prints
}

// The first rule that matches a package holds for it. Tests may import
// anything, and everything but the leaves may import engine/value.
var rules = []rule{
	{".", []string{"app", "nodes/all", "nodes/apps", "ui"},
		"main only joins app, the built-in nodes and the UI"},
	{"app", []string{"...", "!nodes/all", "!nodes/apps"},
		"app wires everything but leaves the choice of nodes to main"},
	{"app/...", []string{"...", "!nodes/all", "!nodes/apps"},
		"app wires everything but leaves the choice of nodes to main"},
	{"api/rest", []string{"api/edge", "api/identity", "api/problem", "engine", "engine/account", "engine/brand", "engine/crm", "engine/secret", "nodes"},
		"what all routes share knows no area of the API"},
	{"api", []string{"api/...", "engine/...", "nodes", "!engine/dispatch/...", "!engine/egress/...", "!engine/live/...", "!engine/mail/...", "!engine/trace/..."},
		"api knows the domain and its own read ports, never an adapter"},
	{"api/...", []string{"api/...", "engine/...", "nodes", "!engine/dispatch/...", "!engine/egress/...", "!engine/live/...", "!engine/mail/...", "!engine/trace/..."},
		"api knows the domain and its own read ports, never an adapter"},
	{"storage/storagetest", []string{"engine/...", "nodes", "storage"},
		"a conformance suite knows the port and what it stores"},
	{"storage", adapterMay, adapterShown},
	{"storage/...", append([]string{"storage/..."}, adapterMay...), adapterShown},
	{"engine/dispatch/dispatchtest", []string{"engine", "engine/dispatch"},
		"a conformance suite knows the port and its adapters"},
	{"engine/dispatch", adapterMay, adapterShown},
	{"engine/egress", adapterMay, adapterShown},
	{"engine/live", adapterMay, adapterShown},
	{"engine/mail", adapterMay, adapterShown},
	{"engine/trace", adapterMay, adapterShown},
	{"engine", []string{"engine/workflow", "engine/mapping", "engine/crm", "engine/kajabi", "engine/payload", "engine/secret", "engine/account", "engine/oauth", "nodes"},
		"the engine knows the domain and declares its ports, never an adapter"},
	{"engine/workflow", []string{"engine/mapping", "nodes"},
		"the document knows mappings and node descriptors"},
	{"engine/account", []string{"engine/secret"}, "accounts know secrets"},
	{"engine/oauth", []string{"nodes"}, "OAuth speaks with services over the guarded client"},
	{"engine/rollout", []string{"engine", "engine/template", "engine/workflow", "engine/crm"}, "pushes and clones stand over the engine's ports"},
	{"engine/bundle", []string{"engine", "engine/template", "engine/workflow", "engine/crm", "nodes"}, "files of a workspace hold templates, and what the rules of crm allow"},
	{"engine/template", []string{"engine/workflow", "engine/mapping", "nodes"}, "templates know the document, its mappings and node descriptors"},
	{"engine/kajabi", []string{"engine/crm"}, "Kajabi's words stand over our events"},
	{"engine/brand", nil, leafShown},
	{"engine/crm", nil, leafShown},
	{"engine/mapping", nil, leafShown},
	{"engine/payload", nil, leafShown},
	{"engine/sender", nil, leafShown},
	{"engine/secret", nil, leafShown},
	{"engine/value", nil, leafShown},
	{"nodes", []string{"engine/crm"}, "the SDK knows contacts and offers, nothing else"},
	{"nodes/all", []string{"nodes/*"}, "the bundle imports groups of nodes"},
	{"nodes/nodetest", []string{"nodes", "engine/..."}, "the harness runs nodes on the engine"},
	{"nodes/apps", []string{"nodes", "nodes/declared"}, "the apps in the binary are files that nodes/declared reads"},
	{"nodes/*", []string{"nodes", "nodes/outbound", "engine/crm", "engine/mapping", "engine/payload", "engine/sender"},
		"a node type knows the SDK, what calls share, and the leaves"},
	{"ui", nil, "the UI is files and the handler that serves them"},
	{"test/...", []string{"..."}, "tests may import anything"},
	{"examples/...", []string{"app", "engine/...", "nodes/..."}, "examples use what users may use"},
}

// adapterMay is what storage, dispatch, live, egress and mail may import: the
// domain, but never each other; only app wires them.
var adapterMay = []string{"engine/...", "nodes", "!engine/dispatch/...", "!engine/egress/...", "!engine/live/...", "!engine/mail/...", "!engine/trace/..."}

const (
	adapterShown = "an adapter knows the domain and never another adapter"
	leafShown    = "a leaf imports nothing of ours"
)

// everywhere may be imported by every package: it holds the rule for plain
// values, and nothing else.
const everywhere = "engine/value"

// outside ties a library to the packages that may know it, so that replacing
// it stays an affair of one folder.
var outside = []struct {
	library string // import path, or its beginning when it ends in "/"
	may     []string
	shown   string
}{
	{"gorm.io/", []string{"storage/..."}, "SQL is the affair of storage"},
	{"modernc.org/", []string{"storage/..."}, "SQL is the affair of storage"},
	{"github.com/hibiken/asynq", []string{"engine/dispatch/..."}, "Asynq is the affair of dispatch"},
	{"go.opentelemetry.io/", []string{"engine/trace"}, "spans are made in one place"},
	{"github.com/gin-gonic/", []string{"api/..."}, "the web framework is the affair of api"},
	{"github.com/danielgtaylor/huma/", []string{"api/..."}, "the web framework is the affair of api"},
	{"github.com/expr-lang/", []string{"engine/mapping"}, "expressions are run only behind the guard of engine/mapping"},
	{"testing", []string{"storage/storagetest", "engine/dispatch/dispatchtest", "nodes/nodetest"}, "test code stays out of the binary"},
	{"os/exec", nil, "no payload may ever reach a program (F80)"},
	{"plugin", nil, "code is compiled in, never loaded (F80)"},
	{"unsafe", nil, "memory safety is not traded (F80)"},
	{"C", nil, "the binary is built without cgo"},
}

// uses are identifiers that only the named packages may mention.
var uses = []struct {
	in    string // import path of the package that declares them
	names []string
	may   []string
	shown string
}{
	{"os", []string{"Getenv", "LookupEnv", "Environ", "ExpandEnv", "Setenv", "Unsetenv", "Clearenv"}, []string{"app/..."},
		"only app reads the environment; take a Config"},
	{"syscall", []string{"Getenv", "Environ", "Setenv"}, []string{"app/..."},
		"only app reads the environment; take a Config"},
	{"net/http", []string{"DefaultClient", "DefaultTransport", "Get", "Head", "Post", "PostForm"}, nil,
		"calls go out through the guarded client of engine/egress, or one with limits (F80)"},
	{"net/http", []string{"DefaultServeMux", "Handle", "HandleFunc", "ListenAndServe"}, nil,
		"routes and limits are named where the server is built"},
}

// vague names say nothing of what a package is for.
var vague = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "types", "misc", "shared", "base"}

// allowed reports whether the patterns take in the path.
func allowed(patterns []string, path string) bool {
	yes := false
	for _, p := range patterns {
		if not, found := strings.CutPrefix(p, "!"); found {
			if matches(not, path) {
				return false
			}
			continue
		}
		yes = yes || matches(p, path)
	}
	return yes
}

// matches reports whether one pattern takes in the path.
func matches(pattern, path string) bool {
	switch {
	case pattern == "...":
		return true
	case strings.HasSuffix(pattern, "/..."):
		root := strings.TrimSuffix(pattern, "/...")
		return path == root || strings.HasPrefix(path, root+"/")
	case strings.HasSuffix(pattern, "/*"):
		rest, below := strings.CutPrefix(path, strings.TrimSuffix(pattern, "*"))
		return below && !strings.Contains(rest, "/")
	default:
		return pattern == path
	}
}

// ruleFor returns the rule of a package; false when the table forgot it.
func ruleFor(path string) (rule, bool) {
	i := slices.IndexFunc(rules, func(r rule) bool { return matches(r.from, path) })
	if i < 0 {
		return rule{}, false
	}
	return rules[i], true
}
