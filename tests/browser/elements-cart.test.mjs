// <compago-cart>: filled on one page, changed and paid on another, by a page without JavaScript of its own.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ sku: string, quantity: number, name?: string }} Line */

const world = await startBrowsing();
after(() => world.stop());

const products = '<compago-pay sku="taza-barro" cart></compago-pay><compago-pay sku="cafe-altos-340" quantity="2" cart></compago-pay>';

/** @param {Page} page @param {string} markup @param {string} [path] */
async function open(page, markup, path = '/carrito.html') {
  await serve(page, world.url, path, markup);
  await page.goto(world.url + path);
}

/** What a browser has in its cart before a page is opened. @param {Page} page @param {Line[]} lines @param {object} [more] */
const fill = (page, lines, more) =>
  page.addInitScript(([place, kept]) => void (localStorage.getItem(place) ?? localStorage.setItem(place, kept)), [`compago-cart ${world.url}`, JSON.stringify({ lines, ...more })]);

/** @param {Page} page */
const cart = (page) => page.locator('compago-cart');
/** Each row as a person reads it. @param {Page} page */
const rows = async (page) => (await cart(page).getByRole('listitem').allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
/** @param {Page} page @param {string} name */
const press = (page, name) => cart(page).getByRole('button', { name, exact: true }).click();
/** @param {Page} page */
const add = (page) => page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' });
/** @param {Page} page @param {string} text */
const untilSaid = (page, text) => cart(page).getByRole('status').getByText(text, { exact: true }).waitFor();
/** What the cart holds, by its element. @param {Page} page */
const items = (page) => cart(page).evaluate((element) => element.items.map(({ sku, quantity }) => `${sku} ${quantity}`));

/** Opens the dialog, fills it in and goes to the checkout. @param {Page} page */
async function buy(page) {
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  return shopper.goToCheckout(page);
}

test('what is added on one page is paid on another, and then the cart is empty', async () => {
  const { page, close } = await world.visit();
  await open(page, products, '/tazas.html');
  await add(page).click();
  await add(page).click();
  await page.getByRole('button', { name: 'Agregar al carrito: Café de los Altos' }).click();
  await serve(page, world.url, '/return.html', '<compago-order></compago-order><compago-cart></compago-cart>');
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Taza de barro').waitFor();
  assert.deepEqual(await rows(page), ['Taza de barro $420.00 MXN − 2 + Quitar', 'Café de los Altos $378.00 MXN − 2 + Quitar']);
  await cart(page).getByText('Subtotal $798.00 MXN').waitFor();
  await press(page, 'Uno menos: Café de los Altos');
  await cart(page).getByText('Subtotal $609.00 MXN').waitFor();

  const id = await buy(page);
  await page.goto(`${world.url}/carrito.html`);
  await until('the cart as it was', async () => (await items(page)).join() === 'taza-barro 2,cafe-altos-340 1');
  await shopper.goBack(page);
  await shopper.payThere(page);
  // Playwright lets redirects pass: what they led to is replaced by loading it again.
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  await cart(page).getByText('Tu carrito está vacío. Agrega lo que te guste.').waitFor();
  assert.deepEqual(await items(page), []);
  const reference = await shopper.fact(page, 'Referencia');
  const [{ data }] = await world.untilEvents(reference);
  assert.equal(data.paymentId, id);
  assert.deepEqual(data.items.map(({ sku, quantity }) => `${sku} ${quantity}`), ['taza-barro 2', 'cafe-altos-340 1']);
  await close();
});

test('quantities change by buttons that keep the focus, up to what an order takes', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'taza-barro', quantity: 97 }, { sku: 'miel-melipona-120', quantity: 2 }]);
  await open(page, '<compago-cart></compago-cart>');
  const more = cart(page).getByRole('button', { name: 'Uno más: Taza de barro' });
  await more.focus();
  await more.evaluate((button) => button.addEventListener('blur', () => (document.title = 'blurred')));
  await page.keyboard.press('Enter');
  await untilSaid(page, '98 en el carrito: Taza de barro. Subtotal: $21,070.00 MXN.');
  await cart(page).getByRole('group', { name: 'Taza de barro', exact: true }).getByText('98', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await cart(page).getByText('Puedes pedir hasta 99.').waitFor();
  assert.equal(await more.getAttribute('aria-disabled'), 'true');
  await page.keyboard.press('Enter');
  await untilSaid(page, 'Puedes pedir hasta 99.');
  assert.deepEqual(await items(page), ['taza-barro 99', 'miel-melipona-120 2']);
  assert.notEqual(await page.title(), 'blurred', 'a screen reader would read the button again');

  await cart(page).getByRole('button', { name: 'Uno menos: Miel melipona' }).dblclick();
  await untilSaid(page, 'Quitaste Miel melipona. Subtotal: $20,790.00 MXN.');
  assert.deepEqual(await items(page), ['taza-barro 99']);
  await press(page, 'Quitar: Taza de barro');
  await untilSaid(page, 'Quitaste Taza de barro. Tu carrito está vacío. Agrega lo que te guste.');
  const focused = () => cart(page).evaluate((element) => element.shadowRoot?.activeElement?.textContent);
  assert.equal(await focused(), 'Tu carrito', 'the focus is not lost with a row');
  assert.equal(await cart(page).getByRole('button').count(), 0);
  await close();
});

test('what is sold out or gone from the catalog is named, and neither counted nor ordered', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'no-such-thing', quantity: 3, name: 'Rebozo' }, { sku: 'taza-barro', quantity: 1 }, { sku: 'older', quantity: 1 }]);
  await serve(page, world.url, '/return.html', '<compago-order></compago-order><compago-cart></compago-cart>');
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Subtotal $210.00 MXN').waitFor();
  assert.deepEqual(await rows(page), [
    'Bolsa de palma Quitar Agotado. No se suma al total.',
    'Rebozo Quitar Ya no está a la venta. No se suma al total.',
    'Taza de barro $210.00 MXN − 1 + Quitar',
    'older Quitar Ya no está a la venta. No se suma al total.',
  ]);
  await assertAccessible(page, 'a cart with what is not for sale');
  await buy(page);
  await shopper.payThere(page);
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  await until('only what was bought is gone', async () => (await items(page)).join() === 'bolsa-palma 1,no-such-thing 3,older 1');
  await press(page, 'Quitar: Rebozo');
  await press(page, 'Quitar: Bolsa de palma');
  assert.deepEqual(await items(page), ['older 1']);
  assert.equal(await cart(page).getByRole('button', { name: 'Ir a pagar' }).count(), 0, 'nothing can be paid for');
  await close();
});

test('what sold out since it was shown is said to be, and the rest can be bought', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  const early = async (/** @type {import('playwright-core').Route} */ route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('"available":false', '"available":true') });
  };
  await page.route('**/api/shop/catalog', early, { times: 1 });
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'taza-barro', quantity: 1 }]);
  await open(page, '<compago-cart shipping="tienda"></compago-cart>');
  await cart(page).getByText('Subtotal $630.00 MXN').waitFor();
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('Bolsa de palma ya no está disponible y no se suma al total.').waitFor();
  assert.equal(await shopper.payButton(page).innerText(), 'Pagar $210.00 MXN');
  assert.equal(await page.getByLabel('Correo electrónico').inputValue(), shopper.ana.email);
  await shopper.goToCheckout(page);

  await page.route('**/api/shop/catalog', early, { times: 1 });
  await page.goto(`${world.url}/carrito.html`);
  await press(page, 'Quitar: Taza de barro');
  await press(page, 'Ir a pagar');
  await shopper.payButton(page).click();
  await cart(page).getByText('Agotado. No se suma al total.').waitFor();
  await untilSaid(page, 'Bolsa de palma ya no está disponible y no se suma al total.');
  assert.equal(await page.getByRole('dialog').count(), 0, 'nothing is left to buy');
  await close();
});

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

test('an item that has left the catalog while its order was sent is named all the same', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders/);
  await fill(page, [{ sku: 'bolsa-palma', quantity: 1 }, { sku: 'taza-barro', quantity: 1 }]);
  await page.route('**/api/shop/catalog', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replaceAll('"available":false', '"available":true') });
  }, { times: 1 });
  await open(page, '<compago-cart shipping="tienda"></compago-cart>');
  await press(page, 'Ir a pagar');
  await shopper.fillIn(page);
  await page.route('**/api/shop/orders', async (route) => {
    const gone = ({ sku }) => sku !== 'bolsa-palma';
    await page.route('**/api/shop/catalog', async (asked) => {
      const response = await asked.fetch();
      const catalog = await response.json();
      await asked.fulfill({ response, json: { ...catalog, items: catalog.items.filter(gone) } });
    });
    await cart(page).evaluate((element) => element.reload());
    await route.continue();
  }, { times: 1 });
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Todavía no pudimos iniciar tu pago' }).getByText('bolsa-palma ya no está disponible y no se suma al total.').waitFor();
  await page.getByRole('button', { name: 'Pagar $210.00 MXN' }).waitFor();
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
  await cart(third).getByRole('status').getByText(/^Ya recibimos tu pago del pedido [0-9A-Z-]{14}\.$/).waitFor();
  assert.deepEqual(await items(third), []);
  assert.equal(await statusOf(created.paymentId), 'CANCELLED', 'nobody gets another link');
  await close();
});

for (const how of /** @type {const} */ (['forbidden', 'full']))
  test(`where storage is ${how}, the cart lasts as long as the page`, async () => {
    const { page, close } = await world.visit();
    await page.addInitScript((isFull) => {
      const refuse = () => {
        throw new DOMException('refused', isFull ? 'QuotaExceededError' : 'SecurityError');
      };
      if (isFull) Storage.prototype.setItem = refuse;
      else for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get: refuse });
    }, how === 'full');
    await open(page, products + '<compago-cart></compago-cart>');
    await add(page).click();
    await cart(page).getByText('Subtotal $210.00 MXN').waitFor();
    await buy(page);
    await close();
  });

test('a page hears of each change once, adds by itself, and clears', async () => {
  const { page, close } = await world.visit();
  await fill(page, [{ sku: 'taza-barro', quantity: 1 }]);
  await page.addInitScript(() => {
    globalThis.heard = [];
    addEventListener('compago-cart', ({ detail }) => globalThis.heard.push(detail.items.map(({ sku, quantity }) => `${sku} ${quantity}`).join()));
  });
  await open(page, '<compago-cart></compago-cart>');
  await cart(page).getByText('Taza de barro').waitFor();
  const act = (/** @type {string} */ call) => cart(page).evaluate((element, code) => Function('cart', `return cart.${code}`)(element), call);
  assert.equal(await act("add('miel-melipona-120')"), true);
  assert.equal(await act("add('taza-barro', 99)"), false, 'not all of it fits');
  await cart(page).evaluate((element) => element.setAttribute('language', 'en'));
  await cart(page).getByText('Melipona honey').waitFor();
  await act('clear()');
  await cart(page).getByText('Your cart is empty.').waitFor();
  assert.deepEqual(await page.evaluate(() => globalThis.heard), ['taza-barro 1', 'taza-barro 1,miel-melipona-120 1', 'taza-barro 99,miel-melipona-120 1', '']);
  const kept = await page.evaluate((url) => JSON.parse(localStorage.getItem(`compago-cart ${url}`) ?? '').lines, world.url);
  assert.deepEqual(kept, []);
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

test('in English, at 360 px, all can be read and hit with a thumb', async () => {
  const { page, close } = await world.visit({ width: 360, height: 740, locale: 'en-US' });
  await fill(page, [{ sku: 'taza-barro', quantity: 2 }, { sku: 'bolsa-palma', quantity: 1 }]);
  await open(page, '<compago-cart language="en"></compago-cart>');
  await cart(page).getByText('Sold out. It is not part of the total.').waitFor();
  await assertAccessible(page, 'a cart');
  const low = await cart(page).evaluate((element) =>
    [...element.shadowRoot.querySelectorAll('button')].map((one) => [one.getBoundingClientRect(), one.outerHTML]).filter(([{ width, height }]) => width > 0 && (height < 44 || width < 44)).map(([, html]) => html),
  );
  assert.deepEqual(low, []);
  await press(page, 'Remove: Palm tote');
  await press(page, 'Remove: Clay mug');
  await cart(page).getByText('Your cart is empty. Add whatever you like.', { exact: true }).waitFor();
  await assertAccessible(page, 'an empty cart');
  await close();
});
