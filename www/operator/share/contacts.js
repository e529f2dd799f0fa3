// The payers of the links that were created in this page: held by it alone until sign-out, since they are personal.
import { onSignOut } from '../signed-in.js';

const known = new Map();
onSignOut(() => known.clear());

export const contacts = {
  /** Stores the payer of a link, under its order's reference or its card's id. */
  keep: (name, { email }) => known.set(name, { email }),
  of: (name) => known.get(name) ?? {},
};
