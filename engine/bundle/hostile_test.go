package bundle_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/nodes"
)

// entry is a file of a zip that somebody made by hand.
type entry struct {
	name, text string
	mode       fs.FileMode
}

func zipped(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate}
		if len(e.text) < 100 {
			h.Method = zip.Store // thousands of compressors are slow
		}
		if e.mode != 0 {
			h.SetMode(e.mode)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.text); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// shared is a zip of seven files that say of themselves that they are just small
// enough each.
func shared(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := range 7 {
		w, err := z.CreateRaw(&zip.FileHeader{Name: fmt.Sprintf("workflows/%d.json", i), Method: zip.Store, CompressedSize64: 2, UncompressedSize64: bundle.MaxUnpacked / 6})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, "{}"); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// F77: nothing that a zip can do gets past its reader, and each refusal says where.
func TestHostileZipsAreRefused(t *testing.T) {
	good := entry{"workflows/sale.json", workflowFile, 0}
	many := make([]entry, bundle.MaxFiles+1)
	for i := range many {
		many[i] = entry{fmt.Sprintf("workflows/%d.json", i), "{}", 0}
	}
	bomb := entry{"workflows/bomb.json", strings.Repeat(" ", bundle.MaxFile+1), 0}
	lying := bytes.ReplaceAll(zipped(t, entry{"workflows/lie.json", strings.Repeat(" ", 5000), 0}), []byte{0x88, 0x13, 0, 0}, []byte{0x10, 0, 0, 0})
	for name, c := range map[string]struct {
		raw  []byte
		at   string
		says string
	}{
		"path traversal":     {zipped(t, entry{"../evil.json", workflowFile, 0}), "", "no path inside of the zip"},
		"hidden traversal":   {zipped(t, entry{"workflows/../../evil.json", workflowFile, 0}), "", "no path inside of the zip"},
		"absolute path":      {zipped(t, entry{"/etc/passwd.json", workflowFile, 0}), "", "no path inside of the zip"},
		"Windows path":       {zipped(t, entry{`C:\evil.json`, workflowFile, 0}), "", "no path inside of the zip"},
		"backslashes":        {zipped(t, entry{`workflows\..\evil.json`, workflowFile, 0}), "", "no path inside of the zip"},
		"NUL in a path":      {zipped(t, entry{"workflows/a\x00.json", workflowFile, 0}), "", "no path inside of the zip"},
		"a long path":        {zipped(t, entry{strings.Repeat("a", 300) + ".json", workflowFile, 0}), "", "longer than"},
		"a link":             {zipped(t, entry{"workflows/link.json", "/etc/passwd", fs.ModeSymlink | 0o777}), "workflows/link.json#", "link to another file"},
		"a device":           {zipped(t, entry{"workflows/dev.json", "", fs.ModeDevice | 0o666}), "workflows/dev.json#", "no ordinary file"},
		"a doubled name":     {zipped(t, good, entry{"workflows/SALE.json", workflowFile, 0}), "workflows/SALE.json#", "twice"},
		"a nested zip":       {zipped(t, good, entry{"more.zip", string(zipped(t, good)), 0}), "more.zip#", "zip inside of the zip"},
		"a disguised zip":    {zipped(t, entry{"workflows/more.json", string(zipped(t, good)), 0}), "workflows/more.json#", "zero byte"},
		"a program":          {zipped(t, good, entry{"setup.exe", "MZ", 0}), "setup.exe#", ".json"},
		"a bomb":             {zipped(t, bomb), "workflows/bomb.json#", "10 MB"},
		"a shared bomb":      {shared(t), "workflows/6.json#", "together"},
		"a lie about a size": {lying, "workflows/lie.json#", "cannot be unpacked"},
		"too many files":     {zipped(t, many...), "", "2001 files"},
		"cut off":            {zipped(t, good)[:200], "", "cannot be read"},
		"empty":              {zipped(t), "", "no .json file"},
		"no list of itself":  {zipped(t, entry{"hookloom.json", `{"schema":1,"workflows":[{"file":"workflows/none.json"}]}`, 0}), "hookloom.json#/workflows/0/file", "is not here"},
		"a path outside":     {zipped(t, entry{"hookloom.json", `{"schema":1,"workflows":[{"file":"../../etc/passwd"}]}`, 0}), "hookloom.json#/workflows/0/file", "is not here"},
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, problems := bundle.Read(c.raw, nodes.Default())
		runtime.ReadMemStats(&after)
		if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 200 {
			t.Errorf("%s: %d MB were allocated", name, grown)
		}
		found := false
		for _, p := range problems {
			found = found || p.At() == c.at && strings.Contains(p.Message, c.says)
		}
		if !found {
			t.Errorf("%s: %+v", name, problems)
		}
	}
	// What systems add by themselves, folders, and a folder around it all are passed over.
	around := zipped(t, entry{"repo-main/", "", fs.ModeDir | 0o755}, entry{"repo-main/workflows/sale.json", workflowFile, 0}, entry{"__MACOSX/x.json", "?", 0}, entry{"repo-main/.git/config", "?", 0})
	if b, problems := bundle.Read(around, nodes.Default()); len(problems) > 0 || len(b.Workflows) != 1 || b.Workflows[0].Path != "workflows/sale.json" {
		t.Errorf("a download of a repository: %+v", problems)
	}
}

// F59, F76: each wrong text is refused with its place and what to do.
func TestHostileFilesAreRefused(t *testing.T) {
	swap := func(text, old, now string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("the file has no %s", old)
		}
		return strings.Replace(text, old, now, 1)
	}
	w := func(old, now string) string { return swap(workflowFile, old, now) }
	s := func(old, now string) string { return swap(workspaceFile, old, now) }
	const params = `"params": {"email": "{{ trigger.body.email }}"}`
	for name, c := range map[string]struct{ text, at, says string }{
		"no JSON":               {"{", "", "not readable"},
		"nothing":               {"", "", "not readable"},
		"a list":                {"[]", "", "must be an object"},
		"NUL":                   {"{\x00}", "", "zero byte"},
		"an escaped NUL":        {w(`"note": "x"`, `"note": "x\u0000y"`), "/workflows/0/definition/steps/2/note", "zero character"},
		"invalid UTF-8":         {w(`"note": "x"`, "\"note\": \"x\xff\""), "", "not UTF-8"},
		"UTF-16":                {"\xff\xfe{\x00}\x00", "", "UTF-16"},
		"a doubled key":         {w(`"note": "x"`, `"note": "x", "note": "y"`), "/workflows/0/definition/steps/2/note", "there twice"},
		"a doubled deep key":    {w(params, `"params": {"fields": {"a/b": 1, "a/b": 2}}`), "/workflows/0/definition/steps/0/params/fields/a~1b", "there twice"},
		"a huge number":         {w(params, `"params": {"email": 1e400}`), "/workflows/0/definition/steps/0/params/email", "no program can hold"},
		"a long number":         {w(params, `"params": {"email": `+strings.Repeat("9", 500)+`}`), "/workflows/0/definition/steps/0/params/email", "no program can hold"},
		"depth":                 {w(params, `"params": {"x":`+strings.Repeat("[", 100_000)+strings.Repeat("]", 100_000)+`}`), "", "levels deep"},
		"another schema":        {w("docs/schemas/workflow-1.json", "x/y.json"), "/$schema", "take the line out"},
		"a key of a page":       {w(`"schema": 1, "name"`, `"`+strings.Repeat("k", 5000)+`": {"a": 0, "a": 1}, "schema": 1, "name"`), "", "5000 bytes"},
		"a newer schema":        {w("docs/schemas/workflow-1.json", "docs/schemas/workflow-2.json"), "/$schema", "newer version"},
		"a newer format":        {w(`"schema": 1, "name"`, `"schema": 9, "name"`), "/schema", "newer version"},
		"an unknown key":        {w(`"summary": ""`, `"summry": ""`), "/summry", "take it out"},
		"an unknown step key":   {w(`"note": "x"`, `"nose": "x"`), "/workflows/0/definition/steps/2/nose", "remove it"},
		"an unknown type":       {w(`"type": "contact.upsert"`, `"type": "no.such"`), "/workflows/0/definition/steps/0/type", "no.such"},
		"a newer type":          {w(`"type": "contact.upsert", "v": 1`, `"type": "contact.upsert", "v": 99`), "/workflows/0/definition/steps/0/v", "update the installation"},
		"a doubled id":          {w(`"id": "give"`, `"id": "who"`), "/workflows/0/definition/steps/1/branches/0/steps/0/id", "used twice"},
		"a prototype":           {w(params, `"params": {"__proto__": {}}`), "/workflows/0/definition/steps/0/params/__proto__", "not allowed"},
		"a secret in plain":     {w(`"url": "https://crm.example.com"`, `"url": "https://crm.example.com", "secret": "whsec_x"`), "/workflows/0/definition/steps/2/params/secret", "no secrets"},
		"a reference to one":    {w(`"url": "https://crm.example.com"`, `"url": "https://crm.example.com", "secret": {"$secret": "sec_1"}`), "/workflows/0/definition/steps/2/params/secret", "no secrets"},
		"a blank for nothing":   {w(`{"$input": "crm"}`, `{"$input": "none"}`), "/workflows/0/definition", "no input stands for it"},
		"two workflows":         {w(`"workflows": [`, `"workflows": [{"name": "x", "definition": {}},`), "/workflows", "one workflow"},
		"something to ask":      {w(`"mode": "find_or_create", "default": "Course A"`, `"mode": "ask"`), "/inputs/0/mode", "asks for nothing"},
		"a bad field key":       {w(`"key": "plan"`, `"key": "Plan B"`), "/inputs/3/define/key", "no key"},
		"a field of no type":    {w(`"type": "choice"`, `"type": "blob"`), "/inputs/3/define/type", "no type of field"},
		"tags twice":            {s(`["VIP"]`, `["VIP", "vip"]`), "/tags/1", "twice"},
		"a tag of two lines":    {s(`["VIP"]`, `["V\nIP"]`), "/tags/0", "one line"},
		"a value":               {s(`"name": "Support"}`, `"name": "Support", "value": "x"}`), "/custom_values/0/value", "take it out"},
		"a form of nobody":      {s(`"required": true`, `"required": false`), "/forms/0/fields", "nobody is known"},
		"a form that leads on":  {s(`"button": "Send"`, `"redirect_url": "javascript:alert(1)"`), "/forms/0/redirect_url", "no address"},
		"an unknown connection": {s(`"auth.bearer"`, `"auth.none"`), "/connections/0/type", "no connection type"},
		"a connection's secret": {s(`"hosts": ["crm.example.com"]`, `"token": "x"`), "/connections/0/token", "take it out"},
		"a host with a path":    {s(`crm.example.com`, `crm.example.com/x`), "/connections/0/hosts/0", "no host"},
		"an unknown event":      {s(`"order.created"`, `"order.eaten"`), "/hooks/0/event", "no event"},
		"a hook's secret":       {s(`"cart": true`, `"secret": "whsec_x"`), "/hooks/0/secret", "take it out"},
		"a place of nothing":    {s(`, "only": "Course A"`, ``), "/hooks/1/only", "Name the offer"},
		"a newer workspace":     {s("workspace-1.json", "workspace-3.json"), "/$schema", "newer version"},
		"a list without files":  {s(`"schema": 1,`, `"schema": 1, "workflows": [{"file": "workflows/a.json"}],`), "/workflows/0/file", "is not here"},
	} {
		_, problems := bundle.Read([]byte(c.text), nodes.Default())
		found := false
		for _, p := range problems {
			found = found || p.Pointer == c.at && strings.Contains(p.Message, c.says)
		}
		if !found {
			t.Errorf("%s: %.600s", name, fmt.Sprintf("%+v", problems))
		}
	}
	// A byte order mark, line ends of Windows, and formulas of spreadsheets, which are
	// plain text here, change nothing.
	for name, text := range map[string]string{
		"BOM": "\xef\xbb\xbf" + workflowFile, "CRLF": strings.ReplaceAll(workflowFile, "\n", "\r\n"), "a formula": w(`"note": "x"`, `"note": "=cmd|' /C calc'!A0"`),
	} {
		if b, problems := bundle.Read([]byte(text), nodes.Default()); len(problems) > 0 || len(b.Workflows) != 1 {
			t.Errorf("%s: %+v", name, problems)
		}
	}
}
