// The external ids that the shop makes itself, which are no folios of the merchant. Pure.

/** `mesa-4_20260301T180000_k7q2m9xd3fht`, of a charge at a terminal (src/flow/intent/terms.rs). */
const ofCharge = /^(.+)_\d{8}T\d{6}_([0-9a-z]{12})$/;
/** What a charge has for a note, without one. */
const noNote = 'pos';

const compact = (reference) => reference.replaceAll('-', '').toLowerCase();

/** Returns the reference of a charge, `K7Q2-M9XD-3FHT`, from its external id; another id stays as it is. */
export function referenceIn(externalId) {
  const [, , key] = ofCharge.exec(externalId) ?? [];
  return key ? key.toUpperCase().match(/.{4}/g).join('-') : externalId;
}

/** Returns the note of a charge, as it was sent, from its external id; empty without one. */
export function noteIn(externalId) {
  const [, note = noNote] = ofCharge.exec(externalId ?? '') ?? [];
  return note === noNote ? '' : note;
}

/** Returns the external id that the merchant gave; undefined for one that was made from the `reference`. */
export function folioOf({ reference, externalId }) {
  if (!externalId || !reference) return externalId ?? undefined;
  const isMade = ofCharge.test(externalId) || externalId.toLowerCase().replace(/-\d+$/, '') === compact(reference);
  return isMade ? undefined : externalId;
}
