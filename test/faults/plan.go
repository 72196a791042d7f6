package faults

import (
	"fmt"
	"math/rand/v2"
)

// Order is one webhook to send.
type Order struct {
	// ID is its known id; repeats carry the same one.
	ID   string
	Flow string
	Body string
	// Malformed orders must be refused and leave no run.
	Malformed bool
}

// The make-up of a plan, as one order in so many.
const (
	oneInMalformed = 20
	oneInRepeated  = 10
	oneInWaited    = 6
	// reach is how far an order may stray from its place in the sequence.
	reach = 8
)

// Plan makes n webhooks and some repeats of them, in an order that is a little
// out of sequence. The same seed gives the same plan; prefix keeps the ids of
// several plans for one installation apart.
func Plan(seed uint64, prefix string, n int) []Order {
	random := rand.New(rand.NewPCG(seed, 1))
	var orders []Order
	for i := range n {
		o := Order{ID: fmt.Sprintf("%s-%05d", prefix, i), Flow: Sale}
		if random.IntN(oneInWaited) == 0 {
			o.Flow = Waited
		}
		o.Body = fmt.Sprintf(`{"id":%q,"name":"Ada Lovelace %d","amount":%d}`, o.ID, i, 100+i)
		if random.IntN(oneInMalformed) == 0 {
			o.Malformed = true
			o.Body = o.Body[:len(o.Body)-1-random.IntN(10)]
		}
		orders = append(orders, o)
		if random.IntN(oneInRepeated) == 0 && !o.Malformed {
			orders = append(orders, o)
		}
	}
	for i := range orders {
		j := min(len(orders)-1, i+random.IntN(reach))
		orders[i], orders[j] = orders[j], orders[i]
	}
	return orders
}
