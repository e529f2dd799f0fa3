// How an order is shipped: what the cart offers, what it costs, and what becomes of it.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { ownCatalog } from '../support/own-catalog.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { shop } from '../support/shop.mjs';

/** @typedef {import('playwright-core').Page} Page */

const { site, good, write, changed, ...own } = await ownCatalog();
const world = await startBrowsing({ site });
afterEach(own.restore);
after(async () => {
  await world.stop();
  await own.remove();
});

/** The totals as the cart shows them. @param {Page} page */
const totals = async (page) => (await page.locator('#cart-totals').innerText()).split('\n');

/** What the next order asks for. @param {Page} page */
const sentBody = async (page) => (await page.waitForRequest(/\/api\/shop\/orders$/)).postDataJSON();

/** @param {string} id of a payment @returns {Promise<number>} what Compago charges */
const charged = async (id) => (await world.sandbox.payments()).find((one) => one.id === id).amount;

test('the first method is chosen, its fee is in every total, and it is free from the sum that it names', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByRole('button', { name: /^Agregar/ }).first().waitFor();
  assert.equal(await page.getByRole('group', { name: 'Entrega' }).isVisible(), false, 'an empty cart is not shipped');
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  const methods = page.getByRole('group', { name: 'Entrega' });
  assert.deepEqual(await methods.getByRole('radio').evaluateAll((radios) => radios.map(({ checked }) => checked)), [true, false, false]);
  await methods.getByRole('radio', { name: 'Envío estándar $99.00 MXN Gratis desde $900.00 MXN' }).waitFor();
  assert.deepEqual(await totals(page), ['Subtotal', '$210.00 MXN', 'Envío estándar', '$99.00 MXN', 'Total', '$309.00 MXN']);

  const more = page.getByRole('button', { name: 'Uno más: Taza de barro' }).first();
  for (const total of ['$519.00 MXN', '$729.00 MXN', '$939.00 MXN']) {
    await more.click();
    await page.getByRole('button', { name: `Pagar ${total}` }).waitFor();
  }
  await more.click();
  await page.getByRole('status').getByText('5 en el carrito: Taza de barro. Total $1,050.00 MXN.').waitFor();
  assert.deepEqual(await totals(page), ['Subtotal', '$1,050.00 MXN', 'Envío estándar', 'Gratis', 'Total', '$1,050.00 MXN']);
  assert.equal(await methods.getByText('Gratis desde').count(), 0);

  await shopper.fillIn(page);
  assert.equal(await charged(await shopper.goToCheckout(page)), 1050);
  await close();
});

test('shipping is free from exactly the sum that the method names, and not a centavo below', async () => {
  for (const [unitAmount, total] of [['900.00', '$900.00 MXN'], ['899.99', '$998.99 MXN']]) {
    await write(changed((items) => (items.find(({ sku }) => sku === 'taza-barro').unitAmount = unitAmount)));
    const { page, close } = await world.visit();
    await shopper.choose(page, world.url, ['Taza de barro']);
    await page.getByRole('button', { name: `Pagar ${total}` }).waitFor();
    await shopper.fillIn(page);
    assert.equal(await charged(await shopper.goToCheckout(page)), Number(total.replace(/[^\d.]/g, '')));
    await close();
  }
});

test('another method is chosen by keyboard, announced, kept over a reload, and charged', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740 });
  await shopper.choose(page, world.url);
  await page.getByRole('radio', { name: /^Envío estándar/ }).focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('status').getByText('Envío exprés. Total $378.00 MXN.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('value')), 'expres', 'the focus stays in the group');
  await assertAccessible(page, 'a cart with shipping');
  await page.getByLabel('Correo electrónico').fill('ana@example.com');
  await page.reload();
  await page.getByRole('button', { name: 'Pagar $378.00 MXN' }).waitFor();
  assert.equal(await page.getByRole('radio', { name: /^Envío exprés/ }).isChecked(), true);
  await shopper.fillIn(page);
  const sent = sentBody(page);
  const id = await shopper.goToCheckout(page);
  assert.deepEqual((await sent).shipping, { method: 'expres' });
  assert.equal(await charged(id), 378);
  await close();
});

test('who picks the order up at the shop pays no shipping, and is still asked for the address that Compago requires', async () => {
  const { page, close } = await world.visit();
  await shopper.choose(page, world.url);
  await shopper.ship(page, `Recoger en Coyoacán Gratis Recoges en ${shop.address}`);
  await page.getByText('Recoges en la tienda; aun así, Compago pide una dirección de facturación en México.').waitFor();
  assert.deepEqual(await totals(page), ['Subtotal', '$189.00 MXN', 'Recoger en Coyoacán', 'Gratis', 'Total', '$189.00 MXN']);
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('You’re picking this up at the shop. Compago still needs a billing address in Mexico.').waitFor();
  await page.getByRole('radio', { name: `Pick up in Coyoacán Free Pick up at ${shop.address}` }).waitFor();
  await page.getByRole('button', { name: 'Español' }).click();
  await shopper.fillIn(page);
  await page.getByText('Agregar quién recoge').click();
  await page.getByLabel('Quién recoge (opcional)').fill('Luis Núñez');
  assert.equal(await page.getByLabel('Instrucciones de entrega (opcional)').isVisible(), false, 'there is no carrier to instruct');
  const sent = sentBody(page);
  assert.equal(await charged(await shopper.goToCheckout(page)), 189);
  assert.deepEqual((await sent).shipping, { method: 'tienda', recipient: 'Luis Núñez' });
  await close();
});

test('somebody else may receive it: the fields are behind a disclosure, and a problem in them opens it', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders$/, /ERR_FAILED.*browser\.inline\.js/);
  await page.route('**/browser.inline.js', (route) => route.abort());
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  assert.equal(await page.getByLabel('Quién recibe (opcional)').isVisible(), false);
  const disclosure = page.getByText('Agregar destinatario o instrucciones');
  await disclosure.click();
  await page.getByLabel('Quién recibe (opcional)').fill('Luis Núñez');
  await page.getByLabel('Instrucciones de entrega (opcional)').fill('x'.repeat(201));
  await disclosure.click();
  await shopper.payButton(page).click();
  await page.getByRole('heading', { name: 'Revisa un dato' }).waitFor();
  assert.equal(await page.getByLabel('Instrucciones de entrega (opcional)').isVisible(), true);
  await page.locator('#summary').getByRole('link').click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'instructions');
  await assertAccessible(page, 'a problem with the instructions');

  await page.getByLabel('Instrucciones de entrega (opcional)').fill('Dejar en recepción');
  await page.reload();
  await page.getByTestId('total').waitFor();
  assert.equal(await page.getByLabel('Quién recibe (opcional)').inputValue(), 'Luis Núñez');
  assert.equal(await page.getByLabel('Quién recibe (opcional)').isVisible(), true, 'what is filled in is in sight');
  const sent = sentBody(page);
  await shopper.goToCheckout(page);
  assert.deepEqual((await sent).shipping, { method: 'estandar', recipient: 'Luis Núñez', instructions: 'Dejar en recepción' });
  await close();
});

test('the postal code chooses the state, unless the payer chose another one', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders$/);
  await shopper.choose(page, world.url);
  const [zip, state] = [page.getByLabel('Código postal'), page.getByLabel('Estado', { exact: true })];
  await zip.pressSequentially('7200');
  assert.equal(await state.inputValue(), '', 'not by a part of it');
  await zip.press('0');
  assert.equal(await state.inputValue(), 'PUE');
  await page.getByRole('status').getByText('Estado según tu código postal: Puebla.').waitFor();
  await zip.fill('44100');
  assert.equal(await state.inputValue(), 'JAL', 'it follows a corrected code');
  await zip.fill('17000');
  assert.equal(await state.inputValue(), 'JAL', 'a code of no state changes nothing');
  await state.selectOption('Oaxaca');
  await zip.fill('72000');
  assert.equal(await state.inputValue(), 'OAX', 'what the payer chose stays');

  for (const { field, label, value } of shopper.answers('es-MX')) if (!['zip', 'state'].includes(field)) await page.getByLabel(label, { exact: true }).fill(value);
  await shopper.payButton(page).click();
  await page.getByRole('heading', { name: 'Revisa un dato' }).waitFor();
  assert.equal(await zip.getAttribute('aria-invalid'), 'true', 'the mismatch is named at the code');
  await state.selectOption('Puebla');
  await shopper.goToCheckout(page);
  await close();
});

test('what is sold out is shown, cannot be added, and is not ordered by a cart that still holds it', async () => {
  const { page, close } = await world.visit();
  await shopper.choose(page, world.url, ['Taza de barro', 'Café de los Altos']);
  assert.equal(await page.locator('.card', { hasText: 'Bolsa de palma' }).getByText('Agotado').isVisible(), true);
  assert.equal(await page.getByRole('button', { name: /Bolsa de palma/ }).count(), 0);
  await write(changed((items) => (items.find(({ sku }) => sku === 'taza-barro').available = false)));
  await page.reload();
  const line = page.locator('.line-item', { hasText: 'Taza de barro' });
  await line.getByText('Agotado: no se incluye en tu pedido.').waitFor();
  await page.getByRole('button', { name: 'Pagar $288.00 MXN' }).waitFor();
  await assertAccessible(page, 'a cart with something sold out');
  await line.getByRole('button', { name: 'Quitar del carrito: Taza de barro' }).click();
  await line.waitFor({ state: 'detached' });
  await close();
});

test('what sells out while the page is open is named, and so is a method that is no longer offered', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders$/);
  await shopper.choose(page, world.url, ['Taza de barro', 'Café de los Altos']);
  await shopper.fillIn(page);
  await write(changed((items) => (items.find(({ sku }) => sku === 'taza-barro').available = false)));
  await shopper.payButton(page).click();
  await page.locator('#summary').getByRole('link', { name: 'Algo de tu carrito se agotó. Revísalo e intenta de nuevo.' }).waitFor();
  await page.locator('.line-item', { hasText: 'Taza de barro' }).getByText('Agotado: no se incluye en tu pedido.').waitFor();

  await write(JSON.stringify({ ...JSON.parse(good), shippingMethods: JSON.parse(good).shippingMethods.slice(1) }));
  await shopper.payButton(page).click();
  await page.locator('#summary').getByRole('link', { name: 'Revisa la forma de entrega e intenta de nuevo.' }).waitFor();
  await page.getByRole('button', { name: /^Pagar/ }).waitFor();
  assert.deepEqual(await page.getByRole('radio').evaluateAll((radios) => radios.map(({ value }) => value)), ['expres', 'tienda']);
  await shopper.goToCheckout(page);
  await close();
});

test('a shop without shipping methods asks for none, and says that shipping is included', async () => {
  const { shippingMethods, ...without } = JSON.parse(good);
  assert.equal(shippingMethods.length, 3);
  await write(JSON.stringify(without));
  const { page, close } = await world.visit();
  await shopper.choose(page, world.url);
  assert.equal(await page.getByRole('group', { name: 'Entrega' }).isVisible(), false);
  assert.equal(await page.getByText('Agregar destinatario o instrucciones').isVisible(), false);
  assert.deepEqual(await totals(page), ['Envío', 'Incluido', 'Total', '$189.00 MXN']);
  await shopper.fillIn(page);
  const sent = sentBody(page);
  await shopper.goToCheckout(page);
  assert.equal('shipping' in (await sent), false);
  await close();
});
