package crm

import (
	"errors"
	"time"
)

// SubscriptionInput is a subscription that is recorded before its first payment.
type SubscriptionInput struct {
	ContactID string
	// Offer is an id or exact title.
	Offer string
	// Amount is due each Interval, which is day, week, month, year or "".
	Amount   int64
	Currency string
	Interval string
	// Trial begins it with a trial, until TrialEndsAt if that is known.
	Trial       bool
	TrialEndsAt time.Time
	ExternalID  string
	NoAccess    bool
	RunID       string
}

// StartSubscription records a subscription and gives access. Its purchase comes
// with the first payment. A known external id changes nothing; already is true
// then.
func StartSubscription(tx Tx, in SubscriptionInput) (sub Subscription, already bool, err error) {
	if in.ExternalID != "" {
		sub, err = tx.Subscription(in.ExternalID)
		if !errors.Is(err, ErrNotFound) {
			return sub, err == nil, err
		}
	}
	c, err := buyer(tx, in.ContactID)
	if err != nil {
		return sub, false, err
	}
	s := &seller{tx: tx, in: SaleInput{
		ContactID: c.ID, Currency: in.Currency, ExternalID: in.ExternalID, NoAccess: in.NoAccess, RunID: in.RunID,
		Lines: []Line{{Offer: in.Offer, Type: PaySubscription, Amount: in.Amount, Trial: in.Trial, TrialEndsAt: in.TrialEndsAt, Interval: in.Interval}},
	}, Sale: Sale{Contact: c}}
	if err := s.check(); err != nil {
		return sub, false, err
	}
	if !in.Trial {
		s.Act = ActSubscribe
	}
	if err := s.subscribe(); err != nil {
		return sub, false, err
	}
	if one := &s.Subscriptions[0]; one.PaymentsMade > 0 {
		one.PaymentsMade = 0
		if err := tx.UpdateSubscription(one); err != nil {
			return sub, false, err
		}
	}
	if err := s.tellSubscriptions(); err != nil {
		return sub, false, err
	}
	return s.Subscriptions[0], false, s.access()
}

// The changes of a subscription that nobody pays for.
const (
	ChangeRenewed    = "renewed"
	ChangeTrialEnded = "trial_ended"
	ChangeCanceled   = "canceled"
)

// ChangeSubscription records what became of a subscription, named by id or
// external id, and raises the event of it. Access stays: what should follow is a
// workflow's business. changed is false when it was so before.
func ChangeSubscription(tx Tx, ref, change, reason string) (sub Subscription, changed bool, err error) {
	sub, err = tx.Subscription(ref)
	if err := missingRef(err, "subscription", ref); err != nil {
		return sub, false, err
	}
	if reason, err = line("reason", reason); err != nil {
		return sub, false, err
	}
	var act Act
	var event string
	switch change {
	case ChangeCanceled:
		if sub.State == SubscriptionEnded {
			return sub, false, nil
		}
		act, event = ActCancel, SubscriptionCanceled
		sub.State, sub.CanceledAt, sub.Reason = SubscriptionEnded, tx.Now(), reason
	case ChangeTrialEnded:
		if sub.State != SubscriptionTrialing {
			return sub, false, nil
		}
		act, event = ActTrialEnd, SubscriptionTrialEnded
		sub.State, sub.TrialEndsAt = SubscriptionActive, tx.Now()
	case ChangeRenewed:
		if sub.State == SubscriptionEnded {
			return sub, false, rejected("change", "conflict", "The subscription was canceled: a new one begins with its first payment.")
		}
		act, event = ActRenewed, SubscriptionRenewed
		sub.State, sub.RenewedAt = SubscriptionActive, tx.Now()
	default:
		return sub, false, rejected("change", "invalid", "%.40q is no change of a subscription. Use renewed, trial_ended or canceled.", change)
	}
	c, err := buyer(tx, sub.ContactID)
	if err != nil {
		return sub, false, err
	}
	if err := tx.UpdateSubscription(&sub); err != nil {
		return sub, false, err
	}
	o, err := tx.Offer(sub.OfferID)
	if errors.Is(err, ErrNotFound) {
		o = Offer{ID: sub.OfferID} // deleted since
	} else if err != nil {
		return sub, false, err
	}
	return sub, true, tellSubscription(tx, act, event, c, []Offer{o}, sub)
}
