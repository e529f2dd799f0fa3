// Days, weeks and months in the reader's own zone.
import { language, word } from '/lib/words.js';
import { dayOf } from '../format.js';

export const periods = ['day', 'week', 'month'];

/**
 * The period called `name` in which `day` lies; today's day if they are none. It has `days` days from `first` on; `before`
 * and `after` are days in those beside it. `namesOf(at, minutes)` says a part of it that begins `at`: `name` in full,
 * `short` below a bar.
 */
export function periodOf(name, day) {
  const known = periods.includes(name) ? name : 'day';
  const today = dayOf(Date.now());
  const chosen = isDay(day) ? day : today;
  const [year, month, date] = chosen.split('-').map(Number);
  const at = (months, dates) => new Date(year, month - 1 + months, dates);
  const monday = date - ((at(0, date).getDay() + 6) % 7);
  const [first, next, last] = {
    day: [at(0, date), at(0, date + 1), at(0, date - 1)],
    week: [at(0, monday), at(0, monday + 7), at(0, monday - 7)],
    month: [at(0, 1), at(1, 1), at(-1, 1)],
  }[known];
  // Not every day has 24 hours.
  const days = Math.round((next - first) / 86_400_000);
  const isNow = first <= new Date() && new Date() < next;
  return {
    name: known,
    day: chosen,
    first: dayOf(first),
    days,
    before: dayOf(last),
    after: dayOf(next),
    isNow,
    title: titleOf(known, first, days, chosen === today),
    namesOf: known === 'day' ? hourNames : dayNames,
  };
}

const isDay = (text) => /^\d{4}-\d\d-\d\d$/.test(text ?? '') && dayOf(new Date(`${text}T12:00`)) === text;

function titleOf(name, first, days, isToday) {
  if (name === 'month') return first.toLocaleDateString(language(), { month: 'long', year: 'numeric' });
  const last = new Date(first.getFullYear(), first.getMonth(), first.getDate() + days - 1);
  if (name === 'week') {
    const format = new Intl.DateTimeFormat(language(), { dateStyle: 'long' });
    return format.formatRange?.(first, last) ?? `${format.format(first)} – ${format.format(last)}`;
  }
  const long = first.toLocaleDateString(language(), { dateStyle: 'full' });
  return isToday ? word('day.todayIs', { day: long }) : long;
}

function hourNames(at, minutes) {
  const hour = (instant) => new Date(instant).toLocaleTimeString(language(), { hour: 'numeric', minute: '2-digit' });
  const short = new Date(at).toLocaleTimeString(language(), { hour: 'numeric' });
  return { name: `${hour(at)} – ${hour(Date.parse(at) + minutes * 60_000)}`, short };
}

function dayNames(at) {
  const day = new Date(at);
  const name = day.toLocaleDateString(language(), { weekday: 'long', day: 'numeric', month: 'long' });
  return { name, short: String(day.getDate()) };
}
