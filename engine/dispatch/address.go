package dispatch

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"
)

// addressForms is what an error about REDIS_URL offers.
const addressForms = "redis://[user:password@]host:6379[/db], rediss://… for TLS, " +
	"redis-sentinel://[user:password@]host:26379,host:26379[/db]?master=name, " +
	"redis-cluster://[user:password@]host:6379,host:6379 or unix:///path?db=0"

// OpenRedis makes a client for a REDIS_URL. It does not connect. Errors never
// repeat the URL, which may hold a password.
//
// Forms:
//
//	redis://[user:password@]host[:port][/db]
//	redis-sentinel://[user:password@]host[:port],…[/db]?master=name
//	redis-cluster://[user:password@]host[:port],…
//	unix://[user:password@]/path[?db=n]
//
// The schemes rediss, rediss-sentinel and rediss-cluster speak TLS 1.2 or
// later; skip_verify=true accepts any certificate. Several hosts under redis or
// rediss are a cluster. User and password are those of the data nodes; Sentinels
// that want their own take sentinel_username and sentinel_password. The cluster
// has no databases but 0.
func OpenRedis(rawURL string) (redis.UniversalClient, error) {
	opts, err := parseRedisURL(rawURL)
	if err != nil {
		return nil, err
	}
	quietRedis()
	return redis.NewUniversalClient(opts), nil
}

// CheckRedisURL says what is wrong with an address that OpenRedis would not take.
// It calls nobody.
func CheckRedisURL(rawURL string) error {
	_, err := parseRedisURL(rawURL)
	return err
}

// parseRedisURL reads an address by hand, because net/url refuses several hosts
// with ports, which Sentinel and Cluster addresses have.
func parseRedisURL(raw string) (*redis.UniversalOptions, error) {
	scheme, rest, ok := strings.Cut(strings.TrimSpace(raw), "://")
	if !ok {
		return nil, errors.New("the Redis address has no scheme; it should look like " + addressForms)
	}
	rest, query, _ := strings.Cut(rest, "?")
	authority, path, _ := strings.Cut(rest, "/")
	opts := baseOptions()

	kind, secure := strings.ToLower(scheme), false
	if after, tls := strings.CutPrefix(kind, "rediss"); tls {
		kind, secure = "redis"+after, true
	}
	if err := readUser(opts, &authority); err != nil {
		return nil, err
	}
	if err := readQuery(opts, query, secure); err != nil {
		return nil, err
	}
	switch kind {
	case "unix", "redis-socket":
		if path == "" || authority != "" {
			return nil, errors.New("the Redis address names no socket; it should look like unix:///run/redis.sock?db=0")
		}
		opts.Addrs = []string{"/" + path}
		return opts, nil
	case "redis", "redis-sentinel", "redis-cluster":
	default:
		return nil, fmt.Errorf("the Redis address has the unknown scheme %q; it should look like %s", scheme, addressForms)
	}
	return opts, readHosts(opts, kind, authority, path)
}

// baseOptions is what every client of ours has in common.
func baseOptions() *redis.UniversalOptions {
	return &redis.UniversalOptions{
		// RESP 2 without CLIENT SETINFO is understood by every server and
		// managed service, and spares round trips at each connection.
		Protocol:        2,
		DisableIdentity: true,
		// Short, because nothing waits for Redis: rings are dropped, and runs go
		// on from the database.
		DialTimeout:           2 * time.Second,
		DialerRetries:         1,
		ReadTimeout:           3 * time.Second,
		WriteTimeout:          3 * time.Second,
		MaxRetries:            1,
		ContextTimeoutEnabled: true,
		// Messages are small; the defaults of 32 KiB and 128 KiB a connection
		// would only cost memory.
		ReadBufferSize:          4 << 10,
		WriteBufferSize:         4 << 10,
		PipelineReadBufferSize:  16 << 10,
		PipelineWriteBufferSize: 32 << 10,
		PipelinePoolSize:        4,
	}
}

// readUser takes "user:password@" off the authority.
func readUser(opts *redis.UniversalOptions, authority *string) error {
	at := strings.LastIndexByte(*authority, '@')
	if at < 0 {
		return nil
	}
	user, password, _ := strings.Cut((*authority)[:at], ":")
	*authority = (*authority)[at+1:]
	var err error
	if opts.Username, err = url.PathUnescape(user); err != nil {
		return errors.New("the user in the Redis address is not percent-encoded as URLs are")
	}
	if opts.Password, err = url.PathUnescape(password); err != nil {
		return errors.New("the password in the Redis address is not percent-encoded as URLs are")
	}
	return nil
}

func readQuery(opts *redis.UniversalOptions, query string, secure bool) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return errors.New("the options after ? in the Redis address are not encoded as URLs are")
	}
	if secure {
		// Without a ServerName the certificate is held against each node's host.
		opts.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	for name := range values {
		value := values.Get(name)
		switch name {
		case "master", "master_name":
			opts.MasterName = value
		case "sentinel_username":
			opts.SentinelUsername = value
		case "sentinel_password":
			opts.SentinelPassword = value
		case "db":
			if opts.DB, err = database(value); err != nil {
				return err
			}
		case "skip_verify":
			skip, err := strconv.ParseBool(value)
			if err != nil || !secure {
				return errors.New("skip_verify in the Redis address is true or false, and only for rediss addresses")
			}
			opts.TLSConfig.InsecureSkipVerify = skip
		default:
			return fmt.Errorf("the Redis address has the unknown option %q; known are master, sentinel_username, sentinel_password, db and skip_verify", name)
		}
	}
	return nil
}

func readHosts(opts *redis.UniversalOptions, kind, authority, path string) error {
	port := "6379"
	if kind == "redis-sentinel" {
		port = "26379"
	}
	for host := range strings.SplitSeq(authority, ",") {
		addr, err := hostPort(strings.TrimSpace(host), port)
		if err != nil {
			return err
		}
		opts.Addrs = append(opts.Addrs, addr)
	}
	if path = strings.Trim(path, "/"); path != "" {
		var err error
		if opts.DB, err = database(path); err != nil {
			return err
		}
	}
	opts.IsClusterMode = kind == "redis-cluster" || kind == "redis" && len(opts.Addrs) > 1
	switch {
	case kind == "redis-sentinel" && opts.MasterName == "":
		return errors.New("the Redis address names Sentinels but no master; add ?master=name")
	case kind != "redis-sentinel" && opts.MasterName != "":
		return errors.New("the Redis address has a master but no Sentinels; it should begin with redis-sentinel://")
	case opts.IsClusterMode && opts.DB != 0:
		return errors.New("the Redis address has a database number, but a cluster has none but 0")
	}
	return nil
}

// hostPort checks one host and adds the port when it has none.
func hostPort(s, port string) (string, error) {
	if s == "" {
		return "", errors.New("the Redis address has an empty host")
	}
	bare := strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") || !strings.Contains(s, ":")
	if bare {
		return net.JoinHostPort(strings.Trim(s, "[]"), port), nil
	}
	host, given, err := net.SplitHostPort(s)
	if err != nil || host == "" {
		return "", errors.New("a host in the Redis address is not host:port")
	}
	if n, err := strconv.ParseUint(given, 10, 16); err != nil || n == 0 {
		return "", fmt.Errorf("the Redis address has the port %q, which is no number from 1 to 65535", given)
	}
	return net.JoinHostPort(host, given), nil
}

func database(s string) (int, error) {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("the Redis address has the database %q, which is no number", s)
	}
	return int(n), nil
}

// describeRedis names the servers of an address for logs, without secrets.
func describeRedis(opts *redis.UniversalOptions) string {
	addrs := slices.Clone(opts.Addrs)
	switch {
	case opts.MasterName != "":
		return "sentinel " + opts.MasterName + " at " + strings.Join(addrs, ",")
	case opts.IsClusterMode:
		return "cluster at " + strings.Join(addrs, ",")
	}
	return strings.Join(addrs, ",")
}
