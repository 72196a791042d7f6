package crm

// Act is something that people, senders and workflows do which raises events.
type Act string

// The acts of sales, access, forms and courses. Changes of contacts and tags
// raise their own events beside these, see Upsert and AddTags.
const (
	// ActPurchase is a one-time purchase of one offer.
	ActPurchase Act = "one-time purchase"
	// ActFree is a purchase that costs nothing.
	ActFree Act = "free purchase"
	// ActPlan is the first payment of a payment plan.
	ActPlan Act = "first payment of a payment plan"
	// ActSubscription is the first payment of a subscription without a trial.
	ActSubscription Act = "first payment of a subscription"
	// ActTrial begins a subscription with a trial that nothing is paid for.
	ActTrial Act = "subscription with a trial"
	// ActSubscribe records a subscription whose first payment comes by itself.
	ActSubscribe Act = "subscription before its payment"
	// ActFirstPaid is the first payment of a recorded subscription, such as the
	// one after a trial.
	ActFirstPaid Act = "first payment of a recorded subscription"
	// ActOrder is one checkout of a primary offer with order bumps.
	ActOrder Act = "order with bumps"
	// ActCart is an order through the cart.
	ActCart Act = "cart order"
	// ActInstalment is a later payment of a payment plan.
	ActInstalment Act = "later instalment"
	// ActRenewal is a later payment of a subscription.
	ActRenewal Act = "later payment of a subscription"
	// ActRenewed is a renewal of which no payment is recorded.
	ActRenewed Act = "renewal without a payment"
	// ActPaymentFailed is a payment that did not go through, whichever it was.
	ActPaymentFailed Act = "failed payment"
	// ActRefund gives money back, wholly or in part.
	ActRefund Act = "refund"
	// ActChargeback is a bank that takes money back.
	ActChargeback Act = "chargeback"
	// ActCancel ends a subscription.
	ActCancel Act = "canceled subscription"
	// ActTrialEnd ends a trial without a payment.
	ActTrialEnd Act = "end of a trial without payment"
	// ActGrant gives access by hand, by a step or over the API.
	ActGrant Act = "grant by hand"
	// ActRevoke takes access away by hand, by a step or over the API.
	ActRevoke Act = "revocation by hand"
	// ActPurchaseOff and ActPurchaseOn take a purchase out of use, with the
	// access that it gives, and bring it back.
	ActPurchaseOff Act = "deactivated purchase"
	ActPurchaseOn  Act = "reactivated purchase"
	// ActActivation is a call of an offer's activation URL.
	ActActivation Act = "activation URL"
	// ActDeactivation is a call of an offer's deactivation URL.
	ActDeactivation Act = "deactivation URL"
	// ActForm is a form that somebody sends in.
	ActForm Act = "form submission"
	// ActEnroll and the other acts of courses are what a member does there.
	ActEnroll      Act = "enrolment in a course"
	ActLesson      Act = "completed lesson"
	ActComplete    Act = "completed course"
	ActCertificate Act = "earned certificate"
	ActMilestone   Act = "reached milestone"
)

// Often says how often an act raises an event.
type Often int

// The values of Often. The zero value is never.
const (
	Never Often = iota
	Once
	// EachOffer is once for each offer of the act; offer.granted only for those
	// that the contact had no access to.
	EachOffer
	// EachPayment is once for all one-time offers together, and once for each
	// subscription and payment plan, which stay payments of their own.
	EachPayment
	// EachSubscription is once for each subscription of the act; the events of
	// trials only for those that have one.
	EachSubscription
)

// Raises is the one table of what raises what. Everything that records an act
// asks it, so that it is also the truth:
//
//   - purchase.created is for a one-time purchase and the first payment of a
//     subscription or payment plan: not for a granted offer, not for later
//     payments, not for cart orders, whose purchases are recorded in silence.
//   - payment.succeeded is for every sale, later payments and cart orders
//     included. An order's one-time offers are one payment.
//   - order.created is for what is bought together. A purchase of one offer is no
//     order.
var Raises = map[Act]map[string]Often{
	ActPurchase:      {PurchaseCreated: EachOffer, PaymentSucceeded: EachPayment, OfferGranted: EachOffer},
	ActFree:          {PurchaseCreated: EachOffer, OfferGranted: EachOffer},
	ActPlan:          {PurchaseCreated: EachOffer, PaymentSucceeded: EachPayment, OfferGranted: EachOffer},
	ActSubscription:  {PurchaseCreated: EachOffer, PaymentSucceeded: EachPayment, OfferGranted: EachOffer, SubscriptionCreated: EachSubscription},
	ActTrial:         {OfferGranted: EachOffer, SubscriptionCreated: EachSubscription, SubscriptionTrialStarted: EachSubscription},
	ActSubscribe:     {OfferGranted: EachOffer, SubscriptionCreated: EachSubscription},
	ActFirstPaid:     {PurchaseCreated: EachOffer, PaymentSucceeded: EachPayment, OfferGranted: EachOffer, SubscriptionTrialEnded: EachSubscription},
	ActOrder:         {OrderCreated: Once, PurchaseCreated: EachOffer, PaymentSucceeded: EachPayment, OfferGranted: EachOffer, SubscriptionCreated: EachSubscription, SubscriptionTrialStarted: EachSubscription},
	ActCart:          {OrderCreated: Once, PaymentSucceeded: EachPayment, OfferGranted: EachOffer, SubscriptionCreated: EachSubscription, SubscriptionTrialStarted: EachSubscription},
	ActInstalment:    {PaymentSucceeded: EachPayment},
	ActRenewal:       {PaymentSucceeded: EachPayment, SubscriptionRenewed: EachSubscription},
	ActRenewed:       {SubscriptionRenewed: EachSubscription},
	ActPaymentFailed: {PaymentFailed: EachPayment},
	ActRefund:        {OrderRefunded: Once},
	ActChargeback:    {OrderChargeback: Once},
	ActCancel:        {SubscriptionCanceled: EachSubscription},
	ActTrialEnd:      {SubscriptionTrialEnded: EachSubscription},
	ActGrant:         {OfferGranted: EachOffer},
	ActRevoke:        {OfferRevoked: EachOffer},
	ActPurchaseOff:   {OfferRevoked: EachOffer},
	ActPurchaseOn:    {OfferGranted: EachOffer},
	ActActivation:    {OfferGranted: EachOffer},
	ActDeactivation:  {OfferRevoked: EachOffer},
	ActForm:          {FormSubmitted: Once, OfferGranted: EachOffer},
	ActEnroll:        {CourseEnrolled: Once},
	ActLesson:        {CourseLessonCompleted: Once},
	ActComplete:      {CourseCompleted: Once},
	ActCertificate:   {CourseCertificate: Once},
	ActMilestone:     {CourseMilestone: Once},
}

// raise emits an event of an act if the table says that the act raises it.
func (a Act) raise(tx Tx, event string, c Contact, data map[string]any) error {
	if Raises[a][event] == Never {
		return nil
	}
	data["contact"] = c.Plain()
	return tx.Emit(Event{Type: event, ContactID: c.ID, Data: data})
}
