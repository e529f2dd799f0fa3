import { answer } from './desk.mjs';
import { shopOf } from './holder.mjs';
import { open } from './operator.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./browsing.mjs').startBrowsing>>} World */

/** What an operator does with saved cards. @param {World} world */
export function cardDeskOf(world) {
  const shop = shopOf(world);

  /** A card that can be charged, and somebody who looks at it. @param {object} [how] @param {Parameters<typeof open>[2]} [options] */
  async function atCard(how, options) {
    const { id } = await shop.active({}, how);
    const visit = await open(world, `view=cards&id=${id}`, options);
    await visit.page.getByLabel('Importe en pesos').waitFor();
    return { ...visit, id };
  }

  /** What Compago has charged a card. @param {string} id */
  const chargesOf = async (id) => (await shop.charges(id)).map(({ amount, status, description }) => ({ amount, status, description }));

  return { shop, atCard, chargesOf };
}

/** Types a charge and presses its button. @param {Page} page @param {string} amount @param {string} [description] */
export async function type(page, amount, description = '') {
  await page.getByLabel('Importe en pesos').fill(amount);
  await page.getByLabel('Concepto (opcional)').fill(description);
  await page.getByRole('button', { name: /^Cobrar/ }).click();
}

/** Types a charge and says yes. @param {Page} page @param {string} amount @param {string} [description] */
export async function charge(page, amount, description) {
  await type(page, amount, description);
  await answer(page, /^Cobrar/);
}

/** Charges of the list, as they are read. @param {Page} page */
export const rows = (page) => page.getByRole('table', { name: 'Cobros' }).locator('tbody').getByRole('row');
