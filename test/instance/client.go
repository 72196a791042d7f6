package instance

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"
)

// callLimit bounds one call of the API.
const callLimit = 30 * time.Second

// Client calls the API of one workspace.
type Client struct {
	// Base is the server's address without a trailing slash, Key an API key,
	// Workspace an id or slug.
	Base, Key, Workspace string
	// HTTP makes the calls; nil means a client with a time limit.
	HTTP *http.Client
}

// StatusError is an answer that is not 2xx.
type StatusError struct {
	Method, Path string
	Status       int
	Body         string
}

// Error names the call and what was answered.
func (e *StatusError) Error() string {
	return fmt.Sprintf("%s %s: %d %.2000s", e.Method, e.Path, e.Status, e.Body)
}

var defaultHTTP = &http.Client{Timeout: callLimit, Transport: &http.Transport{MaxIdleConnsPerHost: 16}}

// Do calls a path below the workspace, such as "/runs?limit=10". in is sent as
// JSON unless it is nil; out gets the answer unless it is nil. Every answer but
// 2xx is a *StatusError.
func (c *Client) Do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return err
		}
		body = bytes.NewReader(text)
	}
	full := c.Base + "/api/v1/workspaces/" + url.PathEscape(c.Workspace) + path
	r, err := http.NewRequestWithContext(ctx, method, full, body)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+c.Key)
	if in != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if method == http.MethodPut || method == http.MethodPatch {
		r.Header.Set("If-Match", "*")
	}
	client := c.HTTP
	if client == nil {
		client = defaultHTTP
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("%s %s: %w", method, path, err)
	}
	if response.StatusCode/100 != 2 {
		return &StatusError{method, path, response.StatusCode, string(text)}
	}
	if out == nil || len(text) == 0 {
		return nil
	}
	if err := json.Unmarshal(text, out); err != nil {
		return fmt.Errorf("%s %s: %w in %.200q", method, path, err, text)
	}
	return nil
}

// List reads all pages of a list.
func List[T any](ctx context.Context, c *Client, path string, query url.Values) ([]T, error) {
	var all []T
	query = clone(query)
	query.Set("limit", "200")
	for {
		var page struct {
			Items []T    `json:"items"`
			Next  string `json:"next_cursor"`
		}
		if err := c.Do(ctx, http.MethodGet, path+"?"+query.Encode(), nil, &page); err != nil {
			return nil, err
		}
		all = append(all, page.Items...)
		if page.Next == "" {
			return all, nil
		}
		query.Set("cursor", page.Next)
	}
}

func clone(query url.Values) url.Values {
	c := url.Values{}
	for name, values := range query {
		c[name] = append([]string(nil), values...)
	}
	return c
}
