package egress

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// authority signs certificates that the tests' clients trust.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t testing.TB) *authority {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, tmpl, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	return &authority{cert, key, pool}
}

// issue makes a certificate for 127.0.0.1 that edit may spoil.
func (a *authority) issue(t testing.TB, edit func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	tmpl := &x509.Certificate{
		SerialNumber: big.NewInt(2), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{"shop.test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
	}
	edit(tmpl)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.CreateCertificate(rand.Reader, tmpl, a.cert, &key.PublicKey, a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func secureSink(t testing.TB, cfg *tls.Config, h http.HandlerFunc) *httptest.Server {
	s := httptest.NewUnstartedServer(h)
	s.TLS = cfg
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	t.Cleanup(s.Close)
	return s
}

func TestCertificatesAreChecked(t *testing.T) {
	ca, stranger := newAuthority(t), newAuthority(t)
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, RootCAs: ca.pool})
	var calls atomic.Int64
	for name, tc := range map[string]struct {
		cfg  *tls.Config
		says string
	}{
		"good":    {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(*x509.Certificate) {})}}, ""},
		"expired": {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(c *x509.Certificate) { c.NotAfter = time.Now().Add(-time.Minute) })}}, "expired"},
		"too new": {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(c *x509.Certificate) { c.NotBefore = time.Now().Add(time.Minute) })}}, "not valid yet"},
		"other host": {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(c *x509.Certificate) { c.IPAddresses, c.DNSNames = nil, []string{"other.test"} })}},
			"another name"},
		"unknown authority": {&tls.Config{Certificates: []tls.Certificate{stranger.issue(t, func(*x509.Certificate) {})}}, "not signed by an authority"},
		"old version": {&tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(*x509.Certificate) {})}, MaxVersion: tls.VersionTLS11, MinVersion: tls.VersionTLS10},
			"No encrypted connection"},
	} {
		t.Run(name, func(t *testing.T) {
			s := secureSink(t, tc.cfg, func(http.ResponseWriter, *http.Request) { calls.Add(1) })
			resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL, Body: []byte("x")})
			if tc.says == "" {
				if err != nil || resp.Status != 200 {
					t.Fatal(resp.Status, err)
				}
				return
			}
			if se := failed(t, err, "tls", false, false); !strings.Contains(se.Message, tc.says) {
				t.Errorf("%q does not say %q", se.Message, tc.says)
			}
		})
	}
	if n := calls.Load(); n != 1 {
		t.Errorf("%d calls arrived, want only the good one", n)
	}
}

func TestHTTPSToAServerWithoutIt(t *testing.T) {
	s := sink(t, func(http.ResponseWriter, *http.Request) { t.Error("called") })
	_, err := loopback(t).Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: strings.Replace(s.URL, "http:", "https:", 1)})
	if se := failed(t, err, "tls", false, false); !strings.Contains(se.Message, "does not speak https") {
		t.Error(se.Message)
	}

	closes := rawSink(t, func(net.Conn) {})
	_, err = loopback(t).Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: strings.Replace(closes, "http:", "https:", 1)})
	failed(t, err, "tls", false, false)
}

func TestHTTP2IsUsedAndIdempotencyKeysArrive(t *testing.T) {
	ca := newAuthority(t)
	s := secureSink(t, &tls.Config{Certificates: []tls.Certificate{ca.issue(t, func(*x509.Certificate) {})}}, func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 2 || r.Header.Get("Idempotency-Key") != "k1" {
			t.Errorf("%s %v", r.Proto, r.Header)
		}
		if r.URL.Path == "/abort" {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.Copy(w, r.Body)
	})
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, RootCAs: ca.pool})
	call := nodes.HTTPRequest{Method: "POST", URL: s.URL, Body: []byte("x"), Header: http.Header{"Idempotency-Key": {"k1"}}}
	resp, err := client.Send(context.Background(), call)
	if err != nil || string(resp.Body) != "x" {
		t.Fatal(resp, err)
	}
	call.URL += "/abort"
	_, err = client.Send(context.Background(), call)
	failed(t, err, "reset", true, false)
}
