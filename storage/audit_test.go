package storage

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// fill writes n entries into a chain.
func fill(t *testing.T, s *Store, workspace string, n int) {
	t.Helper()
	for i := range n {
		e := engine.AuditEntry{
			Workspace: workspace, ActorID: "usr_1", ActorName: "Ada <\x00\xff>", Action: "workflow.published", ObjectKind: "workflow",
			ObjectID: fmt.Sprintf("wf_%d", i), Detail: map[string]any{"version": i, "big": "820982911946154508"}, IP: "192.0.2.1",
		}
		if i == 1 {
			e = engine.AuditEntry{Workspace: workspace, Action: "session.refused"}
		}
		if err := s.Audit(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// auditPlace makes a workspace for entries.
func auditPlace(t *testing.T, s *Store, slug string) string {
	t.Helper()
	w := crm.Workspace{Name: slug, Slug: slug}
	if err := s.CreateWorkspace(t.Context(), &w); err != nil {
		t.Fatal(err)
	}
	return w.ID
}

func verified(t *testing.T, s *Store, workspace string, noted engine.AuditHead) engine.AuditCheck {
	t.Helper()
	check, err := s.VerifyAudit(t.Context(), workspace, noted)
	if err != nil {
		t.Fatal(err)
	}
	return check
}

// tamper changes the log as somebody with the database's password would.
func tamper(t *testing.T, s *Store, texts ...string) {
	t.Helper()
	off := []string{`DROP TRIGGER IF EXISTS audit_not_changed`, `DROP TRIGGER IF EXISTS audit_not_deleted`}
	if s.postgres {
		off = []string{`ALTER TABLE audit DISABLE TRIGGER USER`}
	}
	for _, text := range append(off, texts...) {
		if err := raw(t.Context(), s, text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}

func raw(ctx context.Context, s *Store, text string) error {
	return s.within(ctx, crossing, func(tx *tx) error {
		_, err := tx.exec(q(text))
		return err
	})
}

func TestTheAuditLogIsOnlyAddedTo(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ws := auditPlace(t, s, "a")
		fill(t, s, ws, 3)
		fill(t, s, "", 2)
		for _, text := range []string{
			`UPDATE audit SET actor_name = 'Eve'`, `DELETE FROM audit`, `UPDATE audit SET detail = NULL WHERE seq = 1`,
			`DELETE FROM audit WHERE seq = 3`,
		} {
			if err := raw(t.Context(), s, text); err == nil || !strings.Contains(err.Error(), "only added to") {
				t.Errorf("%s: %v", text, err)
			}
		}
		for _, place := range []string{ws, "", "ws_without"} {
			check := verified(t, s, place, engine.AuditHead{})
			want := map[string]int64{ws: 3, "": 2}[place]
			if check.Broken != nil || check.Entries != want || check.Head.Seq != want {
				t.Errorf("%q: %+v", place, check)
			}
		}
		// A head that was noted is still there, another one is not.
		old := verified(t, s, ws, engine.AuditHead{}).Head
		fill(t, s, ws, 1)
		if check := verified(t, s, ws, old); check.Broken != nil {
			t.Errorf("%+v", check.Broken)
		}
		old.Hash = append([]byte{old.Hash[0] ^ 1}, old.Hash[1:]...)
		if check := verified(t, s, ws, old); check.Broken == nil || check.Broken.Seq != 3 {
			t.Errorf("another hash: %+v", check)
		}
		if check := verified(t, s, ws, engine.AuditHead{Seq: 9, Hash: old.Hash}); check.Broken == nil {
			t.Error("an entry that is not there")
		}
	})
}

// Whoever changes the log behind its back is found out, and where.
func TestTamperingBreaksTheChain(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		at   int64
	}{
		"actor":         {`UPDATE audit SET actor_name = 'Eve' WHERE seq = 3`, 3},
		"detail":        {`UPDATE audit SET detail = NULL WHERE seq = 1`, 1},
		"time":          {`UPDATE audit SET at = at + 1 WHERE seq = 5`, 5},
		"action":        {`UPDATE audit SET action = 'x' WHERE seq = 2`, 2},
		"one is gone":   {`DELETE FROM audit WHERE seq = 3`, 3},
		"the end":       {`DELETE FROM audit WHERE seq > 4`, 5},
		"the begin":     {`DELETE FROM audit WHERE seq = 1`, 1},
		"the hash":      {`UPDATE audit SET prev = hash WHERE seq = 4`, 4},
		"the head":      {`UPDATE audit_heads SET seq = 4, hash = (SELECT hash FROM audit WHERE seq = 3)`, 4},
		"one before it": {`INSERT INTO audit (id, workspace_id, actor_id, actor_name, action, at) SELECT 'aud_0', workspace_id, 'x', 'x', 'x', 1 FROM audit WHERE seq = 1`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s := opened(t, config(t))
			ws := auditPlace(t, s, "a")
			fill(t, s, ws, 5)
			tamper(t, s, c.text)
			check := verified(t, s, ws, engine.AuditHead{})
			if check.Broken == nil || check.Broken.Seq != c.at || check.Broken.Reason == "" {
				t.Errorf("%+v", check.Broken)
			}
		})
	}
}

// Entries from before there were chains are covered by the first one.
func TestTheChainCoversWhatIsOlder(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ws := auditPlace(t, s, "a")
		for i := range 3 {
			if err := raw(t.Context(), s, fmt.Sprintf(`INSERT INTO audit (id, workspace_id, actor_id, actor_name, action, at)
				VALUES ('aud_%d', '%s', 'usr_1', 'Ada', 'old.entry', %d)`, i, ws, i+1)); err != nil {
				t.Fatal(err)
			}
		}
		fill(t, s, ws, 2)
		if check := verified(t, s, ws, engine.AuditHead{}); check.Broken != nil || check.Entries != 5 || check.Older != 3 {
			t.Fatalf("%+v", check)
		}
		part, err := s.AuditPart(t.Context(), ws, engine.AuditRecord{})
		if err != nil || len(part) != 3 || part[0].ID != "aud_0" {
			t.Fatal(part, err)
		}
		tamper(t, s, `UPDATE audit SET actor_name = 'Eve' WHERE id = 'aud_1'`)
		if check := verified(t, s, ws, engine.AuditHead{}); check.Broken == nil || check.Broken.Seq != 1 {
			t.Errorf("%+v", check.Broken)
		}
	})
}

// Processes that write at once make one chain.
func TestWritersAtOnceDoNotForkTheChain(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		stores := []*Store{s}
		if s.postgres {
			c := config(t)
			c.DatabaseURL = FilledPostgres(t)
			stores = []*Store{opened(t, c), opened(t, c)}
		}
		ws := auditPlace(t, stores[0], "a")
		var all sync.WaitGroup
		const writers, each = 8, 6
		for i := range writers {
			all.Go(func() { fill(t, stores[i%len(stores)], ws, each) })
		}
		all.Wait()
		if check := verified(t, stores[0], ws, engine.AuditHead{}); check.Broken != nil || check.Entries != writers*each {
			t.Errorf("%+v %+v", check, check.Broken)
		}
	})
}

func TestAuditFilters(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		ws := auditPlace(t, s, "a")
		noon := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
		for i, e := range []engine.AuditEntry{
			{ActorID: "usr_1", ActorName: "Ada@example.com", Action: "workflow.published", ObjectID: "wf_1"},
			{ActorID: "usr_2", ActorName: "bob_100%@example.com", Action: "workflow.paused", ObjectID: "wf_1"},
			{ActorID: "usr_1", ActorName: "Ada@example.com", Action: "workflows.odd", ObjectID: "wf_2"},
			{ActorID: "key_1", ActorName: "shop", Action: "contact.erased", ObjectID: "con_1"},
		} {
			e.Workspace, e.At = ws, noon.Add(time.Duration(i)*time.Hour)
			if err := s.Audit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		for name, c := range map[string]struct {
			by   engine.AuditFilter
			want string
		}{
			"all":         {engine.AuditFilter{}, "contact.erased workflows.odd workflow.paused workflow.published"},
			"name":        {engine.AuditFilter{Actor: "ADA@"}, "workflows.odd workflow.published"},
			"id":          {engine.AuditFilter{Actor: "usr_2"}, "workflow.paused"},
			"signs":       {engine.AuditFilter{Actor: "b_1"}, "workflow.paused"},
			"percent":     {engine.AuditFilter{Actor: "100%"}, "workflow.paused"},
			"no pattern":  {engine.AuditFilter{Actor: "a%a"}, ""},
			"first word":  {engine.AuditFilter{Action: "workflow"}, "workflow.paused workflow.published"},
			"action":      {engine.AuditFilter{Action: "workflow.paused"}, "workflow.paused"},
			"object":      {engine.AuditFilter{Object: "wf_1", Actor: "ada"}, "workflow.published"},
			"from and to": {engine.AuditFilter{From: noon.Add(time.Hour), To: noon.Add(3 * time.Hour)}, "workflows.odd workflow.paused"},
		} {
			list, err := s.ListAudit(t.Context(), ws, c.by, engine.Page{})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range list.Items {
				got = append(got, e.Action)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("%s: %v", name, got)
			}
		}
	})
}
