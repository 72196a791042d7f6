package dispatch_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/hookloom/hookloom/engine/dispatch/dispatchtest"
	"github.com/hookloom/hookloom/test/service"
)

// rings proves that a bell works at an address.
func rings(t *testing.T, url string) {
	t.Helper()
	truth, queue := dispatchtest.NewTruth(), "test-"+uuid.NewString()
	worker, ringer := newAsynq(t, url, queue, 4, silent()), newAsynq(t, url, queue, 4, silent())
	begin(t, worker, truth)
	begin(t, ringer, nil)
	for what, b := range map[string]func() bool{"the worker": ready(worker), "the ringer": ready(ringer)} {
		eventually(t, what+" to be ready", b)
	}
	ringAll(worker, truth.Add(200))
	ringAll(ringer, truth.Add(200))
	truth.AwaitDone(t)
	if worker.Ready(context.Background()) != nil || ringer.Ready(context.Background()) != nil {
		t.Error("a bell lost Redis on the way")
	}
}

func TestAsynqOnTLSWithPassword(t *testing.T) {
	dir := t.TempDir()
	selfSigned(t, dir)
	s := service.ReserveRedis(t)
	_, port, _ := net.SplitHostPort(s.Addr)
	s.Start(t, "--port", "0", "--tls-port", port, "--tls-auth-clients", "no", "--requirepass", "s3cr/t@",
		"--tls-cert-file", filepath.Join(dir, "cert.pem"), "--tls-key-file", filepath.Join(dir, "key.pem"),
		"--tls-ca-cert-file", filepath.Join(dir, "cert.pem"))
	rings(t, "rediss://:s3cr%2Ft%40@"+s.Addr+"/2?skip_verify=true")

	unverified := newAsynq(t, "rediss://:s3cr%2Ft%40@"+s.Addr, "q", 1, silent())
	begin(t, unverified, nil)
	if err := unverified.Ready(context.Background()); err == nil || strings.Contains(err.Error(), "s3cr") {
		t.Errorf("with a certificate that nobody signed, ready says %v", err)
	}
}

func TestAsynqWithTheWrongPassword(t *testing.T) {
	s := service.StartRedis(t, "--requirepass", "right")
	b := newAsynq(t, "redis://:hunter2@"+s.Addr, "q", 1, silent())
	begin(t, b, nil)
	err := b.Ready(context.Background())
	if err == nil || !strings.Contains(err.Error(), "WRONGPASS") || strings.Contains(err.Error(), "hunter2") {
		t.Errorf("ready says %v, want WRONGPASS and no password", err)
	}
}

func TestAsynqOnCluster(t *testing.T) {
	s, bus := service.ReserveRedis(t), service.ReserveRedis(t)
	_, busPort, _ := net.SplitHostPort(bus.Addr)
	s.Start(t, "--cluster-enabled", "yes", "--cluster-port", busPort, "--cluster-announce-ip", "127.0.0.1")
	c := open(t, s.URL())
	if err := c.ClusterAddSlotsRange(context.Background(), 0, 16383).Err(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the cluster to be formed", func() bool {
		info, _ := c.ClusterInfo(context.Background()).Result()
		return strings.Contains(info, "cluster_state:ok")
	})
	rings(t, "redis-cluster://"+s.Addr)
	rings(t, "redis://"+s.Addr+","+s.Addr)
}

func TestAsynqOnSentinel(t *testing.T) {
	s := service.StartRedis(t)
	host, port, _ := net.SplitHostPort(s.Addr)
	conf := filepath.Join(t.TempDir(), "sentinel.conf")
	text := fmt.Sprintf("sentinel monitor main %s %s 1\n", host, port)
	if err := os.WriteFile(conf, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	watch := service.StartRedis(t, conf, "--sentinel")
	rings(t, "redis-sentinel://"+watch.Addr+","+watch.Addr+"/1?master=main")
}

// selfSigned writes a certificate for 127.0.0.1 and its key.
func selfSigned(t *testing.T, dir string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	cert := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "Redis of a test"},
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, cert, cert, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	write := func(name, kind string, der []byte) {
		raw := pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
		if err := os.WriteFile(filepath.Join(dir, name), raw, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("cert.pem", "CERTIFICATE", der)
	write("key.pem", "PRIVATE KEY", secret)
}
