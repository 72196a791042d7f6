package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/engine/crm"
)

func TestReadTellsWhatAFileIs(t *testing.T) {
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte("email\tname\na@b.co\tÄda\n"))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content             []byte
		delimiter, encoding string
		header              bool
		cell                string // the last one of the first row
	}{
		"commas":       {[]byte("email,name\na@b.co,\"Lovelace, Ada\"\n"), ",", "utf-8", true, "Lovelace, Ada"},
		"semicolons":   {[]byte("email;name\na@b.co;Ada, \"so\" called\n"), ";", "utf-8", true, `Ada, "so" called`},
		"tabs, utf-16": {utf16, "\t", "utf-16", true, "Äda"},
		"windows":      {[]byte("email,name\na@b.co,Ren\xe9\n"), ",", "windows-1252", true, "René"},
		"mark":         {[]byte("\xef\xbb\xbfemail,name\na@b.co,Ada\n"), ",", "utf-8", true, "Ada"},
		"no heading":   {[]byte("a@b.co,Ada\nc@d.co,Cleo\n"), ",", "utf-8", false, "Ada"},
		"one column":   {[]byte("email\na@b.co\n"), ",", "utf-8", true, "a@b.co"},
		"short rows":   {[]byte("email,name,phone\na@b.co\n"), ",", "utf-8", true, ""},
		"line break":   {[]byte("email,note\na@b.co,\"two\nlines\"\n"), ",", "utf-8", true, "two\nlines"},
	} {
		table, err := sheet.Read(c.content, "auto")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		row := table.Rows[0]
		if table.Delimiter != c.delimiter || table.Encoding != c.encoding || (table.Header != nil) != c.header || row[len(row)-1] != c.cell {
			t.Errorf("%s: %+v", name, table)
		}
	}
}

// One long row must not make every short one as long: that takes two thousand
// times the memory of the file.
func TestShortRowsTakeLittleMemory(t *testing.T) {
	file := []byte("a" + strings.Repeat(",b", sheet.MaxColumns-1) + "\n" + strings.Repeat("a"+strings.Repeat(",", 50)+"\n", 150_000))
	table, err := sheet.Read(file, "no")
	if err != nil {
		t.Fatal(err)
	}
	cells := 0
	for _, row := range table.Rows {
		cells += cap(row)
	}
	if len(table.Rows) != 150_001 || table.Columns != sheet.MaxColumns || cells > 200_000 {
		t.Errorf("%d rows of up to %d columns take %d cells", len(table.Rows), table.Columns, cells)
	}
	for i, row := range table.Rows[:100] {
		if len(row) != sheet.MaxColumns {
			t.Fatalf("row %d, which a preview shows, has %d cells", i, len(row))
		}
	}
}

func TestFilesOfTooManyCellsAreRefused(t *testing.T) {
	row := strings.Repeat("a,", sheet.MaxColumns-1) + "a\n"
	_, err := sheet.Read([]byte(strings.Repeat(row, sheet.MaxCells/sheet.MaxColumns+1)), "no")
	var unreadable *sheet.FileError
	if !errors.As(err, &unreadable) || !strings.Contains(err.Error(), "cells") {
		t.Errorf("error: %v", err)
	}
}

func TestGuessTakesEachTargetOnce(t *testing.T) {
	table, err := sheet.Read([]byte("E-mail,Email address,ZIP code,Lieblingsplan,Who\na@b.co,x@b.co,12345,gold,Ada\n"), "yes")
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(sheet.Guess(table, []crm.Field{{Key: "plan", Label: "Lieblingsplan"}}), "|")
	if got != "email||address.postal_code|fields.plan|" {
		t.Errorf("guessed %s", got)
	}
	bare, err := sheet.Read([]byte("Ada,a@b.co\nCleo,c@d.co\n"), "no")
	if err != nil {
		t.Fatal(err)
	}
	if got := sheet.Guess(bare, nil); got[0] != "" || got[1] != "email" {
		t.Errorf("by its cells: %v", got)
	}
}

// Whatever a cell holds: no spreadsheet computes it, and it comes back as it was.
func TestCellsAreNeverFormulas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[=+\-@'][a-z0-9()]{0,8}`)).Draw(t, "text")
		cell := sheet.Cell(text)
		if cell != "" && strings.IndexByte("=+-@\t\r", cell[0]) >= 0 {
			t.Fatalf("%q is a formula", cell)
		}
		if !strings.HasPrefix(text, "'") && sheet.Plain(cell) != text {
			t.Fatalf("%q became %q", text, sheet.Plain(cell))
		}
	})
	var out bytes.Buffer
	w, err := sheet.NewWriter(&out, "a")
	if err != nil || w.Write("=1+1") != nil || w.Flush() != nil || out.String() != "\ufeffa\n'=1+1\n" {
		t.Errorf("%q, %v", out.String(), err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("\"\n"))
	f.Add([]byte("\xff\xfea"))
	f.Fuzz(func(t *testing.T, content []byte) {
		table, err := sheet.Read(content, "auto")
		if err != nil {
			return
		}
		for i, row := range table.Rows {
			if len(row) != table.Columns || table.Lines[i] < 1 {
				t.Fatalf("row %d is %v of %d columns", i, row, table.Columns)
			}
		}
		sheet.Guess(table, nil)
	})
}
