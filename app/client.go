package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// client calls the HTTP API for the commands.
type client struct {
	base, key, workspace string
	http                 *http.Client
}

// client finds the server: the one that HOOKLOOM_URL names, or the one that
// runs on DATA_DIR.
func (p *program) client() (*client, error) {
	c := &client{base: strings.TrimRight(p.config.URL, "/"), key: p.config.APIKey, workspace: p.config.Workspace, http: &http.Client{
		Transport: &http.Transport{DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext, ResponseHeaderTimeout: 5 * time.Minute},
	}}
	if c.base != "" && c.key != "" {
		return c, nil
	}
	if c.base != "" {
		return nil, usageError{errors.New("HOOKLOOM_URL is set: set HOOKLOOM_API_KEY too")}
	}
	l, err := p.readLocal()
	if err != nil {
		return nil, err
	}
	c.base = l.URL
	if c.key == "" {
		c.key = l.Key
	}
	return c, nil
}

// in is the path of something of the workspace.
func (c *client) in(format string, args ...any) string {
	return "/workspaces/" + url.PathEscape(c.workspace) + fmt.Sprintf(format, args...)
}

// open makes a call and returns the answer's body; anything but 2xx is an
// error in the server's words.
func (c *client) open(ctx context.Context, method, path string, body any) (io.ReadCloser, error) {
	if body == nil {
		answer, _, err := c.exchange(ctx, method, path, nil, "")
		return answer, err
	}
	text, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	answer, _, err := c.exchange(ctx, method, path, bytes.NewReader(text), "application/json")
	return answer, err
}

// exchange is open for a body that is written already; nil for none.
func (c *client) exchange(ctx context.Context, method, path string, content io.Reader, kind string) (io.ReadCloser, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, method, c.base+"/api/v1"+path, content)
	if err != nil {
		return nil, nil, err
	}
	req.Header.Set("Authorization", "Bearer "+c.key)
	if content != nil {
		req.Header.Set("Content-Type", kind)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return nil, nil, fmt.Errorf("the server at %s does not answer: %w", c.base, err)
	}
	if resp.StatusCode/100 == 2 {
		return resp.Body, resp.Header, nil
	}
	defer resp.Body.Close()
	return nil, nil, problemOf(resp)
}

// do makes a call and reads its JSON answer into out, unless that is nil.
func (c *client) do(ctx context.Context, method, path string, body, out any) error {
	answer, err := c.open(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer answer.Close()
	if out == nil {
		return nil
	}
	dec := json.NewDecoder(answer)
	dec.UseNumber()
	return dec.Decode(out)
}

// problemOf puts a problem+json answer into lines for a terminal.
func problemOf(resp *http.Response) error {
	text, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	var p struct {
		Title  string `json:"title"`
		Detail string `json:"detail"`
		Code   string `json:"code"`
		Errors []struct {
			Pointer string `json:"pointer"`
			Step    string `json:"step"`
			Detail  string `json:"detail"`
		} `json:"errors"`
	}
	if json.Unmarshal(text, &p) != nil || p.Title == "" {
		return fmt.Errorf("the server answered %s", resp.Status)
	}
	var b strings.Builder
	b.WriteString(p.Title)
	if p.Detail != "" {
		b.WriteString(": " + p.Detail)
	}
	for _, e := range p.Errors {
		b.WriteString("\n  ")
		if e.Pointer != "" {
			b.WriteString(e.Pointer + ": ")
		}
		b.WriteString(e.Detail)
	}
	return errors.New(b.String())
}
