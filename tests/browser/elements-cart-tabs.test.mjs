// <compago-cart> in several tabs: one cart, and at most one payable order of it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import { add, cart, cartPages, items, press, products } from './support/cart.mjs';
import * as shopper from './support/shopper.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

const { fill, open } = cartPages(world);

test('the tabs of a browser have one cart', async () => {
  const { page, context, close } = await world.visit();
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Tu carrito está vacío.').waitFor();
  const other = await context.newPage();
  await open(other, products + '<compago-cart></compago-cart>', '/tazas.html');
  await add(other).click();
  await cart(other).getByText('Taza de barro').waitFor();
  await cart(page).getByText('Taza de barro').waitFor();
  await press(page, 'Uno más: Taza de barro');
  await cart(other).getByText('Subtotal $420.00 MXN').waitFor();
  await close();
});

test('what another tab adds while the dialog is open changes the order alone, and is announced', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart></compago-cart>');
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await page.getByLabel('Código postal').fill('123');
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Revisa un dato' }).waitFor();
  const invalid = () => cart(page).locator('[aria-invalid]').evaluateAll((fields) => fields.map(({ id }) => id));
  await page.getByLabel('Nombre(s)').focus();
  const other = await context.newPage();
  await open(other, products, '/tazas.html');
  await add(other).click();
  await cart(page).getByRole('status').getByText('Tu pedido cambió. Revísalo antes de pagar: el total es $519.00 MXN.').waitFor();
  await page.getByRole('button', { name: 'Pagar $519.00 MXN' }).waitFor();
  assert.deepEqual(await invalid(), ['address-zip']);
  assert.equal(await page.getByRole('group', { name: 'Revisa un dato' }).count(), 1);
  assert.equal(await cart(page).evaluate((element) => element.shadowRoot.activeElement?.id), 'firstName');
  await close();
});

test('an order of another tab is replaced by the next one, unless it was paid: then nothing can be paid again', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_FAILED/, /status of 409 .*cancel/);
  await context.addInitScript(() => addEventListener('compago-created', (event) => event.preventDefault()));
  /** @param {Page} tab @returns {Promise<{ order: string, paymentId: string }>} */
  const create = async (tab) => {
    const answer = tab.waitForResponse((response) => /\/api\/shop\/orders$/.test(response.url()) && response.request().method() === 'POST');
    await press(tab, 'Ir a pagar');
    await shopper.fillIn(tab);
    await shopper.payButton(tab).click();
    const { order, checkoutUrl } = await (await answer).json();
    return { order, paymentId: checkoutUrl.split('/').at(-1) };
  };
  const statusOf = async (/** @type {string} */ id) => (await world.sandbox.payments()).find((payment) => payment.id === id).status;
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart></compago-cart>');
  const first = await create(page);
  await until('the order to be kept', () => page.evaluate(([place, order]) => localStorage.getItem(place)?.includes(order), [`compago-cart ${world.url}`, first.order]));

  const other = await context.newPage();
  await open(other, '<compago-cart></compago-cart>');
  await cart(other).getByText('Taza de barro').waitFor();
  const second = await create(other);
  await until('one link to be left', async () => (await statusOf(first.paymentId)) === 'CANCELLED');
  assert.equal(await statusOf(second.paymentId), 'PENDING');

  await other.close();
  await world.sandbox.act(second.paymentId, 'pay');
  const third = await context.newPage();
  // The element asks for its order when it is connected: it hears nothing of it.
  await third.route(`**/api/shop/orders/${second.order}`, (route) => route.abort(), { times: 1 });
  await open(third, '<compago-cart></compago-cart>');
  await cart(third).getByText('Taza de barro').waitFor();
  const created = await create(third);
  await cart(third).getByRole('status').getByText(/^Ya recibimos tu pago\. Referencia: [0-9A-Z-]{14}\.$/).waitFor();
  assert.deepEqual(await items(third), []);
  assert.equal(await statusOf(created.paymentId), 'CANCELLED', 'nobody gets another link');
  await close();
});

test('an order that was paid where no element followed it has left the cart on the next visit', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 404 .*\/api\/shop\/orders\//);
  const { order, paymentId } = await world.placeOrder();
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }, { sku: 'miel-melipona-120', quantity: 1 }], { order: { order, lines: [{ sku: 'taza-barro', quantity: 1 }] } });
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Taza de barro').waitFor();
  assert.deepEqual(await items(page), ['taza-barro 1', 'miel-melipona-120 1'], 'it is not paid yet');
  await world.sandbox.act(paymentId, 'pay');
  await until('the order is settled', async () => {
    await page.reload();
    await cart(page).getByText('Miel melipona').waitFor();
    await page.waitForLoadState('networkidle');
    return (await items(page)).join() === 'miel-melipona-120 1';
  });
  const asked = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.reload();
  await cart(page).getByText('Miel melipona').waitFor();
  await page.waitForLoadState('networkidle');
  assert.deepEqual(asked.filter((path) => path.startsWith('/api/shop/orders')), [], 'an order that has ended is not asked for');
  await close();
});

test('paid in another tab, the cart is empty once its page is seen again', async () => {
  const { page, close } = await world.visit();
  const { order, paymentId } = await world.placeOrder();
  const lines = [{ sku: 'taza-barro', quantity: 1 }];
  await fill(page, lines, { order: { order, lines } });
  const asked = page.waitForResponse(`**/api/shop/orders/${order}`);
  await open(page, '<compago-cart></compago-cart>');
  await (await asked).finished();
  await world.sandbox.act(paymentId, 'pay');
  await until('the order to be paid', async () => {
    await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    return (await items(page)).length === 0;
  });
  await cart(page).getByText('Tu carrito está vacío.').waitFor();
  await close();
});

test('an order whose answer was lost, and one of another tab, do not both stay payable', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_FAILED/);
  await context.addInitScript(() => addEventListener('compago-created', (event) => event.preventDefault()));
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart></compago-cart>');
  /** @type {Set<string>} */
  const made = new Set();
  const record = async (/** @type {import('playwright-core').Route} */ route) => {
    const response = await route.fetch();
    made.add((await response.json()).checkoutUrl.split('/').at(-1));
    return response;
  };
  await page.route('**/api/shop/orders', async (route) => void (await record(route), await route.abort()));
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).waitFor();
  await page.unroute('**/api/shop/orders');

  const other = await context.newPage();
  await open(other, '<compago-cart></compago-cart>');
  await other.route('**/api/shop/orders', async (route) => route.fulfill({ response: await record(route) }));
  await press(other, 'Ir a pagar');
  await shopper.fillIn(other);
  await shopper.payButton(other).click();
  await other.getByRole('dialog').waitFor({ state: 'hidden' });

  await shopper.payButton(page).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  assert.equal(made.size, 2);
  const payments = (await world.sandbox.payments()).filter(({ id }) => made.has(id));
  assert.deepEqual(payments.map(({ status }) => status).sort(), ['CANCELLED', 'PENDING']);
  await close();
});

test('paid in another tab, the dialog closes and the order is shown', async () => {
  const { page, close } = await world.visit();
  await page.addInitScript(() => addEventListener('compago-created', (event) => event.preventDefault()));
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart></compago-cart><compago-order></compago-order>');
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  const created = page.waitForResponse((response) => response.request().method() === 'POST' && response.ok());
  await shopper.payButton(page).click();
  const { checkoutUrl } = await (await created).json();
  await page.getByText('Esperamos tu pago').waitFor({ state: 'attached' });
  await world.sandbox.act(checkoutUrl.split('/').at(-1), 'pay');
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(await page.getByRole('dialog').count(), 0);
  await cart(page).getByText('Tu carrito está vacío.').waitFor();
  await close();
});
