// The settings of a shop that has not sold yet: its first view shows the first steps.

/** Whether something was paid, which nothing undoes. */
let hasSold = false;

/** Resolves to the settings, or to undefined of a shop that has sold; to `known` if they cannot be read. */
export async function settingsOfNewShop({ api }, known) {
  if (hasSold) return undefined;
  const settings = (await api.tryGet('operator/settings')) ?? known;
  hasSold = settings?.checks.purchase.status === 'ok';
  return hasSold ? undefined : settings;
}
