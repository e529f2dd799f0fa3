// Times for staff, in the shop's time zone, which the page and, for who is signed in, the Worker name.
import { shopZone } from '/lib/shop.js';
import { language, word } from '/lib/words.js';
import { dayIn, differsFromDevice, isZone, placeOf, startOfDayIn } from '/lib/zoned.js';

let zone = shopZone();
/** The zone that the Worker named, if this browser does not know it. */
let unknown;

/** Formats an instant, with the options of `toLocaleString`. */
export const shown = (instant, how) => new Date(instant).toLocaleString(language(), { ...how, timeZone: zone });

/** Returns the day, `2026-11-20`, of an instant at the shop. */
export const dayOf = (instant) => dayIn(zone, Number(new Date(instant)));

/** Returns the instant at which a day, `2026-11-20`, begins at the shop, plus `daysLater`. */
export function startOfDay(day, daysLater = 0) {
  const start = startOfDayIn(zone, day, daysLater);
  return start === undefined ? undefined : new Date(start).toISOString();
}

/** Returns the place of the shop's time zone, in words. */
export const place = () => placeOf(zone, language());

/** Returns the shop's zone if this browser does not know it: times are then those of another place. */
export const unknownZone = () => unknown;

/** Adds the place to a time that is read elsewhere. */
export const named = (time) => word('shopTime', { time, place: place() });

/** Returns whether this device's clock shows another time than the shop's. */
export const differsHere = (instant) => differsFromDevice(zone, Number(new Date(instant)));

/** Uses the zone of the session's answer, if this browser knows it. Returns whether that changes what is shown. */
export function useZone({ timeZone } = {}) {
  if (!timeZone) return false;
  const before = [zone, unknown].join();
  if (isZone(timeZone)) [zone, unknown] = [timeZone, undefined];
  else unknown = timeZone;
  return [zone, unknown].join() !== before;
}

/**
 * Reads the zone of a session that is older than this page. `ask` reads the session from the Worker; `onChange` is called if the zone has
 * changed.
 */
export async function refreshZone(session, ask, onChange) {
  const answer = await ask().catch(() => undefined);
  const kept = session.read();
  if (!answer?.timeZone || !kept) return;
  if (kept.timeZone !== answer.timeZone) session.write({ ...kept, timeZone: answer.timeZone });
  if (useZone(answer)) onChange();
}
