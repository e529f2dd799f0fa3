// The cart and the form beside it, where they have limits.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('at the most that an order takes of one thing, the button says so', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  await shopper.choose(page, world.url);
  const card = page.locator('.card[data-sku="cafe-altos-340"]');
  assert.equal(await card.getByText('Máximo 99').isVisible(), false);
  await page.evaluate(async () => (await import('/lib/cart.js')).cart.set('cafe-altos-340', 99));
  await page.reload();
  await card.getByText('Máximo 99').waitFor();
  const more = card.getByRole('button', { name: 'Uno más: Café de los Altos' });
  await more.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('Máximo 99 por pedido: Café de los Altos.').waitFor();
  assert.equal(await card.locator('.count').textContent(), '99');
  await card.getByRole('button', { name: 'Uno menos: Café de los Altos' }).click();
  await card.getByText('Máximo 99').waitFor({ state: 'hidden' });
  await close();
});

test('on a telephone the total leads to the cart, and pictures are whole', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  await shopper.choose(page, world.url);
  await page.getByRole('link', { name: 'Ver carrito 1 artículo $288.00 MXN' }).waitFor();
  const ratios = await page.locator('.card .picture').evaluateAll((pictures) => pictures.map((picture) => picture.clientWidth / picture.clientHeight));
  for (const ratio of ratios) assert.ok(Math.abs(ratio - 4 / 3) < 0.05, `4:3 is not cropped: ${ratio}`);
  await close();
});

test('a payer abroad sees which address is required', async () => {
  const { page, close } = await world.visit({ locale: 'en-US' });
  await page.goto(world.url);
  await page.getByText('In Mexico: Compago only accepts Mexican states and postal codes.').waitFor();
  for (const label of ['Postal code', 'State']) {
    assert.match(await page.getByLabel(label, { exact: true }).getAttribute('aria-describedby') ?? '', /^address-hint /, label);
  }
  await close();
});
