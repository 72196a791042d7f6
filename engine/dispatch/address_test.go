package dispatch

import (
	"strings"
	"testing"
)

func TestParseRedisURL(t *testing.T) {
	tests := []struct {
		url, want string // want: see show
	}{
		{"redis://localhost:6379", "localhost:6379"},
		{"redis://cache", "cache:6379"},
		{" redis://:p%40ss@cache:1234/5 ", "cache:1234 password=p@ss db=5"},
		{"redis://default:a:b@cache", "cache:6379 user=default password=a:b"},
		{"redis://u:p@ss@cache", "cache:6379 user=u password=p@ss"},
		{"redis://[::1]", "[::1]:6379"},
		{"redis://[::1]:7000/", "[::1]:7000"},
		{"rediss://cache:6380", "cache:6380 tls"},
		{"rediss://cache?skip_verify=true", "cache:6379 tls unverified"},
		{"REDIS://cache?db=3", "cache:6379 db=3"},
		{"redis://a:1,b:2", "a:1,b:2 cluster"},
		{"redis-cluster://a", "a:6379 cluster"},
		{"rediss-cluster://u:p@a,b:7001", "a:6379,b:7001 cluster user=u password=p tls"},
		{"redis-sentinel://a,b:1,c/2?master=main", "a:26379,b:1,c:26379 master=main db=2"},
		{"redis-sentinel://:pw@a:26379?master_name=m&sentinel_username=su&sentinel_password=sp",
			"a:26379 master=m password=pw sentinel=su/sp"},
		{"rediss-sentinel://a?master=m", "a:26379 master=m tls"},
		{"unix:///run/redis.sock?db=1", "/run/redis.sock db=1"},
		{"redis-socket://:pw@/run/redis.sock", "/run/redis.sock password=pw"},
	}
	for _, tt := range tests {
		got, err := show(tt.url)
		if err != nil || got != tt.want {
			t.Errorf("%s:\n got %s, %v\nwant %s", tt.url, got, err, tt.want)
		}
	}
}

func show(url string) (string, error) {
	o, err := parseRedisURL(url)
	if err != nil {
		return "", err
	}
	s := strings.Join(o.Addrs, ",")
	add := func(on bool, text string) {
		if on {
			s += " " + text
		}
	}
	add(o.IsClusterMode, "cluster")
	add(o.MasterName != "", "master="+o.MasterName)
	add(o.Username != "", "user="+o.Username)
	add(o.Password != "", "password="+o.Password)
	add(o.SentinelUsername+o.SentinelPassword != "", "sentinel="+o.SentinelUsername+"/"+o.SentinelPassword)
	add(o.DB != 0, "db="+string(rune('0'+o.DB)))
	add(o.TLSConfig != nil, "tls")
	add(o.TLSConfig != nil && o.TLSConfig.InsecureSkipVerify, "unverified")
	return s, nil
}

func TestParseRedisURLRefuses(t *testing.T) {
	tests := []struct{ url, says string }{
		{"", "no scheme"},
		{"localhost:6379", "no scheme"},
		{"http://:hunter2@cache", "unknown scheme"},
		{"redis://", "empty host"},
		{"redis://:hunter2@", "empty host"},
		{"redis://:hunter2@a,,b", "empty host"},
		{"redis://:hunter2@cache:port", "port"},
		{"redis://:hunter2@cache:0", "port"},
		{"redis://:hunter2@cache:70000", "port"},
		{"redis://:hunter2@::1", "host:port"},
		{"redis://:hunter2@cache/zero", "database"},
		{"redis://:hunter2@cache/-1", "database"},
		{"redis://:hunter2@cache?protocol=3", "unknown option \"protocol\""},
		{"redis://:hunter2@cache?skip_verify=true", "skip_verify"},
		{"rediss://:hunter2@cache?skip_verify=perhaps", "skip_verify"},
		{"redis://:hunter2@cache?a;b", "encoded"},
		{"redis://:hunter2%zz@cache", "percent-encoded"},
		{"redis://%zz:hunter2@cache", "percent-encoded"},
		{"redis://:hunter2@cache?master=m", "redis-sentinel://"},
		{"redis-sentinel://:hunter2@a,b", "master"},
		{"redis-cluster://:hunter2@a/1", "cluster"},
		{"redis://:hunter2@a,b/1", "cluster"},
		{"unix://", "socket"},
		{"unix://:hunter2@host/path", "socket"},
	}
	for _, tt := range tests {
		_, err := OpenRedis(tt.url)
		if err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%q: error %v, want one that says %q", tt.url, err, tt.says)
		}
		if err != nil && strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%q: the error tells the password: %v", tt.url, err)
		}
	}
}

func FuzzParseRedisURL(f *testing.F) {
	for _, url := range []string{"redis://:p@h:1/2?db=3", "rediss-sentinel://a,b?master=m", "unix:///x", "redis://[::1]:1,b"} {
		f.Add(url)
	}
	f.Fuzz(func(t *testing.T, url string) {
		o, err := parseRedisURL(url)
		if err == nil && (len(o.Addrs) == 0 || describeRedis(o) == "") {
			t.Errorf("%q is accepted without an address", url)
		}
	})
}
