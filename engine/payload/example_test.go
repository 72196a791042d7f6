package payload_test

import (
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine/payload"
)

func ExampleParse() {
	body, err := payload.Parse("application/x-www-form-urlencoded",
		[]byte("email=ada%40example.com&items[0][sku]=A&items[1][sku]=B"), payload.Limits{})
	fmt.Println(body.Kind, body.Value, err)

	body, err = payload.Parse("text/plain", []byte(`{"id": 820982911946154508}`), payload.Limits{})
	fmt.Println(body.Kind, body.Value, err)
	fmt.Println(body.Notes[0])

	_, err = payload.Parse("application/json", []byte("{\n  \"a\": 1,\n}"), payload.Limits{})
	var refusal *payload.Error
	if errors.As(err, &refusal) {
		fmt.Println(refusal.Status, refusal.Line, refusal.Column)
	}
	// Output:
	// form map[email:ada@example.com items:[map[sku:A] map[sku:B]]] <nil>
	// json map[id:820982911946154508] <nil>
	// The sender announced text/plain, but the body is JSON. It was read as JSON.
	// 400 3 1
}
