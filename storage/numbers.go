package storage

var nextNumber = q(`INSERT INTO counters (name, value) VALUES (?, 1)
	ON CONFLICT (name) DO UPDATE SET value = counters.value + 1 RETURNING value`)

// nextInSequence asks PostgreSQL, whose sequences make nobody wait for a commit.
var nextInSequence = q(`SELECT nextval(CAST(? AS regclass))`)

// number draws the next number of a kind: workspaces, contacts, tags, offers,
// requests ... Numbers are unique over the installation, grow, and may have
// gaps.
func (t *tx) number(kind string) (int64, error) {
	query, name := nextNumber, kind
	if t.store.postgres {
		query, name = nextInSequence, "number_"+kind
	}
	return first(t.session, query, []any{name}, func(row scanner) (n int64, err error) {
		return n, row.Scan(&n)
	})
}
