// Links to the rows behind a figure: lists of what was settled in the same period.
import { dayOf } from '../format.js';

/** Returns the filters for what was settled between two instants, the beginning of a day and the end of one. */
export const placeOfPeriod = (from, to) => ({ by: 'settled', from: dayOf(from), to: dayOf(Date.parse(to) - 1) });

/** The list of each channel: its view and filters. */
const lists = {
  order: ['orders', {}],
  'payment-intent': ['charges', { channel: 'terminal' }],
  'card-payment': ['charges', { channel: 'card' }],
};

/** Returns the URL of the rows of a channel; undefined for an unknown one. */
export function rowsOf(kind, { from, to }, href) {
  const [view, filter] = lists[kind] ?? [];
  return view && href(view, { ...filter, ...placeOfPeriod(from, to) });
}
