import { startBrowsing } from '../../browser/support/browsing.mjs';
import * as shopper from '../../browser/support/shopper.mjs';
import { serveSite } from './site.mjs';

/** @typedef {import('playwright-core').Page | import('playwright-core').FrameLocator} Place where an element is: a page, or a frame of one */
/** @typedef {Awaited<ReturnType<typeof startEmbedding>>} World */

/**
 * The whole, a browser, and somebody's static site on another origin, whose pages may order.
 *
 * @param {{ base?: string, embed?: boolean, env?: Record<string, string>, others?: string[], strangers?: string[], site?: string }} [options] base: the path of the site; embed: false
 *   if its pages may not order; others: further origins whose pages may; strangers: those whose pages may not, and that people open;
 *   site: another folder of the Worker's own files
 */
export async function startEmbedding({ base, embed = true, env = {}, others = [], strangers = [], site: ownFiles } = {}) {
  const site = await serveSite({}, { base });
  const EMBED_ORIGINS = [...(embed ? [site.origin] : []), ...others].join(' ');
  const world = await startBrowsing({ site: ownFiles, env: { EMBED_ORIGINS, ...env }, pages: [site.origin, ...others, ...strangers] });
  return {
    ...world,
    site,
    stop: async () => {
      await world.stop();
      await site.stop();
    },
  };
}

/**
 * What a person without JavaScript writes: the line that the build prints and two elements.
 *
 * @param {string} worker
 * @param {string} markup
 * @param {{ script?: string, head?: string, lang?: string }} [more]
 */
export const pageWith = (worker, markup, { script = `${worker}/pkg/elements-define.js`, head = '', lang = 'es-MX' } = {}) => `<!doctype html>
<html lang="${lang}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Tostadores del barrio</title>
${head}
<script type="module" src="${script}"></script>
<main><h1>Tostadores del barrio</h1>${markup}</main>
</html>`;

/** One thing to buy, and its order where the payer returns. */
export const threeLines = '<compago-order></compago-order><compago-pay sku="cafe-altos-340"></compago-pay>';

/** Opens the dialog and types what Ana would. @param {Place} place */
export async function begin(place) {
  await place.getByRole('button', { name: 'Comprar' }).click();
  await shopper.fillIn(/** @type {import('playwright-core').Page} */ (place));
}

/** Buys and goes to the checkout. @param {import('playwright-core').Page} page @returns the payment's id at Compago */
export async function buy(page) {
  await begin(page);
  return shopper.goToCheckout(page);
}

/** Pays at the sandbox's checkout and comes back. @param {import('playwright-core').Page} page @param {string} address where to, without parameters */
export async function payAndReturn(page, address) {
  await page.getByRole('button', { name: /^(Pagar|Pay) \$/ }).click();
  await page.waitForURL((url) => url.origin + url.pathname === address && url.searchParams.has('order'));
}
