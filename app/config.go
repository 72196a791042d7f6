package app

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/caarlos0/env/v11"

	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/engine/secret"
)

// Config is everything that the environment says. Each variable may also be
// given as NAME_FILE, the path of a file that holds the value.
type Config struct {
	Host      string `env:"HOST" envDefault:"127.0.0.1" desc:"address to listen on"`
	Port      int    `env:"PORT" envDefault:"8080" desc:"port to listen on; 0 takes a free one"`
	PublicURL string `env:"PUBLIC_URL" desc:"address under which senders reach this server; default http://HOST:PORT"`
	DataDir   string `env:"DATA_DIR" envDefault:"./data" desc:"folder of the embedded database and of the generated key"`

	DatabaseURL   string `env:"DATABASE_URL" secret:"url" desc:"postgres://...; default: SQLite in DATA_DIR"`
	RedisURL      string `env:"REDIS_URL" secret:"url" desc:"redis://, rediss://, redis-sentinel:// or redis-cluster://; default: in process"`
	EncryptionKey string `env:"ENCRYPTION_KEY" secret:"all" desc:"32 bytes in hex or base64; generated into DATA_DIR for SQLite, required with PostgreSQL"`

	WorkerConcurrency int      `env:"WORKER_CONCURRENCY" envDefault:"0" desc:"runs at once in this process; 0: 32 a core, at most 128"`
	TrustedProxies    []string `env:"TRUSTED_PROXIES" desc:"CIDRs of proxies whose X-Forwarded-For is believed"`
	AllowTargets      []string `env:"ALLOW_TARGETS" desc:"CIDRs or host:port that steps may call although private or plain http"`
	MaxBodyBytes      int64    `env:"MAX_BODY_BYTES" envDefault:"1048576" desc:"largest webhook body"`
	RateLimit         float64  `env:"RATE_LIMIT" envDefault:"10000" desc:"requests a second that one trigger address takes; 0: no limit"`
	RetentionDays     int      `env:"RETENTION_DAYS" envDefault:"90" desc:"days that finished runs and requests are kept"`

	SMTPURL string `env:"SMTP_URL" secret:"url" desc:"smtp://user:password@host:587?from=hookloom@example.com, or smtps://; default: e-mails stay in the outbox"`

	MetricsToken string  `env:"METRICS_TOKEN" secret:"all" desc:"bearer token of /metrics; default: loopback only"`
	LogLevel     string  `env:"LOG_LEVEL" envDefault:"info" desc:"debug, info, warn or error"`
	LogFormat    string  `env:"LOG_FORMAT" desc:"text or json; default: text on a terminal"`
	OTLPEndpoint string  `env:"OTEL_EXPORTER_OTLP_ENDPOINT" desc:"collector of OpenTelemetry traces that takes OTLP over HTTP, http://collector:4318; default: no traces"`
	OTLPHeaders  string  `env:"OTEL_EXPORTER_OTLP_HEADERS" secret:"all" desc:"headers for the collector, name=value with commas between"`
	OTLPService  string  `env:"OTEL_SERVICE_NAME" envDefault:"hookloom" desc:"name of this program in traces"`
	TraceRatio   float64 `env:"OTEL_TRACES_SAMPLER_ARG" envDefault:"1" desc:"part of all traces that is kept, 0 to 1"`
	UIDir        string  `env:"UI_DIR" desc:"folder of a built UI to serve instead of the one inside"`

	BootstrapEmail    string `env:"BOOTSTRAP_EMAIL" desc:"e-mail of the first owner, used while no user exists"`
	BootstrapPassword string `env:"BOOTSTRAP_PASSWORD" secret:"all" desc:"password of the first owner"`
	BootstrapAPIKey   string `env:"BOOTSTRAP_API_KEY" secret:"all" desc:"an owner's API key of all workspaces, used while no user exists"`

	URL       string `env:"HOOKLOOM_URL" desc:"server that commands talk to; default: the one running on DATA_DIR"`
	APIKey    string `env:"HOOKLOOM_API_KEY" secret:"all" desc:"API key of commands; default: the local server's own"`
	Workspace string `env:"HOOKLOOM_WORKSPACE" envDefault:"main" desc:"workspace, by id or slug, of commands"`

	// CrashAt ends the process at a named place, for the crash tests.
	CrashAt string `env:"HOOKLOOM_TEST_CRASH_AT" desc:"crash tests only: SITE or SITE:N ends the process there"`
}

// LoadConfig reads and checks the environment and reports all that is wrong at
// once.
func LoadConfig(environ []string) (Config, error) {
	var c Config
	vars, err := withFiles(env.ToMap(environ))
	if err != nil {
		return c, err
	}
	unreadable := env.ParseWithOptions(&c, env.Options{Environment: vars})
	return c, errors.Join(inWords(unreadable, vars), c.check())
}

// inWords says which variables cannot be read and what they must be.
func inWords(err error, vars map[string]string) error {
	var all env.AggregateError
	if err == nil || !errors.As(err, &all) {
		return err
	}
	var errs []error
	for _, one := range all.Errors {
		var wrong env.ParseError
		if !errors.As(one, &wrong) {
			errs = append(errs, one)
			continue
		}
		field, _ := reflect.TypeFor[Config]().FieldByName(wrong.Name)
		name, what := field.Tag.Get("env"), "be of another form"
		switch wrong.Type.Kind() {
		case reflect.Int, reflect.Int64:
			what = "be a whole number"
		case reflect.Float64:
			what = "be a number"
		}
		errs = append(errs, fmt.Errorf("%s must %s, not %.40q", name, what, vars[name]))
	}
	return errors.Join(errs...)
}

// withFiles replaces NAME_FILE by NAME with the file's content, for the names
// that Config knows.
func withFiles(vars map[string]string) (map[string]string, error) {
	var errs []error
	for _, o := range Variables() {
		path, ok := vars[o.Name+"_FILE"]
		if !ok || path == "" {
			continue
		}
		if vars[o.Name] != "" {
			errs = append(errs, fmt.Errorf("%s and %s_FILE are both set: keep one", o.Name, o.Name))
			continue
		}
		content, err := os.ReadFile(path)
		if err != nil {
			errs = append(errs, fmt.Errorf("%s_FILE: %w", o.Name, err))
			continue
		}
		vars[o.Name] = strings.TrimRight(string(content), "\r\n")
	}
	return vars, errors.Join(errs...)
}

//nolint:gocognit // one rule after the other
func (c *Config) check() error {
	var errs []error
	problem := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if c.Port < 0 || c.Port > 65535 {
		problem("PORT must be between 0 and 65535, not %d", c.Port)
	}
	if c.MaxBodyBytes < 1024 || c.MaxBodyBytes > 64<<20 {
		problem("MAX_BODY_BYTES must be between 1024 and %d, not %d", 64<<20, c.MaxBodyBytes)
	}
	if c.RateLimit < 0 {
		problem("RATE_LIMIT can't be negative: 0 means no limit")
	}
	if c.SMTPURL != "" {
		if _, err := mail.ParseSMTP(c.SMTPURL); err != nil {
			problem("SMTP_URL %w", err)
		}
	}
	if c.RetentionDays < 1 {
		problem("RETENTION_DAYS must be at least 1, not %d", c.RetentionDays)
	}
	if c.WorkerConcurrency < 0 || c.WorkerConcurrency > 1000 {
		problem("WORKER_CONCURRENCY must be between 0 and 1000, not %d", c.WorkerConcurrency)
	}
	if c.PublicURL != "" && !isAddress(c.PublicURL) {
		problem("PUBLIC_URL must look like https://hooks.example.com, not %q", c.PublicURL)
	}
	if c.DatabaseURL != "" && !strings.HasPrefix(c.DatabaseURL, "postgres://") && !strings.HasPrefix(c.DatabaseURL, "postgresql://") {
		problem("DATABASE_URL must begin with postgres://; leave it out for the embedded SQLite")
	}
	if c.DatabaseURL != "" && c.EncryptionKey == "" {
		problem("ENCRYPTION_KEY is required with PostgreSQL: make one with `openssl rand -hex 32` and keep it safe")
	}
	if c.EncryptionKey != "" {
		if _, err := secret.ParseKey(c.EncryptionKey); err != nil {
			problem("ENCRYPTION_KEY: %w", err)
		}
	}
	if c.RedisURL != "" {
		if err := dispatch.CheckRedisURL(c.RedisURL); err != nil {
			problem("REDIS_URL: %w", err)
		}
	}
	if err := egress.CheckTargets(c.AllowTargets); err != nil {
		problem("ALLOW_TARGETS: %w", err)
	}
	if c.UIDir != "" {
		if _, err := os.Stat(filepath.Join(c.UIDir, "index.html")); err != nil {
			problem("UI_DIR must be a folder with a built UI: %w", err)
		}
	}
	if c.URL != "" && !isAddress(c.URL) {
		problem("HOOKLOOM_URL must look like https://hooks.example.com, not %q", c.URL)
	}
	for _, proxy := range c.TrustedProxies {
		if _, err := netip.ParsePrefix(proxy); err != nil {
			if _, err := netip.ParseAddr(proxy); err != nil {
				problem("TRUSTED_PROXIES: %q is no address or CIDR", proxy)
			}
		}
	}
	if !isOneOf(c.LogLevel, "debug", "info", "warn", "error") {
		problem("LOG_LEVEL must be debug, info, warn or error, not %q", c.LogLevel)
	}
	if !isOneOf(c.LogFormat, "", "text", "json") {
		problem("LOG_FORMAT must be text or json, not %q", c.LogFormat)
	}
	if c.OTLPEndpoint != "" && !isAddress(c.OTLPEndpoint) {
		problem("OTEL_EXPORTER_OTLP_ENDPOINT must look like http://collector:4318, not %q", c.OTLPEndpoint)
	}
	if c.TraceRatio < 0 || c.TraceRatio > 1 {
		problem("OTEL_TRACES_SAMPLER_ARG must be between 0 and 1, not %v", c.TraceRatio)
	}
	if _, err := headersOf(c.OTLPHeaders); err != nil {
		problem("OTEL_EXPORTER_OTLP_HEADERS %w", err)
	}
	if (c.BootstrapEmail == "") != (c.BootstrapPassword == "") {
		problem("BOOTSTRAP_EMAIL and BOOTSTRAP_PASSWORD belong together")
	}
	return errors.Join(errs...)
}

// headersOf reads "name=value,other=value" with values as in an address, as
// OpenTelemetry writes it. Errors never hold a value.
func headersOf(text string) (map[string]string, error) {
	headers := map[string]string{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, v, ok := strings.Cut(part, "=")
		plain, err := url.PathUnescape(strings.TrimSpace(v))
		if name = strings.TrimSpace(name); !ok || name == "" || err != nil {
			return nil, errors.New("must look like name=value,other=value")
		}
		headers[name] = plain
	}
	return headers, nil
}

// isAddress reports whether the text is the http or https address of a server.
func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func isOneOf(v string, known ...string) bool {
	return slices.Contains(known, v)
}

// Concurrency is how many runs this process works on at once.
func (c Config) Concurrency() int {
	if c.WorkerConcurrency > 0 {
		return c.WorkerConcurrency
	}
	return min(128, 32*runtime.GOMAXPROCS(0))
}

// BaseURL is PUBLIC_URL without a trailing slash, or the address that the
// server listens on.
func (c Config) BaseURL(listening string) string {
	if c.PublicURL != "" {
		return strings.TrimRight(c.PublicURL, "/")
	}
	return "http://" + listening
}

// LocalFile is where a running server leaves its address and key for the
// commands of the same user.
func (c Config) LocalFile() string { return filepath.Join(c.DataDir, "local.json") }

// Variable is one variable of Config, for help and for `hookloom config`.
type Variable struct {
	Name    string
	Default string
	Help    string
	// Secret is "all" for values that are never shown and "url" for addresses
	// whose password is not.
	Secret string
	index  int
}

// Variables lists the variables in the order of Config.
func Variables() []Variable {
	t := reflect.TypeFor[Config]()
	variables := make([]Variable, t.NumField())
	for i := range variables {
		tag := t.Field(i).Tag
		variables[i] = Variable{tag.Get("env"), tag.Get("envDefault"), tag.Get("desc"), tag.Get("secret"), i}
	}
	return variables
}

// Shown is the effective value of a variable with secrets masked.
func (c Config) Shown(o Variable) string {
	var text string
	switch v := reflect.ValueOf(c).Field(o.index).Interface().(type) {
	case string:
		text = v
	case []string:
		text = strings.Join(v, ",")
	case float64:
		text = strconv.FormatFloat(v, 'f', -1, 64)
	default:
		text = fmt.Sprint(v)
	}
	if text == "" {
		return ""
	}
	switch o.Secret {
	case "all":
		return "***"
	case "url":
		if u, err := url.Parse(text); err == nil {
			return u.Redacted()
		}
		return "***"
	}
	return text
}
