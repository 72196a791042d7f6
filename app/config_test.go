package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/secret"
)

func TestConfigDefaultsAndEmptyValues(t *testing.T) {
	// docker compose passes variables that are not set as empty ones.
	c, err := LoadConfig([]string{"PUBLIC_URL=", "TRUSTED_PROXIES=", "ALLOW_TARGETS=", "PORT=", "RATE_LIMIT=", "LOG_LEVEL="})
	if err != nil {
		t.Fatal(err)
	}
	if c.Host != "127.0.0.1" || c.Port != 8080 || c.MaxBodyBytes != 1<<20 || c.LogLevel != "info" || len(c.TrustedProxies) != 0 || len(c.AllowTargets) != 0 {
		t.Errorf("got %+v", c)
	}
	if got := c.BaseURL("127.0.0.1:8080"); got != "http://127.0.0.1:8080" {
		t.Errorf("base address %s", got)
	}
}

func TestConfigReportsAllProblemsAtOnce(t *testing.T) {
	_, err := LoadConfig([]string{
		"PORT=70000", "PUBLIC_URL=hooks.example.com", "DATABASE_URL=mysql://x", "LOG_LEVEL=loud", "RETENTION_DAYS=0",
		"TRUSTED_PROXIES=nonsense", "BOOTSTRAP_EMAIL=a@example.com", "REDIS_URL=http://cache", "ALLOW_TARGETS=bad//x",
		"UI_DIR=/no/such/folder", "HOOKLOOM_URL=localhost:8080",
		"OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317", "OTEL_EXPORTER_OTLP_HEADERS=key", "OTEL_TRACES_SAMPLER_ARG=2",
	})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, name := range []string{"PORT", "PUBLIC_URL", "DATABASE_URL", "ENCRYPTION_KEY", "LOG_LEVEL", "RETENTION_DAYS", "TRUSTED_PROXIES", "BOOTSTRAP_PASSWORD",
		"REDIS_URL", "ALLOW_TARGETS", "UI_DIR", "HOOKLOOM_URL", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS", "OTEL_TRACES_SAMPLER_ARG"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%s is not named in: %v", name, err)
		}
	}
}

func TestConfigNamesUnreadableNumbersInPlainWords(t *testing.T) {
	_, err := LoadConfig([]string{"PORT=abc", "RATE_LIMIT=fast", "LOG_LEVEL=loud"})
	if err == nil {
		t.Fatal("accepted")
	}
	for _, want := range []string{`PORT must be a whole number, not "abc"`, `RATE_LIMIT must be a number, not "fast"`, "LOG_LEVEL"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in: %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "strconv") || strings.Contains(err.Error(), "int") {
		t.Errorf("Go's words: %v", err)
	}
}

func TestConfigRefusesAKeyThatIsNone(t *testing.T) {
	const canary = "canary-4711"
	_, err := LoadConfig([]string{"ENCRYPTION_KEY=" + canary})
	if err == nil || !strings.Contains(err.Error(), "ENCRYPTION_KEY") || strings.Contains(err.Error(), canary) {
		t.Errorf("it says %v", err)
	}
}

func TestConfigReadsSecretsFromFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(path, []byte("s3cret-key-in-a-file\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := LoadConfig([]string{"BOOTSTRAP_API_KEY_FILE=" + path})
	if err != nil || c.BootstrapAPIKey != "s3cret-key-in-a-file" {
		t.Errorf("got %q, %v", c.BootstrapAPIKey, err)
	}
	if _, err := LoadConfig([]string{"BOOTSTRAP_API_KEY=a", "BOOTSTRAP_API_KEY_FILE=" + path}); err == nil {
		t.Error("both were accepted")
	}
}

func TestConfigMasksSecrets(t *testing.T) {
	const canary = "canary-4711"
	key := secret.GenerateKey().Encode()
	c, err := LoadConfig([]string{
		"DATABASE_URL=postgres://app:" + canary + "@db/hookloom", "REDIS_URL=redis://:" + canary + "@cache", "METRICS_TOKEN=" + canary,
		"ENCRYPTION_KEY=" + key, "BOOTSTRAP_API_KEY=" + canary,
		"OTEL_EXPORTER_OTLP_HEADERS=x-key=" + canary,
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range Variables() {
		if shown := c.Shown(v); strings.Contains(shown, canary) || strings.Contains(shown, key) {
			t.Errorf("%s shows its secret: %s", v.Name, c.Shown(v))
		}
	}
}
