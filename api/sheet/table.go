// Package sheet brings contacts in from spreadsheets and takes them out again:
// it reads CSV as people have it, guesses what the columns are, imports rows as a
// job, and writes CSV that no spreadsheet mistakes for formulas.
package sheet

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The bounds of a file.
const (
	// MaxBytes is how large a file may be.
	MaxBytes   = 20 << 20
	MaxRows    = 200_000
	MaxColumns = 200
	// MaxCells bounds the memory that a file takes: a cell of one letter takes
	// sixteen times its size.
	MaxCells = 4_000_000
	// padded is how many rows are as long as the longest. All of them would let a
	// small file of many short rows and one long one take gigabytes.
	padded = 100
)

// Table is a file as rows of texts.
type Table struct {
	// Header is the first row when it names the columns, else nil. It is as long
	// as the longest row.
	Header []string
	// Rows has no empty cells at the end of a row; only the first 100, which
	// previews show, are as long as the longest.
	Rows [][]string
	// Lines tells at which line of the file each row begins, counted from 1.
	Lines []int
	// Columns is how many there are.
	Columns int
	// Delimiter and Encoding are what was found out.
	Delimiter string
	Encoding  string
}

// FileError says why a file cannot be read, in words for the person who chose it.
type FileError struct{ Message string }

func (e *FileError) Error() string { return e.Message }

func unreadable(format string, args ...any) error {
	return &FileError{fmt.Sprintf(format, args...)}
}

// Read reads CSV with commas, semicolons, tabs or bars, in UTF-8, UTF-16 or the
// usual encoding of Windows. header is yes, no or auto.
func Read(content []byte, header string) (Table, error) {
	text, encoding, err := decode(content)
	if err != nil {
		return Table{}, err
	}
	if strings.TrimSpace(text) == "" {
		return Table{}, unreadable("The file is empty.")
	}
	if strings.HasPrefix(text, "PK\x03\x04") {
		return Table{}, unreadable("This is an Excel workbook or an archive: save it as CSV and choose that file.")
	}
	t := Table{Encoding: encoding, Delimiter: delimiterOf(text)}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, _ = utf8.DecodeRuneInString(t.Delimiter)
	reader.LazyQuotes, reader.FieldsPerRecord, reader.TrimLeadingSpace, reader.ReuseRecord = true, -1, true, true
	cells := 0
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return t, unreadable("The file cannot be read: %v.", err)
		}
		if blank(row) {
			continue
		}
		line, _ := reader.FieldPos(0)
		switch {
		case len(row) > MaxColumns:
			return t, unreadable("Line %d has more than %d columns.", line, MaxColumns)
		case len(t.Rows) > MaxRows:
			return t, unreadable("The file has more than %d rows: cut it into several.", MaxRows)
		}
		t.Columns = max(t.Columns, len(row))
		row = trimmed(row)
		if cells += len(row); cells > MaxCells {
			return t, unreadable("The file has more than %d cells: cut it into several, or leave columns out.", MaxCells)
		}
		t.Rows, t.Lines = append(t.Rows, row), append(t.Lines, line)
	}
	if len(t.Rows) > 0 && (header == "yes" || header != "no" && namesColumns(t.Rows[0])) {
		t.Header, t.Rows, t.Lines = filled(t.Rows[0], t.Columns), t.Rows[1:], t.Lines[1:]
	}
	for i := range t.Rows[:min(len(t.Rows), padded)] {
		t.Rows[i] = filled(t.Rows[i], t.Columns)
	}
	return t, nil
}

// trimmed copies a row without the empty cells at its end.
func trimmed(row []string) []string {
	for len(row) > 0 && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = Plain(strings.TrimSpace(cell))
	}
	return out
}

func filled(row []string, columns int) []string {
	out := make([]string, columns)
	copy(out, row)
	return out
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

// decode makes UTF-8 of what spreadsheets write.
func decode(content []byte) (text, encoding string, err error) {
	utf16 := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	switch {
	case bytes.HasPrefix(content, []byte("\xff\xfe")), bytes.HasPrefix(content, []byte("\xfe\xff")):
		plain, err := utf16.NewDecoder().Bytes(content)
		if err != nil {
			return "", "", unreadable("The file cannot be read as UTF-16: save it as CSV in UTF-8.")
		}
		return string(plain), "utf-16", nil
	case utf8.Valid(content):
		return strings.TrimPrefix(string(content), "\ufeff"), "utf-8", nil
	case bytes.IndexByte(content, 0) >= 0:
		return "", "", unreadable("This is no text file: save the table as CSV and choose that file.")
	}
	plain, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return "", "", unreadable("The file cannot be read: save it as CSV in UTF-8.")
	}
	return string(plain), "windows-1252", nil
}

// delimiterOf is the sign that splits the first lines into the most columns.
func delimiterOf(text string) string {
	best, most := ",", 0
	for _, sign := range []string{",", ";", "\t", "|"} {
		if n := columnsBy(text, sign); n > most {
			best, most = sign, n
		}
	}
	return best
}

// columnsBy counts a delimiter outside of quotes in the first lines; the least of
// them, because a comma in one cell is no column.
func columnsBy(text, sign string) int {
	least, count, quoted, lines := -1, 0, false, 0
	for _, c := range text[:min(len(text), 64<<10)] {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case string(c) == sign:
			count++
		case c == '\n':
			if lines++; least < 0 || count < least {
				least = count
			}
			if count = 0; lines == 10 {
				return least
			}
		}
	}
	if least < 0 || lines == 0 {
		return count
	}
	return least
}

// namesColumns reports whether a row reads like headings: texts that differ, and
// none that looks like a value.
func namesColumns(row []string) bool {
	seen := map[string]bool{}
	named := 0
	for _, cell := range row {
		cell = strings.ToLower(strings.TrimSpace(cell))
		if cell == "" {
			continue
		}
		if seen[cell] || strings.Contains(cell, "@") || strings.ContainsAny(cell, "0123456789") && !strings.ContainsAny(cell, "abcdefghijklmnopqrstuvwxyz") {
			return false
		}
		seen[cell] = true
		named++
	}
	return named > 0
}
