// What lists have shown of payments, since a read of a final one returns its status alone. It is personal: held in memory alone until
// sign-out.
import { onSignOut } from '../signed-in.js';

/** How many pages of a list are held. */
const MOST = 1000;
const known = new Map();
onSignOut(() => known.clear());

export const shown = {
  keep: (payments) => {
    for (const payment of payments) {
      known.delete(payment.id);
      known.set(payment.id, payment);
    }
    for (const id of [...known.keys()].slice(0, Math.max(0, known.size - MOST))) known.delete(id);
  },
  of: (id) => known.get(id),
};

/**
 * Resolves to what the list shows of a payment, which is read if unknown: on the page from which the user came, or on the next one, since
 * others may have come before it.
 */
export async function findShown(id, query, api) {
  const page = Number(query.get('page'));
  if (shown.of(id) || !page) return shown.of(id);
  for (const one of [page, page + 1]) {
    const params = { status: query.get('status'), page: one, pageSize: 50 };
    const list = await api.tryGet('operator/one-time-payments', params);
    shown.keep(list?.items ?? []);
    if (shown.of(id) || !list?.items.length) break;
  }
  return shown.of(id);
}
