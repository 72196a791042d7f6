package storage_test

import (
	"testing"

	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

func TestSQLite(t *testing.T) {
	storagetest.Run(t, func(t testing.TB) *storage.Store { return storagetest.Open(t, nil) })
}

func TestPostgreSQL(t *testing.T) {
	storagetest.Run(t, func(t testing.TB) *storage.Store {
		return storagetest.OpenConfig(t, storage.Config{DatabaseURL: storage.FilledPostgres(t)})
	})
}
