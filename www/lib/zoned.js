// Days and times in a time zone other than the device's, by Intl; libraries need forms of `timeZoneName` that the oldest supported browsers
// lack.

const dayMs = 86_400_000;
const formats = new Map();

/** Returns whether the browser knows a time zone. */
export function isZone(name) {
  try {
    return Boolean(name && formatOf(name));
  } catch {
    return false;
  }
}

/** Returns the day, `2026-11-20`, of an instant in the zone. */
export const dayIn = (zone, instant) => new Date(clockIn(zone, instant)).toISOString().slice(0, 10);

/**
 * Returns the instant, in milliseconds, at which a day, `2026-11-20`, begins in the zone, plus `daysLater`; undefined for an invalid day.
 */
export function startOfDayIn(zone, day, daysLater = 0) {
  const [year, month, date] = day.split('-').map(Number);
  const midnight = Date.UTC(year, month - 1, date + daysLater);
  if (Number.isNaN(midnight)) return undefined;
  const [before, behind] = [-dayMs, dayMs].map((far) => midnight - offsetAt(zone, midnight + far));
  const shows = [Math.min(before, behind), Math.max(before, behind)].find((at) => clockIn(zone, at) === midnight);
  // Where clocks skip midnight, the day begins at the jump.
  return shows ?? before;
}

/** Returns whether this device's clock and the zone's show different times. */
export const differsFromDevice = (zone, instant) =>
  offsetAt(zone, instant) !== -new Date(instant).getTimezoneOffset() * 60_000;

/** Returns the place that a zone is named after: `la Ciudad de México`. */
export function placeOf(zone, language) {
  const [spanish, english = spanish] = places[zone] ?? [zone.split('/').pop().replaceAll('_', ' ')];
  return language === 'en' ? english : spanish;
}

const mexicoCity = ['la Ciudad de México', 'Mexico City'];
const places = {
  'America/Bahia_Banderas': ['Bahía de Banderas'],
  'America/Cancun': ['Cancún'],
  'America/Ciudad_Juarez': ['Ciudad Juárez'],
  'America/Mazatlan': ['Mazatlán'],
  'America/Merida': ['Mérida'],
  'America/Mexico_City': mexicoCity,
  'Mexico/BajaNorte': ['Tijuana'],
  'Mexico/BajaSur': ['Mazatlán'],
  'Mexico/General': mexicoCity,
};

/** Returns the zone's local time at an instant, to the second, as if it were UTC. */
function clockIn(zone, instant) {
  const parts = formatOf(zone).formatToParts(instant);
  const { year, month, day, hour, minute, second } = Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

const offsetAt = (zone, instant) => clockIn(zone, instant) - Math.floor(instant / 1000) * 1000;

/** Formats are cached, since they are slow to create. */
function formatOf(zone) {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const wanted = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' };
  const made = new Intl.DateTimeFormat('en-US', { ...wanted, timeZone: zone });
  formats.set(zone, made);
  return made;
}
