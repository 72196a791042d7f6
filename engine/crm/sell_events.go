package crm

// tell raises the events of a sale, the order's before those of its parts.
func (s *seller) tell() error {
	for _, part := range [...]func() error{s.tellOrder, s.tellPurchases, s.tellSubscriptions, s.tellPayments} {
		if err := part(); err != nil {
			return err
		}
	}
	return nil
}

// offers returns the offers of the sale with these ids.
func (s *seller) offers(ids ...string) []Offer {
	var list []Offer
	for _, id := range ids {
		for _, l := range s.in.Lines {
			if l.offer.ID == id {
				list = append(list, l.offer)
				break
			}
		}
	}
	return list
}

func (s *seller) tellOrder() error {
	if s.Order == nil {
		return nil
	}
	ids := make([]string, len(s.Order.Items))
	for i, it := range s.Order.Items {
		ids[i] = it.OfferID
	}
	list, single := offersPlain(s.offers(ids...))
	payments := make([]any, len(s.Payments))
	for i, p := range s.Payments {
		payments[i] = p.Plain()
	}
	return s.Act.raise(s.tx, OrderCreated, s.Contact, map[string]any{
		"order": s.Order.Plain(), "payments": payments, "offer": single, "offers": list,
	})
}

func (s *seller) tellPurchases() error {
	for _, p := range s.Purchases {
		_, offer := offersPlain(s.offers(p.OfferID))
		data := map[string]any{"purchase": p.Plain(), "offer": offer}
		if err := s.Act.raise(s.tx, PurchaseCreated, s.Contact, data); err != nil {
			return err
		}
	}
	return nil
}

func (s *seller) tellSubscriptions() error {
	for _, sub := range s.Subscriptions {
		if err := tellSubscription(s.tx, s.Act, SubscriptionCreated, s.Contact, s.offers(sub.OfferID), sub); err != nil {
			return err
		}
		if sub.State != SubscriptionTrialing {
			continue
		}
		if err := tellSubscription(s.tx, s.Act, SubscriptionTrialStarted, s.Contact, s.offers(sub.OfferID), sub); err != nil {
			return err
		}
	}
	return nil
}

func (s *seller) tellPayments() error {
	for _, p := range s.Payments {
		if err := tellPayment(s.tx, s.Act, PaymentSucceeded, s.Contact, s.offers(p.OfferIDs...), p, s.Order); err != nil {
			return err
		}
	}
	return nil
}

func tellPayment(tx Tx, act Act, event string, c Contact, offers []Offer, p Payment, o *Order) error {
	list, single := offersPlain(offers)
	var order any
	if o != nil {
		order = o.Plain()
	}
	return act.raise(tx, event, c, map[string]any{"payment": p.Plain(), "offer": single, "offers": list, "order": order})
}

func tellSubscription(tx Tx, act Act, event string, c Contact, offers []Offer, sub Subscription) error {
	_, offer := offersPlain(offers)
	return act.raise(tx, event, c, map[string]any{"subscription": sub.Plain(), "offer": offer})
}
