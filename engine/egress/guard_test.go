package egress

import (
	"context"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/nodes"
)

// spellings are addresses that lead inside, or try to; %d is the canary's port.
var spellings = []string{
	"https://127.0.0.1:%d/", "http://127.0.0.1:%d/", "HTTPS://127.0.0.1:%d/", "https://127.0.0.1.:%d/",
	"https://localhost:%d/", "https://LOCALHOST:%d/", "https://localhost.:%d/", "http://localhost:%d/",
	"https://app.localhost:%d/", "https://127.1:%d/", "https://127.0.1:%d/", "https://127.1.:%d/",
	"https://0x7f000001:%d/", "https://0x7F000001:%d/", "https://0x7f.0x0.0x0.0x1:%d/", "https://0x7f.1:%d/",
	"https://127.0.0.0x1:%d/", "https://0177.0.0.1:%d/", "https://0177.0.0.01:%d/", "https://127.0.0.01:%d/",
	"https://017700000001:%d/", "https://2130706433:%d/", "https://0:%d/", "https://0.0.0.0:%d/",
	"https://0x0:%d/", "https://00:%d/", "https://127.255.255.254:%d/", "https://127.0.0.2:%d/",
	"https://[::1]:%d/", "https://[::]:%d/", "https://[0:0:0:0:0:0:0:1]:%d/", "https://[0000::0001]:%d/",
	"https://[::ffff:127.0.0.1]:%d/", "https://[::ffff:7f00:1]:%d/", "https://[::127.0.0.1]:%d/",
	"https://[::ffff:169.254.169.254]:%d/", "https://[64:ff9b::a9fe:a9fe]:%d/", "https://[64:ff9b::7f00:1]:%d/",
	"https://[64:ff9b:1::7f00:1]:%d/", "https://[2002:a9fe:a9fe::]:%d/", "https://[2002:7f00:1::]:%d/",
	"https://[2001:0:7f00:1::]:%d/", "https://[fd00:ec2::254]:%d/", "https://[fe80::1]:%d/", "https://[fe80::1%%25lo]:%d/",
	"https://[fc00::1]:%d/", "https://[fec0::1]:%d/", "https://[ff02::1]:%d/", "https://[100::1]:%d/", "https://[2001:db8::1]:%d/",
	"https://169.254.169.254:%d/latest/meta-data/", "http://169.254.169.254:%d/latest/meta-data/", "https://2852039166:%d/",
	"https://0xa9fea9fe:%d/", "https://169.254.43518:%d/", "https://100.100.100.200:%d/", "https://168.63.129.16:%d/",
	"https://192.0.0.192:%d/", "https://10.0.0.1:%d/", "https://172.16.0.1:%d/", "https://192.168.1.1:%d/", "https://100.64.0.1:%d/",
	"https://198.18.0.1:%d/", "https://224.0.0.1:%d/", "https://240.0.0.1:%d/", "https://255.255.255.255:%d/",
	"https://metadata:%d/", "https://metadata.google.internal:%d/", "https://METADATA.google.internal.:%d/",
	"https://metadata.goog:%d/", "https://instance-data:%d/", "https://kubernetes.default.svc:%d/",
	"https://user@127.0.0.1:%d/", "https://api.example.com@127.0.0.1:%d/", "https://api.example.com:443@127.0.0.1:%d/",
	"https://user:password@api.example.com:%d/", "https://@127.0.0.1:%d/", "https://:@127.0.0.1:%d/",
	"https://①②⑦.⓪.⓪.①:%d/", "https://127。0。0。1:%d/", "https://１２７.0.0.1:%d/", "https://ｌocalhost:%d/",
	"unix:///var/run/docker.sock?%d", "file:///etc/passwd?%d", "gopher://127.0.0.1:%d/_GET", "ftp://127.0.0.1:%d/",
	"dict://127.0.0.1:%d/", "ws://127.0.0.1:%d/", "jar:https://127.0.0.1:%d!/", "data:text/plain,%d", "javascript:%d",
	"https+unix://127.0.0.1:%d/",
	// Names whose answers lead inside.
	"https://inside.test:%d/", "https://inside.test.:%d/", "https://six.test:%d/", "https://mapped.test:%d/",
	"https://mixed.test:%d/", "https://mixedsix.test:%d/", "https://linklocal.test:%d/", "https://azure.test:%d/",
	"https://nat64.test:%d/", "https://ninth.test:%d/", "https://127.0.0.1.nip.test:%d/",
}

// unreadable addresses are refused as invalid rather than as private.
var unreadable = []string{
	"", " ", "127.0.0.1:%d", "//127.0.0.1:%d/", "https://", "https:///path", "https://:%d/", "https:127.0.0.1:%d",
	"https://a.example\\@127.0.0.1:%d/", "https://127.0.0.1\\.example.com:%d/", "https://127.0.0.1%%00.example.com:%d/",
	"https://127.0.0.1%%2f.example.com:%d/", "https://%%31%%32%%37.0.0.1:%d/", "https://127.0.0.1 .example.com:%d/",
	"https://127.0.0.1\r\nHost: x:%d/", "https://127.0.0.1\t:%d/", "https://exa mple:%d/", "https://a..b:%d/", "https://.:%d/",
	"https://[::1:%d/", "https://[::g]:%d/", "https://[127.0.0.1]:%d/", "https://127.0.0.1:0/?%d", "https://127.0.0.1:99999/?%d",
	"https://127.0.0.1:-1/?%d", "https://127.0.0.1:%d:80/", "https://a;b:%d/", "https://a,127.0.0.1:%d/", "https://a#@127.0.0.1:%d/",
	"https://\u202e127.0.0.1:%d/", "https://*:%d/", "https://$(x):%d/",
	"https://" + strings.Repeat("a.", 200) + "example:%d/", "https://example.com/" + strings.Repeat("x", MaxURL) + "%d",
}

func TestNoSpellingReachesAPrivateAddress(t *testing.T) {
	c := newCanary(t)
	dns := newNames(t)
	dns.set("inside.test", "127.0.0.1")
	dns.set("127.0.0.1.nip.test", "127.0.0.1")
	dns.set("six.test", "::1")
	dns.set("mapped.test", "::ffff:127.0.0.1")
	dns.set("mixed.test", "93.184.216.34", "127.0.0.1")
	dns.set("mixedsix.test", "93.184.216.34", "::1")
	dns.set("linklocal.test", "169.254.169.254")
	dns.set("azure.test", "168.63.129.16")
	dns.set("nat64.test", "64:ff9b::a9fe:a9fe")
	dns.set("ninth.test", "1.1.1.1", "1.1.1.2", "1.1.1.3", "1.1.1.4", "1.1.1.5", "1.1.1.6", "1.1.1.7", "1.1.1.8", "127.0.0.1")
	client := newClient(t, Config{Resolver: dns.resolver()})

	try := func(spelling, kind string) {
		raw := spelling
		if strings.Contains(raw, "%d") {
			raw = fmt.Sprintf(spelling, c.port)
		}
		t.Run(raw[:min(len(raw), 60)], func(t *testing.T) {
			_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: raw, Body: []byte("x")})
			failed(t, err, kind, false, true)
		})
	}
	for _, s := range spellings {
		try(s, "refused")
	}
	for _, s := range unreadable {
		kind := "invalid"
		if s == "https://a#@127.0.0.1:%d/" {
			kind = "dns" // a plain URL of the host "a" with a fragment
			_, err := client.Send(context.Background(), nodes.HTTPRequest{URL: fmt.Sprintf(s, c.port)})
			failed(t, err, kind, false, false)
			continue
		}
		try(s, kind)
	}
	if len(spellings) < 60 {
		t.Fatalf("only %d spellings", len(spellings))
	}
	c.untouched(t)
}

func TestTheDialledAddressDecides(t *testing.T) {
	// 127.0.0.2 stands for a public address; 127.0.0.1 is the private one.
	c := newCanary(t)
	dns := newNames(t)
	dns.flip("rebind.test", func(nth int) []netip.Addr {
		if nth == 0 {
			return []netip.Addr{netip.MustParseAddr("127.0.0.2")}
		}
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}
	})
	public := sinkAt(t, hostPort("127.0.0.2", c.port))
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.2"}, Resolver: dns.resolver()})
	call := nodes.HTTPRequest{Method: "POST", URL: fmt.Sprintf("http://rebind.test:%d/", c.port), Body: []byte("x")}

	if resp, err := client.Send(context.Background(), call); err != nil || resp.Status != 200 {
		t.Fatalf("the first answer is allowed: %v %v", resp.Status, err)
	}
	client.Close() // the kept connection is gone; the name is looked up again
	_, err := client.Send(context.Background(), call)
	failed(t, err, "refused", false, true)
	if n := public.Load(); n != 1 {
		t.Fatalf("%d calls arrived, want 1", n)
	}
	c.untouched(t)
}

func TestControlStopsEveryAddressThatIsNotPublic(t *testing.T) {
	g := newGuard(targets{})
	prefixes := []string{
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
		"192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
		"::/96", "::ffff:127.0.0.0/104", "::ffff:10.0.0.0/104", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64",
		"2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	}
	rapid.Check(t, func(t *rapid.T) {
		p := netip.MustParsePrefix(rapid.SampledFrom(prefixes).Draw(t, "prefix"))
		raw := p.Addr().As16()
		offset := 0
		if p.Addr().Is4() {
			offset = 96
		}
		for bit := offset + p.Bits(); bit < 128; bit++ {
			if rapid.Bool().Draw(t, "bit") {
				raw[bit/8] |= 1 << (7 - bit%8)
			}
		}
		addr := netip.AddrFrom16(raw)
		network := "tcp6"
		if p.Addr().Is4() {
			addr, network = addr.Unmap(), "tcp4"
		}
		at := netip.AddrPortFrom(addr, uint16(rapid.IntRange(1, 65535).Draw(t, "port"))).String()
		if err := g.control("x.example", false)(network, at, nil); err == nil {
			t.Fatalf("%s may be dialled", at)
		}
	})
}

func TestControlPermits(t *testing.T) {
	allowed, err := parseTargets([]string{"10.1.0.0/16", "::ffff:10.2.0.0/112", "192.168.1.5:8080", "[fd00::1]:99", "sink.local:80", "fd00::2"})
	if err != nil {
		t.Fatal(err)
	}
	g := newGuard(allowed)
	for _, c := range []struct {
		host, at string
		plain    bool
		want     bool
	}{
		{"a.example", "93.184.216.34:443", false, true},
		{"a.example", "93.184.216.34:80", true, false},
		{"a.example", "[2606:2800:220:1::1]:8443", false, true},
		{"a.example", "10.1.2.3:5", true, true},
		{"a.example", "[::ffff:10.1.2.3]:5", true, true},
		{"a.example", "10.2.2.3:5", false, true},
		{"a.example", "10.3.2.3:5", false, false},
		{"a.example", "192.168.1.5:8080", true, true},
		{"a.example", "192.168.1.5:8081", true, false},
		{"a.example", "[fd00::1]:99", false, true},
		{"a.example", "[fd00::1]:98", false, false},
		{"a.example", "[fd00::2]:98", true, true},
		{"sink.local", "127.0.0.1:80", true, true},
		{"sink.local", "127.0.0.1:81", true, false},
		{"other.local", "127.0.0.1:80", true, false},
	} {
		network := "tcp4"
		if strings.HasPrefix(c.at, "[") {
			network = "tcp6"
		}
		err := g.control(c.host, c.plain)(network, c.at, nil)
		if (err == nil) != c.want {
			t.Errorf("%s %s plain=%v: %v, want permitted %v", c.host, c.at, c.plain, err, c.want)
		}
	}
	for _, network := range []string{"udp4", "unix", "ip4:icmp"} {
		if g.control("x", false)(network, "93.184.216.34:443", nil) == nil {
			t.Errorf("%s is permitted", network)
		}
	}
}

func TestAllowTargetsNamesEveryBadEntry(t *testing.T) {
	_, err := New(Config{AllowTargets: []string{"10.0.0.0/8", "http://x:1", "nonsense", "10.0.0.0/99", "host:0", "host:99999", "a b:80", "", "sink.local:80"}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, bad := range []string{"http://x:1", "nonsense", "10.0.0.0/99", "host:0", "host:99999", "a b:80"} {
		if !strings.Contains(err.Error(), fmt.Sprintf("%q", bad)) {
			t.Errorf("%v does not name %q", err, bad)
		}
	}
	for _, good := range []string{"10.0.0.0/8", "sink.local"} {
		if strings.Contains(err.Error(), fmt.Sprintf("%q", good)) {
			t.Errorf("%v blames %q", err, good)
		}
	}
}

func TestAllowTargetsOpenOnlyWhatTheyName(t *testing.T) {
	c := newCanary(t)
	open := sinkAt(t, "127.0.0.3:0")
	dns := newNames(t)
	dns.set("sink.test", "127.0.0.3")
	dns.set("both.test", "127.0.0.3", "::1")
	client := newClient(t, Config{AllowTargets: []string{hostPort("127.0.0.3", open.port)}, Resolver: dns.resolver()})
	byName := newClient(t, Config{AllowTargets: []string{hostPort("SINK.test.", open.port)}, Resolver: dns.resolver()})
	for _, tc := range []struct {
		client *Client
		url    string
		ok     bool
	}{
		{client, fmt.Sprintf("http://127.0.0.3:%d/", open.port), true},
		{client, fmt.Sprintf("http://sink.test:%d/", open.port), true},
		{client, fmt.Sprintf("http://both.test:%d/", open.port), true}, // the refused half is left out
		{client, fmt.Sprintf("http://127.0.0.1:%d/", c.port), false},
		{client, fmt.Sprintf("http://sink.test:%d/", c.port), false},
		{byName, fmt.Sprintf("http://sink.test:%d/", open.port), true},
		{byName, fmt.Sprintf("http://sink.test.:%d/", open.port), true},
		{byName, fmt.Sprintf("http://both.test:%d/", open.port), false},
		{byName, fmt.Sprintf("http://127.0.0.3:%d/", open.port), false},
	} {
		resp, err := tc.client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: tc.url, Timeout: 5 * time.Second})
		if tc.ok && (err != nil || resp.Status != 200) {
			t.Errorf("%s: %v %v", tc.url, resp.Status, err)
		}
		if !tc.ok {
			se := failed(t, err, "refused", false, true)
			if !strings.Contains(se.Message, "ALLOW_TARGETS") {
				t.Errorf("%s: %q does not say how to permit it", tc.url, se.Message)
			}
		}
	}
	c.untouched(t)
}

func TestProxiesOfTheEnvironmentAreIgnored(t *testing.T) {
	c := newCanary(t)
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"} {
		t.Setenv(name, "http://"+hostPort("127.0.0.1", c.port))
	}
	t.Setenv("NO_PROXY", "")
	open := sinkAt(t, "127.0.0.3:0")
	// net/http never takes a proxy for loopback, so a name stands in for a host outside.
	dns := newNames(t)
	dns.set("shop.test", "127.0.0.3")
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.3"}, Resolver: dns.resolver()})
	resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: fmt.Sprintf("http://shop.test:%d/", open.port)})
	if err != nil || resp.Status != 200 {
		t.Fatal(resp.Status, err)
	}
	c.untouched(t)
}

func TestNoSecretOfAnAddressInAMessage(t *testing.T) {
	client := newClient(t, Config{})
	for _, raw := range []string{
		"https://127.0.0.1/s3cr3t?token=s3cr3t#s3cr3t", "http://example.com/s3cr3t?k=s3cr3t", "https://u:s3cr3t@example.com/",
		"s3cr3t://x", "https://exa mple/s3cr3t", "s3cr3t", "https://x:s3cr3t/", "mailto:s3cr3t",
	} {
		_, err := client.Send(context.Background(), nodes.HTTPRequest{URL: raw, Header: map[string][]string{"X-Key": {"s3cr3t"}}})
		if err == nil || strings.Contains(err.Error(), "s3cr3t") {
			t.Errorf("%s: %v", raw, err)
		}
	}
}

func TestCheckConnectsToNothing(t *testing.T) {
	c := newCanary(t)
	client := newClient(t, Config{AllowTargets: []string{hostPort("127.0.0.1", c.port)}})
	if err := client.Check(nodes.HTTPRequest{URL: fmt.Sprintf("http://127.0.0.1:%d/hook", c.port)}); err != nil {
		t.Error(err)
	}
	if err := client.Check(nodes.HTTPRequest{URL: "https://shop.example.com/hook"}); err != nil {
		t.Error(err)
	}
	failed(t, client.Check(nodes.HTTPRequest{URL: "https://10.0.0.1/"}), "refused", false, true)
	failed(t, client.Check(nodes.HTTPRequest{URL: "https://a.example/", Header: map[string][]string{"Host": {"b"}}}), "invalid", false, true)
	c.untouched(t)
}

func FuzzTarget(f *testing.F) {
	for _, s := range append(spellings, unreadable...) {
		f.Add(strings.ReplaceAll(s, "%d", "80"))
	}
	g := newGuard(targets{})
	f.Fuzz(func(t *testing.T, raw string) {
		to, refusal := g.target(raw)
		if refusal != nil {
			return
		}
		if to.url.User != nil || to.url.Scheme != "https" || to.plain || to.port == 0 || strings.ContainsAny(to.url.Host, "@\\/?# \r\n%") {
			t.Fatalf("%q became %q", raw, to.url)
		}
		if addr, err := netip.ParseAddr(to.host); err == nil && g.public.SafeAddr(addr.Unmap()) != nil {
			t.Fatalf("%q became %q", raw, to.url)
		}
	})
}
