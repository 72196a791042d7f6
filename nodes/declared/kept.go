package declared

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// keep stores a file's good state. That it cannot is logged and harmless until the
// file breaks and the program starts again.
func (f *Folder) keep(name string, text []byte) {
	if f.kept == "" {
		return
	}
	if err := f.store(name, text); err != nil {
		f.log.Warn("the good state of a node file could not be kept", "file", name, "error", err)
	}
}

func (f *Folder) store(name string, text []byte) error {
	if err := os.MkdirAll(f.kept, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.kept, ".new-*")
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), filepath.Join(f.kept, name))
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// lastGood reads what an earlier start kept of a file that cannot be used now; nil
// when there is nothing, or this build cannot use that either.
func (f *Folder) lastGood(name string) *App {
	if f.kept == "" {
		return nil
	}
	text, err := os.ReadFile(filepath.Join(f.kept, name))
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) {
			f.log.Warn("the last good state of a node file cannot be read", "file", name, "error", err)
		}
		return nil
	}
	app, _ := Load(text)
	return app
}

// forget drops what is kept of a file that was removed on purpose.
func (f *Folder) forget(name string) {
	if f.kept != "" {
		_ = os.Remove(filepath.Join(f.kept, name))
	}
}
