package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/api/transfer"
	"github.com/hookloom/hookloom/engine/bundle"
)

func (p *program) importCommand() *cobra.Command {
	update, another, dry := false, false, false
	cmd := &cobra.Command{
		Use: "import FILE|DIR|ZIP ...", Short: "Take workflows, templates or a workspace in from files", Args: cobra.MinimumNArgs(1),
		Long: `Make what the files hold and the workspace lacks; what is there under the same name stays as it is. With --update
workflows get the file as their draft, which keeps its secrets and connections, and templates a new version. Everything is
checked first: when one file is wrong, nothing is imported. Nothing goes live by itself.`,
		Example: "  hookloom import new-buyers.json\n  hookloom import --dry-run workspace\n  hookloom import --update workspace",
		RunE: func(cmd *cobra.Command, args []string) error {
			existing := "keep"
			switch {
			case update && another:
				return usageError{errors.New("--update and --copy exclude each other")}
			case update:
				existing = "update"
			case another:
				existing = "copy"
			}
			c, err := p.client()
			if err != nil {
				return err
			}
			report, err := c.importFiles(cmd.Context(), args, fmt.Sprintf("existing=%s&dry_run=%t", existing, dry))
			if err != nil {
				return err
			}
			if p.json {
				return p.printJSON(report)
			}
			return p.tell(report)
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "change the drafts of workflows, and the templates, that have the same names")
	cmd.Flags().BoolVar(&another, "copy", false, "make workflows and templates beside those that have the same names")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "only say what would be done")
	return cmd
}

// tell prints what an import did, or would do.
func (p *program) tell(report transfer.Report) error {
	var b strings.Builder
	same := 0
	for _, it := range report.Items {
		if it.Action == "same" {
			same++
			continue
		}
		fmt.Fprintf(&b, "%-9s  %-13s  %s\n", it.Action, strings.ReplaceAll(it.Kind, "_", " "), it.Name)
		for _, change := range it.Changes {
			fmt.Fprintf(&b, "           %s\n", change)
		}
	}
	if same > 0 {
		fmt.Fprintf(&b, "%d are there already, the same\n", same)
	}
	for n, need := range report.Needs {
		if n == 0 {
			b.WriteString("To fill in:\n")
		}
		where := need.Workflow
		if where != "" {
			where += ": "
		}
		fmt.Fprintf(&b, "  %s%s\n", where, need.Detail)
	}
	if report.DryRun {
		b.WriteString("Nothing was stored: this only said what would be done.\n")
	}
	return p.write([]byte(b.String()))
}

func (p *program) diffCommand() *cobra.Command {
	version := "draft"
	cmd := &cobra.Command{
		Use: "diff FILE|DIR|ZIP ...", Short: "Say how a workspace on the server differs from files", Args: cobra.MinimumNArgs(1),
		Long: `Compare files with what the server has under the same names. What is listed is what changed on the way from the
server to the file. The exit status is 1 when something differs.`,
		Example: "  hookloom diff workspace\n  hookloom diff --version live new-buyers.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			report, err := c.importFiles(cmd.Context(), args, "existing=keep&dry_run=true&version="+version)
			if err != nil {
				return err
			}
			return p.differences(report)
		},
	}
	cmd.Flags().StringVar(&version, "version", version, "what to compare with: draft or live")
	return cmd
}

// differences prints what is not as in the files; the error makes the exit status 1.
func (p *program) differences(report transfer.Report) error {
	differ := 0
	for _, it := range report.Items {
		if it.Action == "same" {
			continue
		}
		differ++
		if p.json {
			continue
		}
		at := ""
		if it.File != "" {
			at = " (" + it.File + ")"
		}
		_, _ = fmt.Fprintf(p.Stdout, "%s %s%s\n", strings.ReplaceAll(it.Kind, "_", " "), it.Name, at)
		if it.Action == "created" {
			_, _ = fmt.Fprintln(p.Stdout, "  It is not on the server.")
		}
		for _, change := range it.Changes {
			_, _ = fmt.Fprintln(p.Stdout, "  "+change)
		}
	}
	if p.json {
		if err := p.printJSON(report); err != nil {
			return err
		}
	}
	if differ > 0 {
		return fmt.Errorf("%d of %d differ", differ, len(report.Items))
	}
	p.say("%d are as in the files", len(report.Items))
	return nil
}

// importFiles sends files to the server, which reads them.
func (c *client) importFiles(ctx context.Context, paths []string, query string) (transfer.Report, error) {
	var out transfer.Report
	content, kind, err := gathered(paths)
	if err != nil {
		return out, err
	}
	answer, _, err := c.exchange(ctx, http.MethodPost, c.in("/import?%s", query), bytes.NewReader(content), kind)
	if err != nil {
		return out, err
	}
	defer answer.Close()
	return out, json.NewDecoder(answer).Decode(&out)
}

// gathered reads one file as it is, or packs several and folders into a zip.
func gathered(paths []string) (content []byte, kind string, err error) {
	if len(paths) == 1 {
		info, err := os.Stat(paths[0])
		if err != nil {
			return nil, "", err
		}
		if !info.IsDir() {
			content, err = importFile(paths[0])
			if kind = "application/json"; bytes.HasPrefix(content, []byte("PK")) {
				kind = "application/zip"
			}
			return content, kind, err
		}
	}
	var files []bundle.Content
	for _, root := range paths {
		found, err := filesUnder(root)
		if err != nil {
			return nil, "", err
		}
		files = append(files, found...)
	}
	if len(files) == 0 {
		return nil, "", fmt.Errorf("there is no .json file in %s", strings.Join(paths, ", "))
	}
	content, err = bundle.Zip(files)
	if err == nil && len(content) > bundle.MaxBytes {
		err = fmt.Errorf("the files have more than %d MB together, packed: import them in parts", bundle.MaxBytes>>20)
	}
	return content, "application/zip", err
}

// filesUnder are the .json files of a folder with their paths inside of it, in the
// order of their names, or one file by its name. Folders that begin with a dot and
// tests are passed over, and links are not followed.
func filesUnder(root string) ([]bundle.Content, error) {
	var list []bundle.Content
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
			return filepath.SkipDir
		case !d.Type().IsRegular() || path != root && (filepath.Ext(path) != ".json" || strings.HasSuffix(path, bundle.TestEnd)):
			return nil
		}
		name := filepath.Base(path)
		if path != root {
			if name, err = filepath.Rel(root, path); err != nil {
				return err
			}
		}
		text, err := importFile(path)
		list = append(list, bundle.Content{Path: filepath.ToSlash(name), Text: text})
		return err
	})
	return list, err
}

func importFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > bundle.MaxBytes {
		return nil, fmt.Errorf("%s has %d MB, and %d MB are the most", path, info.Size()>>20, bundle.MaxBytes>>20)
	}
	return os.ReadFile(path)
}

// wrongFiles puts what is wrong with files into lines for a terminal.
func wrongFiles(problems []bundle.Problem) error {
	var b strings.Builder
	b.WriteString("the files cannot be read:")
	for _, p := range problems[:min(len(problems), 50)] {
		b.WriteString("\n  " + strings.TrimSpace(p.At()+": "+p.Message))
	}
	return errors.New(b.String())
}
