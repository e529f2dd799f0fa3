// To whom the links go that were made in this page. Kept as long as the page, and nowhere else, for it tells of people.

const known = new Map();

export const contacts = {
  /** Notes who a link is for, under its order's reference or its card's id. */
  keep: (name, { email }) => known.set(name, { email }),
  of: (name) => known.get(name) ?? {},
};
