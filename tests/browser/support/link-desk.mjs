import { answers } from './shopper.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./browsing.mjs').startBrowsing>>} World */

/** Where a link of the desk is made. */
export const ORDERS = /\/api\/operator\/orders$/;

/**
 * Fills the form in, for Ana.
 *
 * @param {Page} page
 * @param {Record<string, string>} [invoice] by the field's label
 */
export async function fillIn(page, invoice = {}) {
  const typed = { 'Importe en pesos': '1250.50', Concepto: 'Factura 881, mantenimiento', ...invoice };
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value);
  for (const { label, value } of answers('es-MX')) {
    const field = page.getByLabel(label, { exact: true });
    await (label === 'Estado' ? field.selectOption(value) : field.fill(value));
  }
}

/** @param {Page} page */
export const send = (page) => page.getByRole('button', { name: /^Crear enlace/ }).click();

/** Makes a link. @param {Page} page @param {Record<string, string>} [invoice] @returns {Promise<string>} where it leads */
export async function make(page, invoice) {
  await fillIn(page, invoice);
  await send(page);
  await page.waitForURL(/reference=/);
  return linkOn(page);
}

/** The link that is shown. @param {Page} page */
export const linkOn = (page) => page.getByLabel('Enlace', { exact: true }).inputValue();

/** The payment at Compago that a link leads to. @param {World} world @param {string} link */
export const paymentOf = async (world, link) => (await world.sandbox.payments()).find(({ id }) => link.endsWith(`/${id}`));
