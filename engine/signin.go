package engine

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

// SignInStatus is how far a connection has got that signs in with OAuth.
type SignInStatus string

// The states of a sign-in.
const (
	// SignInNone has no tokens yet.
	SignInNone SignInStatus = "not_connected"
	// SignInReady has tokens that work or can be renewed.
	SignInReady SignInStatus = "connected"
	// SignInLost was refused by the service: somebody must let us in again.
	SignInLost SignInStatus = "lost"
)

// SignIn is what is known of a connection's tokens.
type SignIn struct {
	Connection string
	Status     SignInStatus
	// Reason says why it was lost, "" otherwise.
	Reason string
	// Access and Refresh are the tokens; Refresh is "" when the service gave none.
	Access, Refresh secret.Redacted
	Scope           string
	// Generation grows with each change of the tokens; 0 means there never were any.
	Generation int64
	// ExpiresAt is when Access ends; zero when the service does not say.
	ExpiresAt   time.Time
	RenewedAt   time.Time
	ConnectedAt time.Time
	LostAt      time.Time
}

// Consent is a sign-in under way: somebody was sent to the service's page. It works
// once, in the browser that began it.
type Consent struct {
	// Hash is HashToken of the state that the service sends back, Browser of the
	// cookie.
	Hash, Browser []byte
	Workspace     string
	Connection    string
	// UserID is who began it; "" for somebody without an account, who came by Link.
	UserID string
	// Link is the client's link that is used up by it, "" for a user's sign-in.
	Link string
	// Verifier is the secret of RFC 7636.
	Verifier secret.Redacted
	// RedirectURL is where the service sends the person, told it twice.
	RedirectURL string
	// Back is the path of ours that the person goes on to.
	Back      string
	ExpiresAt time.Time
}

// SignIns keeps the tokens of connections.
type SignIns interface {
	// SignIn returns the tokens of a connection, opened; ErrNotFound when it never had
	// any.
	SignIn(ctx context.Context, workspace, connection string) (SignIn, error)
	// ListSignIns returns how the workspace's connections stand, without tokens.
	ListSignIns(ctx context.Context, workspace string) ([]SignIn, error)
	// HoldSignIn gives a holder the right to renew tokens of a generation for as long
	// as it says, by the database's clock. False when another one has it, or the tokens
	// have changed.
	HoldSignIn(ctx context.Context, workspace, connection string, generation int64, holder string, hold time.Duration) (bool, error)
	// FreeSignIn ends that right early.
	FreeSignIn(ctx context.Context, workspace, connection, holder string) error
	// RenewSignIn stores what the holder got: s's tokens, times and status, in the next
	// generation. ErrLost when it holds nothing any more.
	RenewSignIn(ctx context.Context, workspace, holder string, s SignIn) error
	// PutConsent stores a sign-in that begins.
	PutConsent(ctx context.Context, c Consent) error
	// TakeConsent returns a sign-in that has not expired by its hash and deletes it, so
	// that of two who come at once one gets it; ErrNotFound for the other. It crosses
	// workspaces.
	TakeConsent(ctx context.Context, hash []byte) (Consent, error)
	// RunsWithoutSignIn returns up to max ids, after one, of runs that wait for another
	// attempt, or failed, because a connection was signed out.
	RunsWithoutSignIn(ctx context.Context, workspace, connection string, status Status, after string, max int) (ids []string, next string, err error)
}

// SignInTx changes sign-ins inside a transaction.
type SignInTx interface {
	// ConnectSignIn stores the tokens of a new sign-in, whatever was there and whoever
	// holds it.
	ConnectSignIn(s SignIn) error
	// DropSignIn forgets the tokens of a connection, and sign-ins under way.
	DropSignIn(connection string) error
	// EndClientLinks revokes the links of a connection that were not used and reports
	// how many; problem is what is wrong with the connection now, "" for nothing.
	EndClientLinks(connection, problem string) (int, error)
	// UseClientLink takes a client's link, and has its connection wait no more. False
	// when somebody was faster, or it ended meanwhile.
	UseClientLink(l ClientLink) (bool, error)
}
