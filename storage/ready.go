package storage

import "context"

var selectOne = q(`SELECT 1`)

// Ready asks the database for anything, and reports why it does not answer. The
// tables are up to date since Open.
func (s *Store) Ready(ctx context.Context) error {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return err
	}
	_, err = first(on, selectOne, nil, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
	return err
}
