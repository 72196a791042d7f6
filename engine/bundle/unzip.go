package bundle

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// The limits of what is taken in.
const (
	// MaxBytes is how large an upload may be, packed or a single file.
	MaxBytes = 20 << 20
	// MaxFile and MaxUnpacked bound one file of a zip and all together, unpacked.
	MaxFile     = 10 << 20
	MaxUnpacked = 50 << 20
	// MaxFiles bounds the entries of a zip.
	MaxFiles = 2000
	// maxPath counts the bytes of a path in a zip.
	maxPath = 200
)

// packed reports whether an upload is a zip.
func packed(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("PK\x03\x04")) || bytes.HasPrefix(raw, []byte("PK\x05\x06"))
}

// entryMark begins each entry of a zip's directory.
var entryMark = []byte("PK\x01\x02")

// Unzip reads the files of a zip that may come from anybody. Nothing of it touches
// a disk, and every limit is checked before the bytes that it is for are there.
// Folders and tests are passed over, and what systems add by themselves (names that
// begin with a dot, __MACOSX). A folder that stands around everything is left out of the
// paths.
func Unzip(raw []byte) ([]Content, []Problem) {
	r := &report{}
	if n := bytes.Count(raw, entryMark); n > MaxFiles {
		r.add("", "", codeTooMany, fmt.Sprintf("The zip has %d files, and %d are the most: import it in parts.", n, MaxFiles))
		return nil, r.problems
	}
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		r.add("", "", codeZip, "The zip cannot be read: "+err.Error()+". Pack the files anew.")
		return nil, r.problems
	}
	var list []Content
	seen := map[string]bool{}
	var total uint64
	for _, f := range z.File {
		name, wanted := entryName(f, r)
		if !wanted {
			continue
		}
		key := strings.ToLower(name)
		if seen[key] {
			r.add(name, "", codeTwice, "The zip has this file twice: take one of them out.")
			continue
		}
		seen[key] = true
		switch total += f.UncompressedSize64; {
		case f.UncompressedSize64 > MaxFile:
			r.add(name, "", codeTooLarge, fmt.Sprintf("Unpacked, this file has more than the %d MB that one may have.", MaxFile>>20))
			continue
		case total > MaxUnpacked:
			r.add(name, "", codeTooLarge, fmt.Sprintf("Unpacked, the files have more than %d MB together: import them in parts.", MaxUnpacked>>20))
			return nil, r.problems
		}
		if text, ok := unpack(f, name, r); ok {
			list = append(list, Content{name, text})
		}
	}
	if len(r.problems) == 0 && len(list) == 0 {
		r.add("", "", codeEmpty, "The zip has no .json file.")
	}
	return withoutRoot(list), r.problems
}

// entryName is the path of a file to read; false for what is passed over or
// refused.
func entryName(f *zip.File, r *report) (string, bool) {
	name := f.Name
	shown := fmt.Sprintf("%.100q", name)
	bare := strings.TrimSuffix(name, "/")
	switch {
	case len(name) > maxPath:
		r.add("", "", codePath, fmt.Sprintf("The path %s… is longer than %d characters: give the file a shorter one.", shown, maxPath))
		return "", false
	case !fs.ValidPath(bare) || bare == "." || strings.ContainsAny(name, "\\:\x00"):
		r.add("", "", codePath, fmt.Sprintf("%s is no path inside of the zip: paths are relative, with / between their parts, and without .. in them.", shown))
		return "", false
	case f.Mode()&fs.ModeSymlink != 0:
		r.add(name, "", codePath, "This is a link to another file: put the file itself into the zip.")
		return "", false
	case f.FileInfo().IsDir():
		return "", false
	case !f.Mode().IsRegular():
		r.add(name, "", codePath, "This is no ordinary file: take it out.")
		return "", false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") || part == "__MACOSX" {
			return "", false
		}
	}
	switch {
	case strings.HasSuffix(name, TestEnd):
	case f.Flags&1 != 0:
		r.add(name, "", codeZip, "This file is locked with a password: pack it without one.")
	case path.Ext(strings.ToLower(name)) == ".zip":
		r.add(name, "", codePath, "There is a zip inside of the zip: unpack it first.")
	case path.Ext(name) != fileEnd:
		r.add(name, "", codePath, "Only files that end with .json can be imported: take this one out.")
	default:
		return name, true
	}
	return "", false
}

// unpack reads one file, and no more of it than its directory entry says.
func unpack(f *zip.File, name string, r *report) ([]byte, bool) {
	in, err := f.Open()
	if err == nil {
		defer in.Close()
		var text []byte
		text, err = io.ReadAll(io.LimitReader(in, MaxFile+1))
		if err == nil && len(text) <= MaxFile {
			return text, true
		}
	}
	detail := "it is larger than it says"
	if err != nil {
		detail = err.Error()
	}
	r.add(name, "", codeZip, "This file cannot be unpacked: "+detail+". Pack the files anew.")
	return nil, false
}

// withoutRoot takes a folder away that stands around all files, as downloads of
// repositories have one.
func withoutRoot(list []Content) []Content {
	if len(list) == 0 {
		return list
	}
	root, _, nested := strings.Cut(list[0].Path, "/")
	root += "/"
	if !nested || root == WorkflowFolder || root == TemplateFolder {
		return list
	}
	for _, f := range list {
		if !strings.HasPrefix(f.Path, root) {
			return list
		}
	}
	for i := range list {
		list[i].Path = strings.TrimPrefix(list[i].Path, root)
	}
	return list
}
