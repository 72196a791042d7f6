package storage

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// beatAlone writes a heartbeat over a connection of its own, in one round trip.
func (s *Store) beatAlone(ctx context.Context, owner string) error {
	waiting, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	both := &pgx.Batch{}
	both.Queue(putBeat.post, owner)
	both.Queue(dropBeats.post, forgetBeats.Microseconds())
	return s.late(ctx, s.heart.SendBatch(waiting, both).Close())
}
