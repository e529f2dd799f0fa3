import * as shopper from './shopper.mjs';
import { serve } from './static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ sku: string, quantity: number, name?: string }} Line */

export const products = '<compago-pay sku="taza-barro" cart></compago-pay><compago-pay sku="cafe-altos-340" quantity="2" cart></compago-pay>';

/**
 * Pages of a Worker that have a cart.
 *
 * @param {{ url: string }} world
 */
export const cartPages = ({ url }) => ({
  /** @param {Page} page @param {string} markup @param {string} [path] */
  open: async (page, markup, path = '/carrito.html') => {
    await serve(page, url, path, markup);
    await page.goto(url + path);
  },
  /** What a browser has in its cart before a page is opened. @param {Page} page @param {Line[]} lines @param {object} [more] */
  fill: (page, lines, more) =>
    page.addInitScript(([place, kept]) => void (localStorage.getItem(place) ?? localStorage.setItem(place, kept)), [`compago-cart ${url}`, JSON.stringify({ lines, ...more })]),
});

/** @param {Page} page */
export const cart = (page) => page.locator('compago-cart');
/** Each row as a person reads it. @param {Page} page */
export const rows = async (page) => (await cart(page).getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
/** @param {Page} page @param {string} name */
export const press = (page, name) => cart(page).getByRole('button', { name, exact: true }).click();
/** @param {Page} page */
export const add = (page) => page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' });
/** @param {Page} page @param {string} text */
export const untilAnnounced = (page, text) => cart(page).getByRole('status').getByText(text, { exact: true }).waitFor();
/** What the cart holds, by its element. @param {Page} page */
export const items = (page) => cart(page).evaluate((element) => element.items.map(({ sku, quantity }) => `${sku} ${quantity}`));

/** Opens the dialog, fills it in and goes to the checkout. @param {Page} page */
export async function buy(page) {
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  return shopper.goToCheckout(page);
}
