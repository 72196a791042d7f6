package ceiling

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// postgresWriters is how many connections commit groups, as in Hookloom: one
// fills while the other waits for its commit.
const postgresWriters = 2

// postgres is a journal over one connection. A group is one pipelined batch.
type postgres struct{ conn *pgx.Conn }

func openPostgres(ctx context.Context, databaseURL string) ([]journal, error) {
	var journals []journal
	for i := range postgresWriters {
		conn, err := pgx.Connect(ctx, databaseURL)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if _, err := conn.Exec(ctx, `CREATE TABLE IF NOT EXISTS jobs (id TEXT COLLATE "C" PRIMARY KEY, status BIGINT NOT NULL,
				body BYTEA NOT NULL, created_at BIGINT NOT NULL, started_at BIGINT, finished_at BIGINT)`); err != nil {
				return nil, err
			}
		}
		journals = append(journals, &postgres{conn})
	}
	return journals, nil
}

func (p *postgres) commit(ctx context.Context, changes []change) error {
	b := &pgx.Batch{}
	b.Queue("BEGIN")
	for _, c := range changes {
		switch c.kind {
		case inserted:
			b.Queue("INSERT INTO jobs (id, status, body, created_at) VALUES ($1, 0, $2, $3)", c.id, c.body, c.at)
		case started:
			b.Queue("UPDATE jobs SET status = 1, started_at = $1 WHERE id = $2", c.at, c.id)
		case finished:
			b.Queue("UPDATE jobs SET status = 2, finished_at = $1 WHERE id = $2", c.at, c.id)
		}
	}
	b.Queue("COMMIT")
	return p.conn.SendBatch(ctx, b).Close()
}

func (p *postgres) close() error { return p.conn.Close(context.Background()) }
