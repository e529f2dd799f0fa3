// Idempotency keys, fingerprints of the bodies that they belong to, and capabilities in a URL.

/** Returns a new idempotency key, a random UUID, also where `randomUUID` is missing, such as on plain http. */
export function newKey() {
  const made = crypto.randomUUID?.();
  if (made) return made;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Returns the 128-bit FNV-1a hash of a body, which is stored instead of it. Needs no secure context. */
export function fingerprint(body) {
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(JSON.stringify(body)))
    hash = BigInt.asUintN(128, (hash ^ BigInt(byte)) * 0x1000000000000000000013bn);
  return hash.toString(16);
}

/**
 * Returns the capability that a query string has under `name`, such as an order's, or an empty string. Programs that forward links may add
 * punctuation or capitals, which are ignored.
 */
export function capabilityIn(query, name) {
  const given = new URLSearchParams(query).get(name) ?? '';
  return /[0-9a-z]{20,80}/.exec(given.toLowerCase())?.[0] ?? '';
}
