// How the elements ship: what the dialog offers, what it costs, and what an element may fix.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** @param {Page} page @param {string} markup */
async function open(page, markup) {
  await serve(page, world.url, '/nosotros.html', markup);
  await page.goto(`${world.url}/nosotros.html`);
}

/** Opens the dialog. @param {Page} page */
const buy = (page) => page.getByRole('button', { name: /^(Comprar|Buy)/ }).click();
/** The rows of the totals. @param {Page} page */
const totals = async (page) => (await page.locator('[part~="totals"]').innerText()).split('\n').filter(Boolean);
/** @param {Page} page */
const methods = (page) => page.getByRole('group', { name: 'Entrega' });
/** What the next order asks for. @param {Page} page */
const sentBody = async (page) => (await page.waitForRequest(/\/api\/shop\/orders$/)).postDataJSON();
/** @param {string} id of a payment @returns {Promise<number>} what Compago charges */
const charged = async (id) => (await world.sandbox.payments()).find((one) => one.id === id).amount;

/** Changes the catalog that the page gets. @param {Page} page @param {(catalog: any) => void} change */
const changedCatalog = (page, change) =>
  page.route('**/api/shop/catalog', async (route) => {
    const response = await route.fetch();
    const catalog = await response.json();
    change(catalog);
    await route.fulfill({ response, json: catalog });
  });

test('the first method is chosen, and another one changes the total, what is announced and what is charged', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  assert.deepEqual(await methods(page).getByRole('radio').evaluateAll((radios) => radios.map(({ checked }) => checked)), [true, false, false]);
  await methods(page).getByRole('radio', { name: 'Envío estándar Gratis desde $900.00 MXN $99.00 MXN' }).waitFor();
  assert.deepEqual(await totals(page), ['Subtotal', '$210.00 MXN', 'Envío estándar', '$99.00 MXN', 'Total', '$309.00 MXN']);
  await shopper.ship(page, 'Envío exprés');
  assert.deepEqual(await totals(page), ['Subtotal', '$210.00 MXN', 'Envío exprés', '$189.00 MXN', 'Total', '$399.00 MXN']);
  await page.getByRole('status').getByText('Envío exprés. Total $399.00 MXN.').waitFor();
  await shopper.fillIn(page);
  await page.getByRole('button', { name: 'Pagar $399.00 MXN' }).waitFor();
  const body = sentBody(page);
  const id = await shopper.goToCheckout(page);
  assert.deepEqual((await body).shipping, { method: 'expres' });
  assert.equal(await charged(id), 399);
  await close();
});

test('shipping is free from exactly the sum that the method names', async () => {
  for (const [unitAmount, fee, total] of [['450.00', 'Gratis', '$900.00 MXN'], ['449.99', '$99.00 MXN', '$998.98 MXN']]) {
    const { page, close } = await world.visit();
    await changedCatalog(page, ({ items }) => (items.find(({ sku }) => sku === 'taza-barro').unitAmount = unitAmount));
    await open(page, '<compago-pay sku="taza-barro" quantity="2"></compago-pay>');
    await buy(page);
    await page.getByRole('button', { name: `Pagar ${total}` }).waitFor();
    assert.equal((await totals(page)).at(3), fee);
    assert.equal(await methods(page).getByText('Gratis desde').count(), fee === 'Gratis' ? 0 : 1);
    await close();
  }
});

test('who picks the order up learns that Compago requires an address all the same', async () => {
  const { page, close } = await world.visit({ locale: 'en-US' });
  await open(page, '<compago-pay sku="taza-barro" language="en"></compago-pay>');
  await buy(page);
  await page.getByText('Address in Mexico: Compago only accepts Mexican states and postal codes.').waitFor();
  await shopper.ship(page, 'Pick up in Coyoacán');
  await page.getByText('You’re picking this up at the shop. Compago still needs a billing address in Mexico.').waitFor();
  assert.equal(await page.getByText('Address in Mexico: Compago').count(), 0);
  await page.getByRole('button', { name: 'Pay $210.00 MXN' }).waitFor();
  await assertAccessible(page, 'an order that is picked up');
  await close();
});

test('an element may fix the method, whose fee is shown without a choice', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro" shipping="expres"></compago-pay>');
  await buy(page);
  assert.equal(await page.getByRole('radio').count(), 0);
  assert.deepEqual(await totals(page), ['Subtotal', '$210.00 MXN', 'Envío exprés', '$189.00 MXN', 'Total', '$399.00 MXN']);
  await shopper.fillIn(page);
  assert.equal(await charged(await shopper.goToCheckout(page)), 399);
  await close();
});

test('what is not shipped has no fee, and neither has an item of a shop without methods', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro" shipping="none"></compago-pay>');
  await buy(page);
  assert.deepEqual(await totals(page), ['Total', '$210.00 MXN']);
  await shopper.fillIn(page);
  const body = sentBody(page);
  assert.equal(await charged(await shopper.goToCheckout(page)), 210);
  assert.equal('shipping' in (await body), false);

  await changedCatalog(page, ({ shippingMethods }) => (shippingMethods[0].method = 'none'));
  await open(page, '<compago-pay sku="taza-barro" shipping="none"></compago-pay>');
  await buy(page);
  assert.deepEqual(await totals(page), ['Total', '$210.00 MXN'], 'whatever the methods are called');
  await page.unroute('**/api/shop/catalog');

  await changedCatalog(page, (catalog) => (catalog.shippingMethods = []));
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  assert.deepEqual(await totals(page), ['Total', '$210.00 MXN']);
  assert.equal(await page.getByRole('radio').count(), 0);
  await close();
});

for (const [name, markup, change, code, detail] of /** @type {[string, string, (catalog: any) => void, string, RegExp][]} */ ([
  ['a method that the catalog does not have', 'shipping="exprés"', () => {}, 'unknown-shipping', /"exprés".*estandar, expres, tienda/],
  ['no shipping where each order is shipped', 'shipping="none"', (catalog) => (catalog.shippingRequired = true), 'shipping-required', /shippingRequired/],
]))
  test(`an element that asks for ${name} sells nothing, and says why to the page`, async () => {
    const { page, close } = await world.visit();
    await changedCatalog(page, change);
    await page.addInitScript(() => addEventListener('compago-error', ({ detail: { code, message } }) => (document.title = `${code}: ${message}`)));
    await open(page, `<compago-pay sku="taza-barro" ${markup}></compago-pay>`);
    await page.getByRole('alert').getByText('Por ahora la tienda no puede cobrar. Escríbele o vuelve más tarde.').waitFor();
    const title = await page.title();
    assert.equal(title.split(':')[0], code);
    assert.match(title, detail);
    assert.equal(await page.getByRole('button').count(), 0, 'nothing is offered that cannot work');
    await page.locator('compago-pay').evaluate((element) => (element.shipping = 'expres'));
    await page.getByRole('button', { name: 'Comprar' }).waitFor();
    await close();
  });

test('a method that the shop has withdrawn meanwhile is named, and its choice is led to', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await changedCatalog(page, ({ shippingMethods }) => (shippingMethods[0].method = 'antiguo'));
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Revisa un dato' }).getByRole('link', { name: 'Revisa la forma de entrega e intenta de nuevo.' }).click();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByRole('radio', { name: 'Envío exprés' }).isChecked(), true);
  assert.equal(await charged(await shopper.goToCheckout(page)), 399);
  await close();
});

test('a total that the Worker corrected is that of one order, and of no other with the same sum', async () => {
  const { page, close } = await world.visit();
  await changedCatalog(page, ({ items }) => {
    for (const item of items) if (['taza-barro', 'cafe-altos-340'].includes(item.sku)) item.unitAmount = '200.00';
  });
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  await shopper.fillIn(page);
  await page.getByRole('button', { name: 'Pagar $299.00 MXN' }).click();
  await page.getByRole('button', { name: 'Pagar $309.00 MXN' }).waitFor();
  await page.locator('compago-pay').evaluate((element) => (element.sku = 'cafe-altos-340'));
  await page.getByRole('button', { name: 'Pagar $299.00 MXN' }).waitFor();
  assert.equal((await totals(page)).at(-1), '$299.00 MXN');
  await page.locator('compago-pay').evaluate((element) => (element.sku = 'taza-barro'));
  await page.getByRole('button', { name: 'Pagar $309.00 MXN' }).waitFor();
  await close();
});

test('what an order costs is drawn anew around a chosen method, which keeps the focus', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  await shopper.ship(page, 'Envío exprés');
  await page.locator('compago-pay').evaluate((element) => (element.quantity = 5));
  await page.getByRole('status').getByText('Tu pedido cambió. Revísalo antes de pagar: el total es $1,239.00 MXN.').waitFor();
  await methods(page).getByRole('radio', { name: 'Envío estándar Gratis' }).waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getByRole('radio', { name: 'Recoger en Coyoacán' }).isChecked(), true);
  await close();
});

test('the link to a checkout that did not open is gone once another order is shown', async () => {
  const { page, close } = await world.visit();
  await open(page, '<compago-pay sku="taza-barro"></compago-pay>');
  await buy(page);
  await shopper.fillIn(page);
  // An answer without content leaves a page where it is.
  await page.route('**/checkout/otp/**', (route) => route.fulfill({ status: 204 }));
  await shopper.payButton(page).click();
  const link = page.getByRole('link', { name: 'Continuar al pago' });
  await link.waitFor();
  await shopper.ship(page, 'Envío exprés');
  assert.equal(await link.count(), 0);
  await page.unroute('**/checkout/otp/**');
  assert.equal(await charged(await shopper.goToCheckout(page)), 399);
  await close();
});
