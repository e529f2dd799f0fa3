// Days, weeks and months of the shop's calendar.
import { language, word } from '/lib/words.js';
import { shown } from '/staff/times.js';
import { dayOf } from '../format.js';

export const periods = ['day', 'week', 'month'];

/**
 * Returns the period called `name` that contains `day`, by default today's day. It has `days` days from `first` on; `before` and `after`
 * are days in the adjacent ones. `namesOf(at, minutes)` names a part that begins `at`: `name` in full, `short` below a bar.
 */
export function periodOf(name, day) {
  const known = periods.includes(name) ? name : 'day';
  const today = dayOf(Date.now());
  const chosen = isDay(day) ? day : today;
  const [year, month, date] = chosen.split('-').map(Number);
  const at = (months, dates) => new Date(Date.UTC(year, month - 1 + months, dates));
  const monday = date - ((at(0, date).getUTCDay() + 6) % 7);
  const [first, next, last] = {
    day: [at(0, date), at(0, date + 1), at(0, date - 1)],
    week: [at(0, monday), at(0, monday + 7), at(0, monday - 7)],
    month: [at(0, 1), at(1, 1), at(-1, 1)],
  }[known];
  const days = (next - first) / dayMs;
  return {
    name: known,
    day: chosen,
    first: textOf(first),
    days,
    before: textOf(last),
    after: textOf(next),
    isNow: textOf(first) <= today && today < textOf(next),
    title: titleOf(known, first, days, chosen === today),
    namesOf: known === 'day' ? hourNames : dayNames,
  };
}

/** Days are computed as midnights in UTC, where each has 24 hours. */
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const textOf = (day) => day.toISOString().slice(0, 10);
const said = (day, how) => day.toLocaleDateString(language(), { ...how, timeZone: 'UTC' });

function isDay(text) {
  const day = /^\d{4}-\d\d-\d\d$/.test(text ?? '') ? new Date(text) : new Date(NaN);
  return !Number.isNaN(day.getTime()) && textOf(day) === text;
}

function titleOf(name, first, days, isToday) {
  if (name === 'month') return said(first, { month: 'long', year: 'numeric' });
  if (name === 'week') {
    const last = new Date(first.getTime() + (days - 1) * dayMs);
    const format = new Intl.DateTimeFormat(language(), { dateStyle: 'long', timeZone: 'UTC' });
    return format.formatRange?.(first, last) ?? `${format.format(first)} – ${format.format(last)}`;
  }
  const long = said(first, { dateStyle: 'full' });
  return isToday ? word('day.todayIs', { day: long }) : long;
}

function hourNames(at, minutes) {
  const start = Date.parse(at);
  const hour = (instant, more) => shown(instant, { hour: 'numeric', minute: '2-digit', ...more });
  // Where clocks are set back, an hour comes twice: its zone tells them apart.
  const isTwice = [-1, 1].some((hours) => hour(start + hours * hourMs) === hour(start));
  const named = isTwice ? { timeZoneName: 'short' } : {};
  return { name: `${hour(start, named)} – ${hour(start + minutes * 60_000, named)}`, short: shown(at, { hour: 'numeric' }) };
}

function dayNames(at) {
  const name = shown(at, { weekday: 'long', day: 'numeric', month: 'long' });
  return { name, short: String(Number(dayOf(at).slice(-2))) };
}
