package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWhoHearsOfFailures(t *testing.T) {
	r := newRig(t)
	first := r.in("GET", "/alerts", nil).is(http.StatusOK)
	if first.at("enabled") != true || first.number("every_minutes") != 15 || first.text("email_delivery") != "outbox" || first.at("told_at") != nil {
		t.Errorf("defaults: %s", first.body)
	}
	set := r.in("PUT", "/alerts", `{"enabled":true,"every_minutes":60,"emails":["ada@example.com"],"webhook_url":"https://example.com/alerts/s3cret"}`).is(http.StatusOK)
	if set.number("every_minutes") != 60 || set.text("recipients.0") != "ada@example.com" {
		t.Errorf("set: %s", set.body)
	}
	if queued := r.in("POST", "/alerts/test", nil).is(http.StatusAccepted); queued.number("queued") != 2 {
		t.Errorf("test: %s", queued.body)
	}
	box := r.in("GET", "/outbox", nil).is(http.StatusOK)
	if len(box.at("items").([]any)) != 2 || strings.Contains(string(box.body), "s3cret") {
		t.Errorf("outbox: %s", box.body)
	}
	r.in("PUT", "/alerts", `{"enabled":true,"emails":["Ada <ada@example.com>"]}`).is(http.StatusUnprocessableEntity).points("/emails/0")
	for _, address := range []string{"ftp://x", "https://192.168.0.1/alerts", "http://169.254.169.254/latest"} {
		r.in("PUT", "/alerts", `{"enabled":true,"webhook_url":"`+address+`"}`).is(http.StatusUnprocessableEntity).points("/webhook_url")
	}
	r.in("PUT", "/alerts", `{"enabled":true,"every_minutes":5}`).is(http.StatusUnprocessableEntity).points("/every_minutes")
	if other := r.call("GET", "/workspaces/b/outbox", nil).is(http.StatusOK); len(other.at("items").([]any)) != 0 {
		t.Errorf("another workspace sees %s", other.body)
	}
}
