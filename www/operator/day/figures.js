// The figures of a period, by the shop's days. The Worker counts days of 24 hours: a day with a change of clocks is requested separately,
// as is what lies before and after it.
import { dayOf, startOfDay } from '../format.js';

const usual = 86_400_000;

/** Resolves to the figures of `days` days from `first` on: by hour for one day, else by day. */
export async function figuresOf({ first, days }, { api }) {
  const read = (from, to) =>
    api.get('operator/reports/figures', { from: startOfDay(first, from), to: startOfDay(first, to) });
  const ends = days > 1 ? endsOf(first, days) : [];
  const [whole, ...parts] = await Promise.all([read(0, days), ...ends.slice(1).map((end, at) => read(ends[at], end))]);
  if (!parts.length) return whole;
  return { ...whole, buckets: byDay(parts.flatMap(({ buckets }) => buckets)) };
}

/** Returns the boundaries of the parts of a period, in days from its first; none if all days have 24 hours. */
function endsOf(first, days) {
  const starts = Array.from({ length: days + 1 }, (_, at) => Date.parse(startOfDay(first, at)));
  const odd = starts.flatMap((start, at) => (starts[at + 1] - start === usual || at === days ? [] : [at, at + 1]));
  return odd.length ? [...new Set([0, ...odd, days])] : [];
}

function byDay(buckets) {
  const sums = new Map();
  for (const { at, count, amount } of buckets) {
    const day = dayOf(at);
    const sum = sums.get(day) ?? { at, count: 0, centavos: 0 };
    sum.count += count;
    sum.centavos += Number(amount.replace('.', ''));
    sums.set(day, sum);
  }
  return [...sums.values()].map(({ at, count, centavos }) => ({ at, count, amount: (centavos / 100).toFixed(2) }));
}
