import type { QueryClient } from '@tanstack/react-query'

/** A sale was recorded: asks again for what it may have changed. */
export function staleSales(client: QueryClient, ws: string): void {
  void client.invalidateQueries({ queryKey: ['ws', ws, 'sales'] })
  for (const part of ['contacts', 'offers']) {
    void client.invalidateQueries({ queryKey: ['ws', ws, part], predicate: (q) => q.queryKey[3] !== 'feed' })
  }
}
