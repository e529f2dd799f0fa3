/** What stands where something else should: of every type, at every border, and texts that are hard to read. */
const JUNK = [
  null, true, false, 0, -0, 1, -1, 2, 9, 10, 99, 100, 2880, 2881, 1.5, 1e21, -1e300, 4294967296, 9007199254740993,
  '', ' ', 'a', 'MXN', 'PUE', 'pue', '72000', '7200', '0.99', '1', '1.00', '350.50', '350.505', '1e3', '-1', '100000000', '٣',
  'ana@example.com', 'ana@', '@example.com', 'ana@exa mple.com', 'ANA@EXAMPLE.COM', `${'a'.repeat(64)}@example.com`,
  '55 1234 5678', '+52 55 1234 5678', '+1', '0'.repeat(40), 'R'.repeat(80), 'R'.repeat(81), 'ñ'.repeat(80), '😀'.repeat(40),
  'a\u0000b', 'a\nb', 'a\u202eb', '\u200b', '\ud800', 'e\u0301', '__proto__', 'constructor', '"', '\\', '</script>', '%00', '../',
  'cafe_altos', 'café', 'x'.repeat(65), 'TERM-01', 'mesa 4', 'mesa.4',
  [], [null], [[]], [1, 2], ['a'], {}, { a: 1 }, { length: 1 }, { toString: 'x' },
];

/** Names that are added. */
const NAMES = ['price', 'amount', 'items', '__proto__x', 'toString', '', 'a/b', 'a~b', 'ñ', 'sku', 'zip'];

/**
 * Bodies that differ from a good one in one to four places, as JSON, always the same for a seed.
 *
 * @param {object} good
 * @param {number} count
 * @param {number} seed
 * @returns {string[]}
 */
export function mutations(good, count, seed) {
  const random = randomOf(seed);
  const pick = (/** @type {any[]} */ list) => list[Math.floor(random() * list.length)];
  return Array.from({ length: count }, () => {
    let body = structuredClone(good);
    for (let change = Math.floor(random() * 4); change >= 0; change -= 1) body = changed(body, pick, random);
    return JSON.stringify(body);
  });
}

/** @param {any} body @param {(list: any[]) => any} pick @param {() => number} random */
function changed(body, pick, random) {
  const places = placesIn(body);
  if (places.length === 0 || random() < 0.002) return structuredClone(pick(JUNK));
  const [parent, key] = pick(places);
  const how = random();
  if (how < 0.6) parent[key] = structuredClone(pick(JUNK));
  else if (how < 0.75) Array.isArray(parent) ? parent.splice(Number(key), 1) : delete parent[key];
  else if (how < 0.85) Array.isArray(parent) ? parent.push(structuredClone(pick(JUNK))) : (parent[pick(NAMES)] = structuredClone(pick(JUNK)));
  else if (typeof parent[key] === 'string') parent[key] = twisted(parent[key], random);
  else parent[key] = [parent[key]];
  return body;
}

/** Every place in a body that can be changed. @param {any} value @returns {[any, string][]} */
function placesIn(value) {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value).flatMap((key) => [/** @type {[any, string]} */ ([value, key]), ...placesIn(value[key])]);
}

/** @param {string} text @param {() => number} random */
function twisted(text, random) {
  const at = Math.floor(random() * (text.length + 1));
  const added = [' ', '.', '-', '@', 'é', '\t', '\u00a0', '5', 'Z'][Math.floor(random() * 9)];
  return random() < 0.5 ? text.slice(0, at) + added + text.slice(at) : text.slice(0, at) + text.slice(at + 1);
}

/** mulberry32: the same numbers for the same seed. @param {number} seed */
function randomOf(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
