package api

import (
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
)

// BackupStore copies the whole database.
type BackupStore interface {
	// Backup writes a consistent copy to a path while the store goes on working.
	Backup(ctx context.Context, path string) error
}

// backup sends a copy of the database. It is made whole before the first byte
// is sent, so that a failure is an answer and not a broken file.
func (a *API) backup(ctx context.Context, _ *struct{}) (*huma.StreamResponse, error) {
	folder, err := os.MkdirTemp("", "hookloom-backup-")
	if err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "hookloom.db")
	if err := a.Store.Backup(ctx, path); err != nil {
		_ = os.RemoveAll(folder)
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		defer os.RemoveAll(folder)
		w := humagin.Unwrap(hc).Writer
		_ = http.NewResponseController(w).SetWriteDeadline(time.Time{}) // a database may be large
		file, err := os.Open(path)
		if err != nil {
			a.Log.ErrorContext(ctx, "backup", "error", err)
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		defer file.Close()
		w.Header().Set("Content-Type", "application/vnd.sqlite3")
		w.Header().Set("Content-Disposition", `attachment; filename="hookloom.db"`)
		w.Header().Set("Cache-Control", "no-store")
		if info, err := file.Stat(); err == nil {
			w.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
		}
		_, _ = io.Copy(w, file)
	}}, nil
}
