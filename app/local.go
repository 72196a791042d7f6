package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/secret"
)

// local is how commands of the same user find the running server.
type local struct {
	URL string `json:"url"`
	Key string `json:"key"`
}

// writeLocal leaves the server's address and a key of this start for commands,
// readable by the owner of DATA_DIR only.
func (p *program) writeLocal(address string) (key string, err error) {
	key = "hlk_" + secret.NewToken()
	content, err := json.Marshal(local{URL: "http://" + address, Key: key})
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(p.config.DataDir, 0o700); err != nil {
		return "", err
	}
	path := p.config.LocalFile()
	temporary, err := os.CreateTemp(filepath.Dir(path), "local-*") // 0600
	if err != nil {
		return "", err
	}
	_, err = temporary.Write(content)
	if err = errors.Join(err, temporary.Close()); err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
		return "", fmt.Errorf("write the address for local commands: %w", err)
	}
	return key, nil
}

// lastAddress is where the server of DATA_DIR was last reached, for links that are
// printed while it is stopped; the configured address when it never ran here.
func (p *program) lastAddress() string {
	configured := p.config.BaseURL(net.JoinHostPort(p.config.Host, strconv.Itoa(p.config.Port)))
	if p.config.PublicURL != "" {
		return configured
	}
	text, err := os.ReadFile(p.addressFile())
	if u, parseErr := url.Parse(strings.TrimSpace(string(text))); err == nil && parseErr == nil && u.Host != "" {
		return u.String()
	}
	return configured
}

// keepAddress remembers where the server is reached.
func (p *program) keepAddress(base string) error {
	return os.WriteFile(p.addressFile(), []byte(base+"\n"), 0o600)
}

func (p *program) addressFile() string { return filepath.Join(p.config.DataDir, "address") }

// readLocal finds the server that runs on DATA_DIR.
func (p *program) readLocal() (local, error) {
	content, err := os.ReadFile(p.config.LocalFile())
	if errors.Is(err, fs.ErrNotExist) {
		return local{}, fmt.Errorf("no server runs on %s: start one with `hookloom serve`, or set HOOKLOOM_URL and HOOKLOOM_API_KEY", p.config.DataDir)
	}
	if err != nil {
		return local{}, err
	}
	var l local
	if err := json.Unmarshal(content, &l); err != nil {
		return local{}, fmt.Errorf("%s is damaged: %w", p.config.LocalFile(), err)
	}
	return l, nil
}
