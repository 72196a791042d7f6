package mapping

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"
)

// The promise of one expression (fault F69).
const (
	bombTime   = 250 * time.Millisecond
	bombMemory = 32 << 20
)

// bombScope holds payloads that small expressions could blow up.
func bombScope() Scope {
	items := make([]any, 400)
	for i := range items {
		items[i] = map[string]any{"sku": fmt.Sprint("A", i), "qty": i}
	}
	deep := any(strings.Repeat("leaf ", 50_000))
	for range 90 {
		deep = map[string]any{"a": deep}
	}
	return Scope{"trigger": map[string]any{"body": map[string]any{
		"items":  items,
		"big":    strings.Repeat("abcdefgh", 128<<10), // 1 MiB
		"aaaa":   strings.Repeat("a", 1<<20),
		"ctrl":   strings.Repeat("\x01", 1<<20),
		"commas": strings.Repeat(",", 1<<20),
		"json":   strings.Repeat("[", 50) + strings.Repeat("[],", 60_000),
		"deep":   deep,
		"spaces": strings.Repeat(" ", 1<<20),
		"html":   strings.Repeat("<p>", 300<<10),
		"ats":    strings.Repeat("a@", 500<<10),
	}}}
}

var bombs = map[string]string{
	"concat doubling":         `reduce(1..40, #acc + #acc, "xxxxxxxxxx")`,
	"four deep any":           `let r = 1..400; any(r, any(r, any(r, any(r, false))))`,
	"four deep any, payload":  `let r = trigger.body.items; any(r, any(r, any(r, any(r, false))))`,
	"three deep count":        `let r = 1..300; count(r, count(r, count(r, true) > 0) > 0)`,
	"square any":              `let r = 1..2000; any(r, any(r, false))`,
	"reduce json":             `reduce(1..18, toJSON(#acc), "\"")`,
	"reduce json long":        `reduce(1..60, toJSON(#acc), "\"")`,
	"reduce concat":           `reduce(1..20, concat(#acc, #acc), [1])`,
	"reduce concat long":      `reduce(1..60, concat(#acc, #acc), [1])`,
	"reduce plus lists":       `reduce(1..60, #acc + #acc, [1])`,
	"let chain":               `let a = "xxxxxxxxxx"; let b = a+a+a+a+a+a+a+a+a+a; let c = b+b+b+b+b+b+b+b+b+b; let d = c+c+c+c+c+c+c+c+c+c; let e = d+d+d+d+d+d+d+d+d+d; let f = e+e+e+e+e+e+e+e+e+e; let g = f+f+f+f+f+f+f+f+f+f; len(g+g)`,
	"replace repeat":          `replace(repeat("x",3000), "x", repeat("x",3000))`,
	"join repeat":             `join(map(1..3000, "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"), repeat("z",3000))`,
	"nested replace":          `reduce(1..9, replace(#acc, "x", "xxxxxxxxxx"), "x")`,
	"flatten":                 `let a = 1..1000; flatten(map(1..900, a))`,
	"split long text":         `split(trigger.body.big, "")`,
	"split many":              `map(1..1000, split(trigger.body.commas, ","))`,
	"long range":              `1..2000000`,
	"huge range":              `1..9223372036854775807`,
	"negative huge range":     `-9223372036854775807..9223372036854775807`,
	"range in loop":           `map(1..10000, 1..10000)`,
	"repeat huge":             `repeat("x", 9000000000000000000)`,
	"repeat in loop":          `map(1..10000, repeat("x", 8000))`,
	"nested lists":            `reduce(1..10000, [#acc], 1)`,
	"nested objects":          `reduce(1..10000, {a: #acc}, 1)`,
	"doubling lists":          `reduce(1..60, [#acc, #acc], 1)`,
	"doubling lists compared": `let a = reduce(1..60, [#acc, #acc], 1); let b = reduce(1..60, [#acc, #acc], 1); a == b`,
	"doubling lists as text":  `"" + reduce(1..60, [#acc, #acc], 1)`,
	"doubling lists unique":   `unique([reduce(1..60, [#acc, #acc], 1)])`,
	"payload many times":      `map(1..10000, trigger.body)`,
	"payload parts":           `let a = trigger.body.deep; [a, a.a, a.a.a, a.a.a.a, a.a.a.a.a, a.a.a.a.a.a, a.a.a.a.a.a.a, a.a.a.a.a.a.a.a, a.a.a.a.a.a.a.a.a, a.a.a.a.a.a.a.a.a.a, a.a.a.a.a.a.a.a.a.a.a, a.a.a.a.a.a.a.a.a.a.a.a, a.a.a.a.a.a.a.a.a.a.a.a.a] | map([#, #, #])`,
	"json of payload":         `map(1..1000, json(trigger.body))`,
	"json of controls":        `map(1..10, json(trigger.body.ctrl))`,
	"compare payload":         `count(1..10000, trigger.body.big + "a" == trigger.body.big + "b")`,
	"contains in loop":        `count(1..10000, trigger.body.big contains "zzz")`,
	"length in loop":          `map(1..10000, length(trigger.body.big))`,
	"upper in loop":           `map(1..10000, upper(trigger.body.big))`,
	"hash in loop":            `map(1..10000, sha512(trigger.body.big))`,
	"index in loop":           `map(1..10000, trigger.body.big[#])`,
	"slice in loop":           `map(1..10000, trigger.body.big[1:5])`,
	"sort big keys":           `sortBy(1..2000, trigger.body.big)`,
	"sort in loop":            `map(1..10000, sort(trigger.body.items))`,
	"unique in loop":          `map(1..10000, unique(trigger.body.items))`,
	"pluck in loop":           `map(1..10000, pluck(trigger.body.items, "a.b.c.d.e.f.g"))`,
	"group in loop":           `map(1..1000, groupBy(1..1000, #))`,
	"loops in a loop":         `map(1..10000, map([1], map([1], map([1], #))))`,
	"coalesce in a loop":      `map(1..10000, ` + strings.Repeat("nil ?? ", 300) + `1)`,
	"conditional in a loop":   `let r = 1..10000; map(r, map(r, true ? true ? true ? 1 : 2 : 3 : 4))`,
	"parse json":              `map(1..100, parse_json(trigger.body.json))`,
	"parse small json":        `map(1..10000, parse_json("[[],[],[],[],[],[],[],[],[],[],[],[],[]]"))`,
	"regex repeat":            `trigger.body.aaaa matches "(a{0,1000}){1,1000}b"`,
	"regex repeat small":      `trigger.body.aaaa matches "((a{0,30}){0,30})b"`,
	"regex long text":         `trigger.body.aaaa matches "(a|aa|aaa|aaaa|aaaaa)*b"`,
	"regex dynamic":           `map(1..10000, trigger.body.aaaa matches ("(a|a" + # + ")*b"))`,
	"regex classes":           `map(1..10000, "x" matches ("\\pL\\pN\\pS\\pP\\pL\\pN\\pS\\pP{0,80}" + #))`,
	"regex replace":           `replace_pattern(trigger.body.aaaa, "a.*b|a", "x")`,
	"regex replace grow":      `replace_pattern(trigger.body.aaaa, "a", repeat("x", 3000))`,
	"regex replace group":     `replace_pattern(trigger.body.aaaa, "(.+)", repeat("$1", 1000))`,
	"regex empty matches":     `replace_pattern(trigger.body.aaaa, "", "xyz")`,
	"extract email":           `map(1..1000, extract_email(trigger.body.ats))`,
	"strip html":              `map(1..100, strip_html(trigger.body.html))`,
	"slug":                    `map(1..100, slug(trigger.body.big))`,
	"phones":                  `map(1..10000, phone("" + #, "DE"))`,
	"dates":                   `map(1..10000, date_parse("no date " + #))`,
	"date formats":            `map(1..10000, date_format(now(), "MMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMMM"))`,
	"format numbers":          `map(1..10000, format_number(1e308, 15))`,
	"truthy long text":        `count(1..10000, trigger.body.spaces)`,
	"empty long text":         `count(1..10000, is_empty(trigger.body.spaces))`,
	"number of long text":     `map(1..10000, number(trigger.body.spaces))`,
	"first of long text":      `map(1..10000, first(trigger.body.spaces, 1))`,
	"compare long numbers":    `count(1..10000, trigger.body.spaces == 1)`,
	"power":                   `9 ** 9 ** 9 ** 9`,
	"merge":                   `reduce(1..10000, merge(#acc, {("k" + #): #}), {})`,
	"lookup":                  `map(1..10000, lookup("k", trigger.body))`,
	"pad":                     `map(1..10000, pad_start("", 1000))`,
	"url":                     `map(1..10, url_encode(trigger.body.ctrl))`,
	"base64":                  `reduce(1..100, base64_encode(#acc), trigger.body.big)`,
	"mixed growth":            `reduce(1..100, {a: #acc, b: #acc, c: [#acc]}, trigger.body.items)`,
	"text of payload":         `map(1..1000, "" + trigger.body)`,
}

// TestBombsEndInTimeAndMemory holds every way that was found to make a small
// expression large to the promise: an error or a bounded result.
func TestBombsEndInTimeAndMemory(t *testing.T) {
	s := bombScope()
	for name, source := range bombs {
		t.Run(name, func(t *testing.T) {
			// The machine may be busy: the promise is about the best of three.
			took, grew := detonate(t, "{{ "+source+" }}", s)
			for tries := 0; tries < 2 && (took > bombTime*slowdown || grew > bombMemory); tries++ {
				again, less := detonate(t, "{{ "+source+" }}", s)
				took, grew = min(took, again), min(grew, less)
			}
			if took > bombTime*slowdown {
				t.Errorf("took %v", took)
			}
			if grew > bombMemory {
				t.Errorf("held %d MiB", grew>>20)
			}
		})
	}
}

// detonate compiles and resolves source while watching the heap.
func detonate(t *testing.T, source string, s Scope) (took time.Duration, grew uint64) {
	t.Helper()
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	peak, stop, watched := before.HeapAlloc, make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			peak = max(peak, now.HeapAlloc)
			select {
			case <-stop:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	start := time.Now()
	template, problems := Compile(source)
	var result Result
	var err error
	if template != nil {
		result, err = template.Resolve(context.Background(), s)
	}
	took = time.Since(start)
	close(stop)
	<-watched
	var after runtime.MemStats
	runtime.ReadMemStats(&after)
	peak = max(peak, after.HeapAlloc)
	var evaluation *EvalError
	if err != nil && !errors.As(err, &evaluation) {
		t.Errorf("error %T: %v", err, err)
	}
	if evaluation != nil && evaluation.Code == CodeInternal {
		t.Errorf("internal error: %v", err)
	}
	t.Logf("%8v peak %5.1f MiB total %5.1f MiB: %v %v", took.Round(10*time.Microsecond), float64(peak-before.HeapAlloc)/(1<<20),
		float64(after.TotalAlloc-before.TotalAlloc)/(1<<20), err, problems)
	runtime.KeepAlive(result)
	return took, peak - before.HeapAlloc
}
