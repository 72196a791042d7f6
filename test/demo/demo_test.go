package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute) // building included
	defer cancel()
	bin, err := instance.Binary(ctx, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := show(ctx, &out, bin); err != nil {
		t.Fatalf("%v, after:\n%s", err, out.String())
	}
	for _, want := range []string{
		"answered 202 accepted", "Ada Lovelace <ada@example.com>", `"Course A" since`, "POST /orders?session=cs_test_a1",
		"again was answered 200 duplicate", "wrong signature was answered 401",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the demo does not say %q", want)
		}
	}
	t.Log("\n" + out.String())
}

func TestDemoFailsWithoutABinary(t *testing.T) {
	t.Parallel()
	if err := show(t.Context(), &bytes.Buffer{}, t.TempDir()+"/none"); err == nil {
		t.Error("no error")
	}
}
