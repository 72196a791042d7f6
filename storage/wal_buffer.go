package storage

import (
	"errors"
	"runtime"
	"sync"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// SQLite writes each page of a commit to the write-ahead log with two calls of
// the system, a header and the page. A run of the main workload made 20 of them,
// which took a tenth of its processor time, all of it on the only writer. So the
// writer's connection opens files through a layer of its own (a VFS): it is
// SQLite's usual one, but what is written to the log in sequence is gathered and
// goes to the file in one piece.
//
// No promise depends on it: the log is flushed before it is synced, and SQLite
// syncs it (synchronous=FULL) before a commit returns and before other
// connections are told of its pages. It is also flushed before it is read, cut,
// measured or closed. What was gathered and not synced may be lost in a crash,
// as it may in the page cache.

// walVFS is the name of the layer in connection strings.
const walVFS = "hookloom"

// walGather bounds what is gathered, in bytes. The usual layer writes less than
// 128 KiB a call.
const walGather = 120 << 10

// walFiles are the logs that are open through the layer. SQLite calls the
// methods of one file in turn.
var walFiles = struct {
	sync.RWMutex
	open map[uintptr]*walFile
	// usual is the table of methods of such a file, and methods its copy with
	// ours.
	usual, methods *sqlite3.Tsqlite3_io_methods
	usualOpen      uintptr
}{open: map[uintptr]*walFile{}}

// walFile is what was written to a log and is not in the file yet: gathered
// belongs at offset.
type walFile struct {
	gathered []byte
	offset   int64
}

// registerWALBuffer makes the layer known to SQLite.
var registerWALBuffer = sync.OnceValue(func() error {
	tls := libc.NewTLS()
	defer tls.Close()
	name, err := libc.CString(walVFS)
	if err != nil {
		return err
	}
	found := sqlite3.Xsqlite3_vfs_find(tls, 0)
	// Both stay for the life of the process.
	own := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
	methods := libc.Xcalloc(tls, 1, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
	if found == 0 || own == 0 || methods == 0 {
		return errors.New("sqlite: no memory for a file layer")
	}
	vfs := in[sqlite3.Tsqlite3_vfs](own)
	*vfs = *in[sqlite3.Tsqlite3_vfs](found)
	vfs.FzName, vfs.FpNext = name, 0
	walFiles.usualOpen, walFiles.methods = vfs.FxOpen, in[sqlite3.Tsqlite3_io_methods](methods)
	vfs.FxOpen = pointer(openFile)
	if rc := sqlite3.Xsqlite3_vfs_register(tls, own, 0); rc != sqlite3.SQLITE_OK {
		return errors.New("sqlite: the file layer was refused")
	}
	return nil
})

// in reads an address of SQLite's memory, which Go's collector knows nothing of.
func in[T any](address uintptr) *T { return *(**T)(unsafe.Pointer(&address)) }

// pointer is a function as SQLite calls it.
func pointer[F any](f F) uintptr { return *(*uintptr)(unsafe.Pointer(&f)) }

// function is one of SQLite's as Go calls it.
func function[F any](address uintptr) F { return *(*F)(unsafe.Pointer(&address)) }

// openFile opens any file of a database, and gives a log our methods.
func openFile(tls *libc.TLS, vfs, name, file uintptr, flags int32, out uintptr) int32 {
	type open = func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32
	rc := function[open](walFiles.usualOpen)(tls, vfs, name, file, flags, out)
	if rc != sqlite3.SQLITE_OK || flags&sqlite3.SQLITE_OPEN_WAL == 0 {
		return rc
	}
	opened := in[sqlite3.Tsqlite3_file](file)
	usual := in[sqlite3.Tsqlite3_io_methods](opened.FpMethods)
	walFiles.Lock()
	defer walFiles.Unlock()
	if walFiles.usual == nil {
		walFiles.usual = usual
		m := walFiles.methods
		*m = *usual
		m.FxClose, m.FxRead, m.FxWrite = pointer(closeWAL), pointer(readWAL), pointer(writeWAL)
		m.FxTruncate, m.FxSync, m.FxFileSize = pointer(truncateWAL), pointer(syncWAL), pointer(sizeOfWAL)
	}
	if walFiles.usual == usual {
		walFiles.open[file] = &walFile{}
		opened.FpMethods = uintptr(unsafe.Pointer(walFiles.methods))
	}
	return rc
}

func walAt(file uintptr) *walFile {
	walFiles.RLock()
	defer walFiles.RUnlock()
	return walFiles.open[file]
}

type readOrWrite = func(*libc.TLS, uintptr, uintptr, int32, int64) int32

// flush writes what was gathered. After an error SQLite undoes the transaction
// and writes the same place again, so nothing is kept.
func (w *walFile) flush(tls *libc.TLS, file uintptr) int32 {
	if len(w.gathered) == 0 {
		return sqlite3.SQLITE_OK
	}
	data := w.gathered
	w.gathered = w.gathered[:0]
	rc := function[readOrWrite](walFiles.usual.FxWrite)(tls, file, uintptr(unsafe.Pointer(&data[0])), int32(len(data)), w.offset)
	runtime.KeepAlive(data)
	return rc
}

func writeWAL(tls *libc.TLS, file, data uintptr, length int32, offset int64) int32 {
	w := walAt(file)
	if offset != w.offset+int64(len(w.gathered)) || len(w.gathered)+int(length) > walGather {
		if rc := w.flush(tls, file); rc != sqlite3.SQLITE_OK {
			return rc
		}
		w.offset = offset
	}
	w.gathered = append(w.gathered, unsafe.Slice(in[byte](data), length)...)
	return sqlite3.SQLITE_OK
}

func readWAL(tls *libc.TLS, file, into uintptr, length int32, offset int64) int32 {
	if rc := walAt(file).flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[readOrWrite](walFiles.usual.FxRead)(tls, file, into, length, offset)
}

func truncateWAL(tls *libc.TLS, file uintptr, size int64) int32 {
	if rc := walAt(file).flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, int64) int32](walFiles.usual.FxTruncate)(tls, file, size)
}

func syncWAL(tls *libc.TLS, file uintptr, flags int32) int32 {
	if rc := walAt(file).flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, int32) int32](walFiles.usual.FxSync)(tls, file, flags)
}

func sizeOfWAL(tls *libc.TLS, file, into uintptr) int32 {
	if rc := walAt(file).flush(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return function[func(*libc.TLS, uintptr, uintptr) int32](walFiles.usual.FxFileSize)(tls, file, into)
}

func closeWAL(tls *libc.TLS, file uintptr) int32 {
	flushed := walAt(file).flush(tls, file)
	walFiles.Lock()
	delete(walFiles.open, file)
	walFiles.Unlock()
	if rc := function[func(*libc.TLS, uintptr) int32](walFiles.usual.FxClose)(tls, file); rc != sqlite3.SQLITE_OK {
		return rc
	}
	return flushed
}
