// A time on the till's screen and on its ticket, by the shop's clock.
import { dayOf, differsHere, named, shown } from '/staff/times.js';

/** The hour if it is today, with its day otherwise; with the place where this device's clock shows another time. */
export function moment(instant) {
  const isToday = dayOf(instant) === dayOf(Date.now());
  const time = shown(instant, { dateStyle: isToday ? undefined : 'long', timeStyle: 'short' });
  return differsHere(instant) ? named(time) : time;
}

/** To the second, for paper that somebody reads elsewhere: with the place. */
export const onPaper = (instant) => named(shown(instant, { dateStyle: 'medium', timeStyle: 'medium' }));
