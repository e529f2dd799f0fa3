// Times on the till and its ticket, in the shop's zone.
import { dayOf, differsHere, named, shown } from '/staff/times.js';

/** Returns the hour if it is today, else with its date; with the place where this device's clock differs. */
export function moment(instant) {
  const isToday = dayOf(instant) === dayOf(Date.now());
  const time = shown(instant, { dateStyle: isToday ? undefined : 'long', timeStyle: 'short' });
  return differsHere(instant) ? named(time) : time;
}

/** Returns a time to the second, with the place, for paper that is read elsewhere. */
export const onPaper = (instant) => named(shown(instant, { dateStyle: 'medium', timeStyle: 'medium' }));
