package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"waymark/catalog/access"
	"waymark/catalog/fault"
	"waymark/graphql"
)

// client runs operations on a server, or in process on a data folder: commands
// cannot tell the difference.
type client struct {
	s      *settings
	server string
	w      *waymark      // in process
	caller access.Caller // in process
	ending bool          // the program was told to end, and waits for its crawl to
}

// dial opens the server or the data folder. The caller closes it.
func dial(ctx context.Context, s *settings) (*client, error) {
	c, err := open(ctx, s, build)
	if err == nil && c.w != nil {
		if err = c.level(ctx); err != nil {
			return nil, errors.Join(err, c.w.Close())
		}
	}
	return c, err
}

// dialWithoutIndex is dial for commands that read the catalog alone: neither the
// index nor the graph is opened or brought level.
func dialWithoutIndex(ctx context.Context, s *settings) (*client, error) {
	return open(ctx, s, buildWithoutIndex)
}

func open(ctx context.Context, s *settings, build func(context.Context, *settings) (*waymark, error)) (*client, error) {
	c := &client{s: s, server: strings.TrimSuffix(s.text("server"), "/")}
	if c.server != "" {
		return c, nil
	}
	var err error
	if c.w, err = build(ctx, s); err != nil {
		return nil, err
	}
	if c.caller, err = c.w.local.As(ctx, s.text("as")); err != nil {
		return nil, errors.Join(err, c.w.Close())
	}
	return c, nil
}

// level brings what is derived up to date before a command in process asks.
func (c *client) level(ctx context.Context) error {
	sys := access.With(ctx, access.System("followers"))
	if err := c.w.graph.Load(sys); err != nil {
		return err
	}
	if err := c.w.graph.Recount(sys); err != nil {
		return err
	}
	return c.w.catchUp(ctx)
}

func (c *client) Close() error {
	if c.w == nil {
		return nil
	}
	c.w.crawls.drain()
	return c.w.Close()
}

// do runs one operation and decodes its data into out.
func (c *client) do(ctx context.Context, query string, vars map[string]any, out any) error {
	q := graphql.Query{Query: query, Variables: vars}
	if c.server != "" {
		return c.post(ctx, q, out)
	}
	if err := plain(&q.Variables); err != nil {
		return err
	}
	resp := c.w.api.Do(access.With(ctx, c.caller), q)
	if len(resp.Errors) > 0 {
		return fault.Kind(kinds[text(resp.Errors[0].Extensions["code"])]).Errorf("%s", resp.Errors[0].Message)
	}
	return decode(resp.Data, out)
}

// plain gives variables the types that they have when they come over HTTP.
func plain(vars *map[string]any) error {
	b, err := json.Marshal(*vars)
	if err != nil {
		return fault.Internal.Of(err)
	}
	*vars = nil
	return decode(b, vars)
}

// kinds maps the codes of the API back.
var kinds = map[string]fault.Kind{
	"NOT_FOUND": fault.NotFound, "INVALID": fault.Invalid, "CONFLICT": fault.Conflict, "DENIED": fault.Denied,
	"UNAVAILABLE": fault.Unavailable, "CORRUPT": fault.Corrupt, "INTERNAL": fault.Internal, "": fault.Internal,
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func decode(data []byte, out any) error {
	if err := json.Unmarshal(data, out); err != nil {
		return fault.Internal.Errorf("the answer cannot be read: %w", err)
	}
	return nil
}

// answered is the envelope of a GraphQL answer.
type answered struct {
	Data   json.RawMessage `json:"data"`
	Errors []struct {
		Message    string `json:"message"`
		Extensions struct {
			Code string `json:"code"`
		} `json:"extensions"`
	} `json:"errors"`
}

func (c *client) post(ctx context.Context, q graphql.Query, out any) error {
	body, err := json.Marshal(q)
	if err != nil {
		return fault.Internal.Of(err)
	}
	var a answered
	if err := c.send(ctx, "/graphql", "application/json", bytes.NewReader(body), &a); err != nil {
		return err
	}
	if len(a.Errors) > 0 {
		return kinds[a.Errors[0].Extensions.Code].Errorf("%s", a.Errors[0].Message)
	}
	return decode(a.Data, out)
}

// longest is how long one call to a server may take.
const longest = 10 * time.Minute

// send posts to a route of the server and decodes its JSON answer.
func (c *client) send(ctx context.Context, path, kind string, body io.Reader, out any) error {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	if f, ok := body.(*os.File); ok {
		body = io.NopCloser(f) // who opened it closes it
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.server+path, body)
	if err != nil {
		return usage("--server %q is no address: write http://127.0.0.1:8080", c.server)
	}
	req.Header.Set("Content-Type", kind)
	if as := c.s.text("as"); as != "" {
		req.Header.Set("X-Waymark-As", as)
	}
	if token := c.token(); token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return fault.Unavailable.Errorf("the server %s does not answer: %w", c.server, err)
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(io.LimitReader(resp.Body, 64<<20))
	if err != nil {
		return fault.Unavailable.Errorf("the server %s: %w", c.server, err)
	}
	if resp.StatusCode >= http.StatusBadRequest {
		return fault.Unavailable.Errorf("the server answers %d: %s", resp.StatusCode, strings.TrimSpace(string(all)))
	}
	return decode(all, out)
}

// token is what was set, or that of the data folder whose server is called.
func (c *client) token() string {
	if t := c.s.text("token"); t != "" {
		return t
	}
	p, err := c.s.places()
	if err != nil {
		return ""
	}
	addr, err := os.ReadFile(p.address)
	u, bad := url.Parse(c.server)
	if err != nil || bad != nil || u.Host != strings.TrimSpace(string(addr)) {
		return ""
	}
	text, _ := os.ReadFile(p.token()) // without it, the account decides
	return strings.TrimSpace(string(text))
}

// runID names a run so that ids sort by time.
func runID(now time.Time) string {
	return now.Format("20060102-150405") + "-" + strings.ToLower(rand.Text()[:6])
}
