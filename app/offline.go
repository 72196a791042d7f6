package app

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// These commands open the database themselves; on SQLite that needs the server
// stopped, which the lock on DATA_DIR says.

func (p *program) migrateCommand() *cobra.Command {
	return &cobra.Command{
		Use: "migrate", Short: "Bring the database up to date and end", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.withStore(cmd.Context(), func(*storage.Store) error {
				_, err := fmt.Fprintln(p.Stdout, "The database is up to date.")
				return err
			})
		},
	}
}

func (p *program) withStore(ctx context.Context, fn func(*storage.Store) error) error {
	store, err := p.openStore(ctx, newLog(p.config, p.Stderr))
	if err != nil {
		return err
	}
	return errors.Join(fn(store), store.Close())
}

func (p *program) adminCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "admin", Short: "Mend what cannot be mended from the pages", Args: cobra.NoArgs}
	cmd.AddCommand(&cobra.Command{
		Use: "reset-link EMAIL", Short: "Print a link with which a user sets a new password", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.withStore(cmd.Context(), func(s *storage.Store) error {
				hasher, err := account.NewHasher(account.PasswordParams())
				if err != nil {
					return err
				}
				link, err := identity.New(identity.Deps{
					Store: s, Hasher: hasher, BaseURL: p.lastAddress(), Brands: brand.NewDirectory(brand.Config{Store: s, BaseURL: p.lastAddress()}),
				}).ResetLink(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				_, err = fmt.Fprintln(p.Stdout, link.Reveal())
				return err
			})
		},
	}, &cobra.Command{
		Use: "rotate-key", Short: "Seal everything with a new encryption key", Args: cobra.NoArgs,
		Long: "Makes a new encryption key and wraps every workspace's data key with it. With the key file in DATA_DIR the file is replaced; with ENCRYPTION_KEY the new key is printed and must be set before the next start.",
		RunE: func(cmd *cobra.Command, _ []string) error { return p.rotateKey(cmd.Context()) },
	})
	return cmd
}

// rotateKey writes the new key beside the old one before anything is sealed
// with it, so that a crash at any point leaves both at hand.
func (p *program) rotateKey(ctx context.Context) error {
	key := secret.GenerateKey()
	next := p.keyFile() + ".next"
	if p.config.EncryptionKey == "" {
		if err := os.MkdirAll(filepath.Dir(next), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(next, []byte(key.Encode()+"\n"), 0o600); err != nil {
			return err
		}
	} else {
		_, _ = fmt.Fprintf(p.Stdout, "The new key, to be set as ENCRYPTION_KEY:\n\n  %s\n\n", key.Encode())
	}
	old, err := p.currentKey()
	if err != nil {
		return err
	}
	ring, err := secret.NewKeyring(key, old)
	if err != nil {
		return err
	}
	err = p.withStore(ctx, func(s *storage.Store) error {
		_, err := s.RotateKey(ctx, ring)
		return err
	})
	if err != nil {
		return fmt.Errorf("the old key stays in force: %w", err)
	}
	if p.config.EncryptionKey == "" {
		if err := os.Rename(next, p.keyFile()); err != nil {
			return fmt.Errorf("everything is sealed with the key in %s now: rename it to %s: %w", next, p.keyFile(), err)
		}
	}
	_, err = fmt.Fprintln(p.Stdout, "Everything is sealed with the new key.")
	return err
}
