// Times as staff read them and hand them on: by the shop's clock, wherever this device is. Which zone that is, the Worker tells.
import { language, word } from '/lib/words.js';
import { dayIn, differsFromDevice, isZone, placeOf, startOfDayIn } from '/lib/zoned.js';

let zone = 'America/Mexico_City';
/** The zone that the Worker named, if this browser does not know it. */
let unknown;

/** An instant as text, in the form of `toLocaleString`. */
export const shown = (instant, how) => new Date(instant).toLocaleString(language(), { ...how, timeZone: zone });

/** The day, `2026-11-20`, on which an instant falls at the shop. */
export const dayOf = (instant) => dayIn(zone, Number(new Date(instant)));

/** The instant at which a day of a date field, `2026-11-20`, begins at the shop, so many days later. */
export function startOfDay(day, daysLater = 0) {
  const start = startOfDayIn(zone, day, daysLater);
  return start === undefined ? undefined : new Date(start).toISOString();
}

/** Where the shop's clock is, in words. */
export const place = () => placeOf(zone, language());

/** The name of the shop's zone, if this browser does not know it: then times are those of another place. */
export const unknownZone = () => unknown;

/** A time that somebody reads elsewhere: with the place whose time it is. */
export const named = (time) => word('shopTime', { time, place: place() });

/** Whether somebody who looks at this device's clock would take a time of the shop's for another one. */
export const differsHere = (instant) => differsFromDevice(zone, Number(new Date(instant)));

/** Uses the zone that the session's answer names, if this browser knows it. Returns whether that changes what is shown. */
export function useZone({ timeZone } = {}) {
  if (!timeZone) return false;
  const before = [zone, unknown].join();
  if (isZone(timeZone)) [zone, unknown] = [timeZone, undefined];
  else unknown = timeZone;
  return [zone, unknown].join() !== before;
}

/**
 * Asks for the zone of a session that began before this page was opened: it may have been set anew since. `ask` reads the session
 * from the Worker; `onChange` is called if it is another zone.
 */
export async function refreshZone(session, ask, onChange) {
  const answer = await ask().catch(() => undefined);
  const kept = session.read();
  if (!answer?.timeZone || !kept) return;
  if (kept.timeZone !== answer.timeZone) session.write({ ...kept, timeZone: answer.timeZone });
  if (useZone(answer)) onChange();
}
