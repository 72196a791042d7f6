package dispatch

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// listen rouses this process when another one put handles into an empty queue,
// until ctx ends. go-redis connects again by itself.
func (b *Asynq) listen(ctx context.Context) {
	sub := b.client.Subscribe(ctx, b.keys.wake)
	defer sub.Close()
	messages := sub.ChannelWithSubscriptions(redis.WithChannelSize(1))
	for {
		select {
		case <-ctx.Done():
			return
		case m, ok := <-messages:
			if !ok {
				return
			}
			if s, ok := m.(*redis.Subscription); ok {
				b.gauge.listening.Store(s.Kind == "subscribe")
			}
			// After a new connection too: signals may have been missed.
			b.rouse()
		}
	}
}
