package app

import (
	"testing"

	"github.com/hookloom/hookloom/engine/value"
)

// A file holds no secrets and no connections, so an update leaves them where they
// are: in the step with the same id and type, wherever it stands now.
func TestAnUpdateKeepsSecretsAndConnections(t *testing.T) {
	const draft = `{"triggers":[{"id":"hook","type":"webhook.catch","params":{"signature":{"scheme":"stripe","secret":{"$secret":"sec_1"}}}}],
		"steps":[{"id":"a","type":"webhook.send","params":{"connection":"cxn_1","headers":[{"name":"X","value":{"$secret":"sec_2"}}],"url":"https://old.example.com"}},
			{"id":"b","type":"webhook.send","params":{"secret":{"$secret":"sec_3"}}}]}`
	const file = `{"triggers":[{"id":"hook","type":"webhook.catch","params":{"signature":{"scheme":"stripe"}}}],
		"steps":[{"id":"b","type":"contact.find","params":{}},{"id":"a","type":"webhook.send","params":{"headers":[{"name":"X"}],"url":"https://new.example.com"}}]}`
	const want = `{"steps":[{"id":"b","params":{},"type":"contact.find"},` +
		`{"id":"a","params":{"connection":"cxn_1","headers":[{"name":"X","value":{"$secret":"sec_2"}}],"url":"https://new.example.com"},"type":"webhook.send"}],` +
		`"triggers":[{"id":"hook","params":{"signature":{"scheme":"stripe","secret":{"$secret":"sec_1"}}},"type":"webhook.catch"}]}`
	f, err := value.Decode([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	d, err := value.Decode([]byte(draft))
	if err != nil {
		t.Fatal(err)
	}
	got, err := value.Encode(completed(f, d))
	if err != nil || string(got) != want {
		t.Errorf("%s, %v\nwant %s", got, err, want)
	}
}
