// The external id among the facts of a charge, a payment or an order.
import { folioOf } from '/staff/references.js';

/** Returns the pair of name and value: the merchant's own, or by what Compago knows it. */
export function externalIdFact({ reference, externalId }, { code, word }) {
  const name = folioOf({ reference, externalId }) ? 'externalId' : 'externalIdThere';
  return [word(name), externalId && code(externalId)];
}
