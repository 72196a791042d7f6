package sale

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes record what was sold and read it.
func (a *API) Routes() {
	const (
		offers        = rest.WS + "/offers"
		grants        = rest.WS + "/grants"
		purchases     = rest.WS + "/purchases"
		payments      = rest.WS + "/payments"
		orders        = rest.WS + "/orders"
		subscriptions = rest.WS + "/subscriptions"
		courses       = rest.WS + "/course-events"
	)
	rest.Handle(a.Shell, rest.Get(offers, rest.Needs(account.OffersRead), "List offers"), a.listOffers)
	rest.Handle(a.Shell, rest.Post(offers, rest.Needs(account.OffersWrite), "Create an offer"), a.createOffer)
	rest.Handle(a.Shell, rest.Get(offers+"/{id}", rest.Needs(account.OffersRead), "Get an offer"), a.getOffer)
	rest.Handle(a.Shell, rest.Patch(offers+"/{id}", rest.Needs(account.OffersWrite), "Change an offer"), a.patchOffer)
	rest.Handle(a.Shell, rest.Remove(offers+"/{id}", rest.Needs(account.OffersWrite), "Delete an offer"), a.deleteOffer)

	rest.Handle(a.Shell, rest.Get(offers+"/{id}/webhooks", rest.Needs(account.OffersRead), "Get the addresses of an offer and who uses old ones"), a.getOfferAddresses)
	rest.Handle(a.Shell, rest.Post(offers+"/{id}/rotate-urls", rest.Needs(account.OffersWrite), "Give an offer new addresses").Answers(http.StatusOK), a.rotateOffer)
	rest.Handle(a.Shell, rest.Get(offers+"/{id}/requests", rest.Needs(account.OffersRead), "List the calls of an offer's addresses"), a.listOfferCalls)

	rest.Handle(a.Shell, rest.Get(grants, rest.Needs(account.OffersRead), "List grants"), a.listGrants)
	rest.Handle(a.Shell, rest.Post(grants, rest.Needs(account.OffersWrite), "Grant an offer"), a.createGrant)
	rest.Handle(a.Shell, rest.Get(grants+"/{id}", rest.Needs(account.OffersRead), "Get a grant"), a.getGrant)
	rest.Handle(a.Shell, rest.Remove(grants+"/{id}", rest.Needs(account.OffersWrite), "Revoke a grant"), a.revokeGrant)

	rest.Handle(a.Shell, rest.Get(purchases, rest.Needs(account.SalesRead), "List purchases"), a.listPurchases)
	rest.Handle(a.Shell, rest.Post(purchases, rest.Needs(account.SalesWrite), "Record a purchase with its first payment"), a.createPurchase)
	rest.Handle(a.Shell, rest.Get(purchases+"/{id}", rest.Needs(account.SalesRead), "Get a purchase"), a.getPurchase)
	rest.Handle(a.Shell, rest.Post(purchases+"/{id}/deactivate", rest.Needs(account.SalesWrite), "Take a purchase and its access away").Answers(http.StatusOK), a.deactivatePurchase)
	rest.Handle(a.Shell, rest.Post(purchases+"/{id}/reactivate", rest.Needs(account.SalesWrite), "Give a purchase and its access back").Answers(http.StatusOK), a.reactivatePurchase)

	rest.Handle(a.Shell, rest.Get(payments, rest.Needs(account.SalesRead), "List payments"), a.listPayments)
	rest.Handle(a.Shell, rest.Post(payments, rest.Needs(account.SalesWrite), "Record a payment"), a.createPayment)
	rest.Handle(a.Shell, rest.Get(payments+"/{id}", rest.Needs(account.SalesRead), "Get a payment"), a.getPayment)
	rest.Handle(a.Shell, rest.Post(payments+"/{id}/refund", rest.Needs(account.SalesWrite), "Record the refund of a payment").Answers(http.StatusOK), a.refundPayment)
	rest.Handle(a.Shell, rest.Post(payments+"/{id}/chargeback", rest.Needs(account.SalesWrite), "Record the chargeback of a payment").Answers(http.StatusOK), a.chargePaymentBack)

	rest.Handle(a.Shell, rest.Get(orders, rest.Needs(account.SalesRead), "List orders"), a.listOrders)
	rest.Handle(a.Shell, rest.Post(orders, rest.Needs(account.SalesWrite), "Record an order"), a.createOrder)
	rest.Handle(a.Shell, rest.Get(orders+"/{id}", rest.Needs(account.SalesRead), "Get an order"), a.getOrder)
	rest.Handle(a.Shell, rest.Post(orders+"/{id}/refund", rest.Needs(account.SalesWrite), "Record the refund of an order").Answers(http.StatusOK), a.refundOrder)
	rest.Handle(a.Shell, rest.Post(orders+"/{id}/chargeback", rest.Needs(account.SalesWrite), "Record the chargeback of an order").Answers(http.StatusOK), a.chargeOrderBack)

	rest.Handle(a.Shell, rest.Get(subscriptions, rest.Needs(account.SalesRead), "List subscriptions"), a.listSubscriptions)
	rest.Handle(a.Shell, rest.Post(subscriptions, rest.Needs(account.SalesWrite), "Record a subscription"), a.createSubscription)
	rest.Handle(a.Shell, rest.Get(subscriptions+"/{id}", rest.Needs(account.SalesRead), "Get a subscription"), a.getSubscription)
	rest.Handle(a.Shell, rest.Post(subscriptions+"/{id}/changes", rest.Needs(account.SalesWrite), "Record what became of a subscription").Answers(http.StatusOK), a.changeSubscription)

	rest.Handle(a.Shell, rest.Get(courses, rest.Needs(account.FormsRead), "List course events"), a.listCourseEvents)
	rest.Handle(a.Shell, rest.Post(courses, rest.Needs(account.FormsWrite), "Record a course event"), a.createCourseEvent)
	rest.Handle(a.Shell, rest.Get(courses+"/{id}", rest.Needs(account.FormsRead), "Get a course event"), a.getCourseEvent)
}
