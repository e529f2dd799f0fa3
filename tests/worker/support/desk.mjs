import assert from 'node:assert/strict';
import { until } from './until.mjs';
import { operator } from './world.mjs';

/**
 * Helpers for tests of the operator's desk.
 *
 * @param {Pick<Awaited<ReturnType<typeof import('./world.mjs').startWorld>>, 'send'>} world
 */
export function deskOf({ send }) {
  /** @param {string} path @param {Record<string, unknown>} [query] */
  const get = async (path, query = {}) => {
    const pairs = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
    const answer = await send('GET', `/api/operator/${path}?${pairs}`, { headers: operator });
    assert.equal(answer.status, 200, answer.text);
    return answer.body;
  };
  /** @param {Record<string, unknown>} [query] */
  const orders = (query) => get('orders', query);
  /** @param {Record<string, unknown>} [query] */
  const attention = (query) => get('attention', query);
  return {
    orders,
    attention,
    /** @param {Record<string, unknown>} [query] */
    webhooks: (query) => get('webhooks', query),
    index: () => get('index'),
    /** The day that ends in an hour. */
    today: () => {
      const to = Date.now() + 60 * 60_000;
      return get('reports/figures', { from: new Date(to - 24 * 60 * 60_000).toISOString(), to: new Date(to).toISOString() });
    },
    /** @param {string} kind @param {string} key */
    done: (kind, key) => send('POST', `/api/operator/attention/${kind}/${key}/done`, { headers: operator }),
    /** @param {string} reference @param {string} status */
    untilOrder: (reference, status) =>
      until(`${reference} ${status} on the desk`, async () => {
        const { items } = await orders({ search: reference });
        return items.find((order) => order.reference === reference && order.status === status);
      }),
    /** @param {string} kind @param {string} key */
    untilNeeded: (kind, key) =>
      until(`${kind} ${key} needs a person`, async () => (await attention()).items.find((item) => item.kind === kind && item.key === key)),
  };
}
