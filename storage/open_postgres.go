package storage

import (
	"context"
	"errors"
)

func (s *Store) openPostgres(ctx context.Context, c Config) error { return errors.New("x") }
func (s *Store) submitPostgres(u *unit) error                     { return errors.New("x") }
