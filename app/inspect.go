package app

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/api"
)

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if p.json {
				return p.printJSON(map[string]string{"version": Version})
			}
			_, err := fmt.Fprintln(p.Stdout, "hookloom", Version)
			return err
		},
	}
}

func (p *program) openAPICommand() *cobra.Command {
	return &cobra.Command{
		Use: "openapi", Short: "Print the OpenAPI document of this build's REST API", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			document, err := api.Document(Version)
			if err != nil {
				return fmt.Errorf("write the OpenAPI document: %w", err)
			}
			_, err = fmt.Fprintf(p.Stdout, "%s\n", document)
			return err
		},
	}
}

func (p *program) configCommand() *cobra.Command {
	return &cobra.Command{
		Use: "config", Short: "Print the effective configuration, secrets masked", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			var rows [][]string
			for _, v := range Variables() {
				rows = append(rows, []string{v.Name, p.config.Shown(v), v.Help})
			}
			return p.printRows([]string{"name", "value", "help"}, false, rows)
		},
	}
}

func (p *program) healthcheckCommand() *cobra.Command {
	return &cobra.Command{
		Use: "healthcheck", Short: "Exit with 0 when the server on HOST and PORT is ready", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, cancel := context.WithTimeout(cmd.Context(), 5*time.Second)
			defer cancel()
			host := p.config.Host
			if host == "0.0.0.0" || host == "::" || host == "" {
				host = "127.0.0.1"
			}
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, strconv.Itoa(p.config.Port))+"/readyz", nil)
			if err != nil {
				return err
			}
			resp, err := (&http.Client{Transport: &http.Transport{}}).Do(req)
			if err != nil {
				return fmt.Errorf("no server answers on %s port %d: it is not started, or listens elsewhere (HOST and PORT say where to look)", host, p.config.Port)
			}
			defer resp.Body.Close()
			if resp.StatusCode != http.StatusOK {
				return problemOf(resp)
			}
			return nil
		},
	}
}
