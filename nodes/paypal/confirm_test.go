package paypal_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
	_ "github.com/hookloom/hookloom/nodes/paypal"
)

const ipn = "mc_gross=19.95&payment_status=Completed&charset=windows-1252&first_name=Ren%E9&receiver_email=shop%40example.com&receiver_id=S8X&txn_id=61E&item_name=&test_ipn=1"

// message is a bench on which PayPal's message has started the run.
func message(body string, change func(body map[string]any)) *nodetest.Bench {
	b := nodetest.New()
	r := nodetest.Post(body, "Content-Type", "application/x-www-form-urlencoded")
	b.Request = &r
	fields := map[string]any{"payment_status": "Completed", "receiver_email": "Shop@Example.com", "receiver_id": "S8X", "test_ipn": "1"}
	if change != nil {
		change(fields)
	}
	b.Trigger = map[string]any{"sender": "paypal", "body": fields}
	return b
}

const sandbox = `{"receiver":"shop@example.com","environment":"sandbox"}`

func TestAMessageOfPayPalIsConfirmed(t *testing.T) {
	b := message(ipn, nil)
	b.Sink.Answer(nodetest.Answer{Status: 200, Body: "VERIFIED"})
	out, err := b.Action("paypal.confirm", nodetest.Params(sandbox))
	if err != nil || out["confirmed"] != true || out["status"] != "Completed" {
		t.Fatalf("%v, %v", out, err)
	}
	asked := b.Sink.Requests[0]
	if string(asked.Body) != "cmd=_notify-validate&"+ipn {
		t.Errorf("PayPal was asked about %s", asked.Body)
	}
	if asked.URL != "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr" || asked.Header.Get("User-Agent") == "" {
		t.Errorf("asked %s as %q", asked.URL, asked.Header.Get("User-Agent"))
	}
	live := message(ipn, func(f map[string]any) { delete(f, "test_ipn") })
	live.Sink.Answer(nodetest.Answer{Status: 200, Body: "VERIFIED\n"})
	if _, err := live.Action("paypal.confirm", nodetest.Params(`{"receiver":" s8x "}`)); err != nil {
		t.Error(err)
	}
	if url := live.Sink.Requests[0].URL; url != "https://ipnpb.paypal.com/cgi-bin/webscr" {
		t.Errorf("asked %s", url)
	}
}

func TestWhatPayPalDoesNotConfirmStopsTheRun(t *testing.T) {
	for name, c := range map[string]struct {
		params    string
		change    func(f map[string]any)
		answer    nodetest.Answer
		says      string
		permanent bool
		asked     int
	}{
		"made up":                {sandbox, nil, nodetest.Answer{Status: 200, Body: "INVALID"}, "INVALID", true, 1},
		"PayPal is down":         {sandbox, nil, nodetest.Answer{Status: 503}, "asked again", false, 1},
		"another page":           {sandbox, nil, nodetest.Answer{Status: 200, Body: "<html>VERIFIED</html>"}, "asked again", false, 1},
		"paid to somebody else":  {sandbox, func(f map[string]any) { f["receiver_email"], f["receiver_id"] = "eve@example.com", "EVE" }, nodetest.Answer{}, "eve@example.com", true, 0},
		"paid to nobody":         {sandbox, func(f map[string]any) { clear(f); f["test_ipn"] = "1" }, nodetest.Answer{}, "not to you", true, 0},
		"a receiver that is two": {sandbox, func(f map[string]any) { f["receiver_email"], f["receiver_id"] = []any{"shop@example.com"}, nil }, nodetest.Answer{}, "not to you", true, 0},
		"play money":             {`{"receiver":"shop@example.com"}`, nil, nodetest.Answer{}, "sandbox", true, 0},
		"real money":             {sandbox, func(f map[string]any) { delete(f, "test_ipn") }, nodetest.Answer{}, "real", true, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := message(ipn, c.change)
			b.Sink.Answer(c.answer)
			out, err := b.Action("paypal.confirm", nodetest.Params(c.params))
			if err == nil || !strings.Contains(err.Error(), c.says) || nodes.IsPermanent(err) != c.permanent {
				t.Errorf("%v, %v", out, err)
			}
			if len(b.Sink.Requests) != c.asked {
				t.Errorf("PayPal was asked %d times", len(b.Sink.Requests))
			}
		})
	}
}

func TestRunsThatPayPalDidNotStart(t *testing.T) {
	b := message(ipn, nil)
	b.Trigger["sender"] = "stripe"
	out, err := b.Action("paypal.confirm", nodetest.Params(sandbox))
	if err != nil || out["confirmed"] != false || len(b.Warnings) != 1 || len(b.Sink.Requests) != 0 {
		t.Errorf("another sender: %v, %v", out, err)
	}
	lost := message(ipn, nil)
	lost.Request = nil
	if out, err := lost.Action("paypal.confirm", nodetest.Params(sandbox)); err == nil {
		t.Errorf("a message that is gone: %v", out)
	}
	byHand := nodetest.New()
	if out, err := byHand.Action("paypal.confirm", nodetest.Params(sandbox)); err != nil || out["confirmed"] != false {
		t.Errorf("by hand: %v, %v", out, err)
	}
}
