// To whom the links go that were made in this page. Kept in it alone, until somebody signs out, for it tells of people.
import { onSignOut } from '../signed-in.js';

const known = new Map();
onSignOut(() => known.clear());

export const contacts = {
  /** Notes who a link is for, under its order's reference or its card's id. */
  keep: (name, { email }) => known.set(name, { email }),
  of: (name) => known.get(name) ?? {},
};
