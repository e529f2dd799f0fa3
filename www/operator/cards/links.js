// The links of the forms that this tab started: the Worker returns each of them once.
import { ofTab } from '/lib/kept.js';
import { onSignOut } from '../signed-in.js';

const place = ofTab('operator.card-links');
onSignOut(() => place.drop());

export const cardLinks = {
  keep: ({ id, page, expiresAt }) => place.write({ ...good(), [id]: { page, expiresAt } }),
  of: (id) => good()[id],
};

/** The links that have not expired. */
function good() {
  const known = Object.entries(place.read() ?? {});
  return Object.fromEntries(known.filter(([, { expiresAt }]) => Date.parse(expiresAt) > Date.now()));
}
