// Where the rows are that a figure counts: a list of what was settled in the same time.
import { dayOf } from '../format.js';

/** The filters of a list for what was settled from one instant, the beginning of a day, to another, the end of one. */
export const placeOfPeriod = (from, to) => ({ by: 'settled', from: dayOf(from), to: dayOf(Date.parse(to) - 1) });

/** The list of each channel: its view, and what it is filtered by. */
const lists = {
  order: ['orders', {}],
  'payment-intent': ['charges', { channel: 'terminal' }],
  'card-payment': ['charges', { channel: 'card' }],
};

/** The address of the rows of a channel; undefined for one that nobody knew of. */
export function rowsOf(kind, { from, to }, href) {
  const [view, filter] = lists[kind] ?? [];
  return view && href(view, { ...filter, ...placeOfPeriod(from, to) });
}
