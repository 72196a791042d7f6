// Package all is the bundle of the built-in node types. A custom build imports
// it beside its own, or imports single groups instead.
package all

import (
	_ "github.com/hookloom/hookloom/nodes/auth"    // connections for webhook.send
	_ "github.com/hookloom/hookloom/nodes/contact" // find, create and tag contacts
	_ "github.com/hookloom/hookloom/nodes/course"  // record what members do in courses
	_ "github.com/hookloom/hookloom/nodes/email"   // send e-mails
	_ "github.com/hookloom/hookloom/nodes/event"   // triggers of the workspace's own events
	_ "github.com/hookloom/hookloom/nodes/flow"    // filter, branch, split, loop, wait, goal, stop
	_ "github.com/hookloom/hookloom/nodes/manual"  // start by hand
	_ "github.com/hookloom/hookloom/nodes/offer"   // grant and revoke offers
	_ "github.com/hookloom/hookloom/nodes/paypal"  // confirm messages of PayPal
	_ "github.com/hookloom/hookloom/nodes/sale"
	_ "github.com/hookloom/hookloom/nodes/schedule" // record purchases, payments, orders, refunds, subscriptions
	_ "github.com/hookloom/hookloom/nodes/schedule" // start at times
	_ "github.com/hookloom/hookloom/nodes/value"    // change custom values
	_ "github.com/hookloom/hookloom/nodes/webhook"  // catch and send webhooks
)
