import { sitePart } from './build-site.mjs';
import { cleanNext, withCheckout } from './checkout.mjs';
import { checkNode } from './node-version.mjs';
import { buildPart, isCurrent } from './stamp.mjs';

/**
 * Brings the site of a shop up to date where all that it is made of is there: with the npm package.
 *
 * @param {string} shop its folder
 */
export async function updateSite(shop) {
  checkNode();
  const site = sitePart(shop);
  if (await isCurrent(site)) return;
  await withCheckout(async () => {
    await cleanNext();
    // The command that was waited for may have built it.
    if (!(await isCurrent(site))) await buildPart(site);
  });
}
