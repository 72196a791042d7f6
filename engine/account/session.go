package account

import (
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

const (
	// SessionIdle ends a session that is not used.
	SessionIdle = 14 * 24 * time.Hour
	// SessionAbsolute ends every session, however much it is used.
	SessionAbsolute = 30 * 24 * time.Hour
	// SessionTouch is how exactly the last use is kept: writing it on every
	// request would cost a commit each.
	SessionTouch = 5 * time.Minute
)

// Session is a signed-in browser. It lives on the server; the browser holds
// only a random token, and the database only its hash, so neither a stolen
// table nor a guessed id signs anybody in.
type Session struct {
	ID     string
	UserID string
	// Hash is HashToken of the cookie's token.
	Hash       []byte
	CreatedAt  time.Time
	LastSeenAt time.Time
	// RevokedAt is zero while the session was not ended by sign-out.
	RevokedAt time.Time
	// IP and UserAgent are those of the sign-in, to show in a list of sessions.
	IP, UserAgent string
	// WorkspaceID is whose domain the session was begun on: it is good there only, and
	// sees nothing else. "" for one of the installation's own address.
	WorkspaceID string
}

// NewSession makes a session and the token for the cookie. Each sign-in makes a
// new one, so that a token planted before it is worth nothing after.
func NewSession(id, userID string, now time.Time) (s Session, token secret.Redacted) {
	raw := secret.NewToken()
	return Session{ID: id, UserID: userID, Hash: secret.HashToken(raw), CreatedAt: now, LastSeenAt: now}, secret.Redacted(raw)
}

// Usable tells whether the session still signs its user in: not ended, not too
// old, not idle for too long, and not from before the user's last change of
// password.
func (s Session) Usable(u User, now time.Time) bool {
	return s.UserID != "" && s.UserID == u.ID && !u.Disabled() && s.RevokedAt.IsZero() &&
		!s.CreatedAt.Before(u.PasswordChangedAt) && now.Before(s.ExpiresAt())
}

// ExpiresAt is when the session ends if it is not used again.
func (s Session) ExpiresAt() time.Time {
	idle, absolute := s.LastSeenAt.Add(SessionIdle), s.CreatedAt.Add(SessionAbsolute)
	if idle.Before(absolute) {
		return idle
	}
	return absolute
}

// NeedsTouch tells whether LastSeenAt is due to be written.
func (s Session) NeedsTouch(now time.Time) bool {
	return now.Sub(s.LastSeenAt) >= SessionTouch
}
