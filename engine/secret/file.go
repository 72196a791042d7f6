package secret

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
)

// maxKeyFile is more than any spelling of a key needs.
const maxKeyFile = 1 << 10

// LoadOrCreateFile reads the instance key from a file, or makes a new one and
// writes it there, readable by its owner only. created is true when it is new;
// the caller then tells the operator to back it up. A file that others may read
// is refused, and so is an empty or damaged one: replacing it would lose
// everything sealed with it. Two processes that race agree on one key.
func LoadOrCreateFile(path string) (key Key, created bool, err error) {
	key, err = LoadFile(path)
	if !errors.Is(err, fs.ErrNotExist) {
		return key, false, err
	}
	key = GenerateKey()
	if err := create(path, key); err != nil {
		if errors.Is(err, fs.ErrExist) {
			key, err = LoadFile(path)
			return key, false, err
		}
		return Key{}, false, fmt.Errorf("write encryption key: %w", err)
	}
	return key, true, nil
}

// LoadFile reads the instance key from a file. A missing file is fs.ErrNotExist.
func LoadFile(path string) (Key, error) {
	f, err := os.Open(path)
	if err != nil {
		return Key{}, fmt.Errorf("read encryption key: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return Key{}, fmt.Errorf("read encryption key: %w", err)
	}
	// Windows has no such bits.
	if open := info.Mode().Perm() & 0o077; open != 0 && runtime.GOOS != "windows" {
		return Key{}, fmt.Errorf("encryption key file %s can be read by others (mode %04o); run: chmod 600 %s", path, info.Mode().Perm(), path)
	}
	text, err := io.ReadAll(io.LimitReader(f, maxKeyFile))
	if err != nil {
		return Key{}, fmt.Errorf("read encryption key: %w", err)
	}
	key, err := ParseKey(string(text))
	if err != nil {
		return Key{}, fmt.Errorf("encryption key file %s holds no key: restore it from a backup, because what is stored cannot be read without it", path)
	}
	return key, nil
}

// create writes the key to a file beside path and links it into place, so that
// a crash leaves either no key or a whole one, and never replaces one.
func create(path string, key Key) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".key-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(key.Encode() + "\n")
	err = errors.Join(err, f.Sync(), f.Close())
	if err != nil {
		return err
	}
	if err := os.Link(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// syncDir makes a new name in a directory survive a power cut.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && runtime.GOOS != "windows" {
		return err
	}
	return nil
}
