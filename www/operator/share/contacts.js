// The payers of the links that were created in this page: held by it alone until sign-out, since they are personal.
import { onSignOut } from '../signed-in.js';

const known = new Map();
onSignOut(() => known.clear());

export const contacts = {
  /** Stores the payer of a link, under its order's reference or its card's id; for a card, also what it is saved for. */
  keep: (name, { email, firstName, phoneNumber }, purpose) => known.set(name, { email, firstName, phoneNumber, purpose }),
  of: (name) => known.get(name) ?? {},
};
