import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { serve } from './support/static-page.mjs';
import { until } from './support/until.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** How payments stand at Compago. @param {string[]} ids */
async function statuses(...ids) {
  const payments = await world.sandbox.payments();
  return ids.map((id) => payments.find((payment) => payment.id === id)?.status);
}

/** The payment that was made last. */
const latest = async () => (await world.sandbox.payments()).at(-1).id;

/** Comes to the shop by the checkout's own link, which is no way back. @param {Page} page */
async function leaveCheckout(page) {
  await page.goto(world.url);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
}

const add = (/** @type {Page} */ page, name = 'Taza de barro') => page.getByRole('button', { name: `Agregar al carrito: ${name}` }).click();

for (const wasm of [true, false]) {
  test(`a form that is refused cancels nothing ${wasm ? '' : 'without wasm'}`, async () => {
    const { page, context, expect, close } = await world.visit();
    expect(/status of 400 .*\/api\/shop\/orders$/, /ERR_FAILED.*browser\.inline\.js/);
    if (!wasm) await context.route('**/browser.inline.js', (route) => route.abort());
    const first = await shopper.order(page, world.url);
    await leaveCheckout(page);
    const cancels = [];
    page.on('request', (request) => request.url().endsWith('/cancel') && cancels.push(request.url()));
    await add(page);
    for (const { label } of shopper.answers('es-MX')) {
      const field = page.getByLabel(label, { exact: true });
      await (label === 'Estado' ? field.selectOption('') : field.fill(''));
    }
    await shopper.payButton(page).click();
    await page.getByRole('heading', { name: 'Revisa 8 datos' }).waitFor();
    assert.deepEqual([cancels, await statuses(first)], [[], ['PENDING']]);
    await page.getByRole('link', { name: 'Continuar al pago' }).click();
    assert.equal(await shopper.atCheckout(page), first, 'it can be paid as before');
    await close();
  });
}

test('what was typed survives reload and the way out of the checkout, until the order is paid', async () => {
  const { page, close } = await world.visit();
  const typed = () => page.locator('#checkout').evaluate((form) => [...form.elements].filter(({ name, type, checked }) => name && (type !== 'radio' || checked)).map(({ value }) => value));
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.ship(page, 'Recoger en Coyoacán');
  await page.getByText('Agregar quién recoge').click();
  await page.getByLabel('Quién recoge (opcional)').fill('Luis');
  const all = await typed();
  assert.equal(all.length, 11);
  await page.reload();
  await page.getByTestId('total').waitFor();
  assert.deepEqual(await typed(), all);
  await shopper.goToCheckout(page);
  await leaveCheckout(page);
  assert.deepEqual(await typed(), all);
  await page.getByRole('link', { name: 'Continuar al pago' }).click();
  await shopper.atCheckout(page);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(await shopper.fact(page, 'Pedido'), '1 × Café de los Altos\n$189.00 MXN\nRecoger en Coyoacán\nGratis');
  await page.goto(world.url);
  await shopper.untilHeadline(page, 'Pago recibido');
  await page.getByRole('button', { name: 'Agregar al carrito: Café de los Altos' }).waitFor();
  assert.deepEqual(await typed(), ['estandar', '', '', '', '', '', '', '', '', '', '']);
  await close();
});

test('an earlier order that was paid in the meantime stays, and the new one is cancelled without being shown', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 409 .*\/cancel$/);
  const first = await shopper.order(page, world.url);
  await leaveCheckout(page);
  await add(page);
  await world.sandbox.act(first, 'pay');
  await shopper.payButton(page).click();
  await shopper.untilHeadline(page, 'Pago recibido');
  // The page follows the earlier order as well, so its headline may come before the new one is cancelled.
  await until('the new order is cancelled', async () => {
    const second = await latest();
    return second !== first && (await statuses(second))[0] === 'CANCELLED';
  });
  assert.equal(new URL(page.url()).origin, world.url);
  assert.deepEqual(await statuses(first), ['CONFIRMED']);
  await close();
});

/** Ways in which an order cannot be cancelled. @type {Record<string, (route: import('playwright-core').Route) => Promise<void>>} */
const refusals = {
  'is not heard': (route) => route.abort(),
  'is refused for good': (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ status: 403, code: 'forbidden' }) }),
};

for (const [what, refuse] of Object.entries(refusals))
  test(`while cancelling the earlier order ${what} the payer is not redirected to the new one, and all attempts have one key`, async () => {
    const { page, context, expect, close } = await world.visit();
    expect(/ERR_FAILED|ERR_CONNECTION/, /status of 403 .*\/cancel$/);
    const keys = new Set();
    const first = await shopper.order(page, world.url);
    await leaveCheckout(page);
    await context.route('**/cancel', refuse);
    page.on('request', (request) => request.method() === 'POST' && keys.add(request.headers()['idempotency-key'] ?? ''));
    await add(page);
    await shopper.payButton(page).click();
    await page.getByText(/^No pudimos cancelar tu pedido anterior, [0-9A-Z-]{14}\./).waitFor();
    await page.getByRole('link', { name: 'Continuar al pago' }).waitFor();
    const second = await latest();
    assert.notEqual(second, first);
    await context.unroute('**/cancel');
    assert.equal(await shopper.goToCheckout(page), second);
    assert.deepEqual(await statuses(first, second), ['CANCELLED', 'PENDING']);
    assert.equal([...keys].filter(Boolean).length, 1);
    await close();
  });

test('a checkout that does not open is said to have not, and there is another way there', async () => {
  const { page, context, close } = await world.visit();
  await context.route('**/checkout/otp/**', (route) => route.fulfill({ status: 204 }));
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  const summary = page.locator('#summary');
  await summary.getByRole('heading', { name: 'Tu pedido está listo para pagar' }).waitFor();
  assert.equal(await page.locator('#pay').innerText(), 'Pagar $288.00 MXN');
  await context.unroute('**/checkout/otp/**');
  await summary.getByRole('link', { name: 'Continuar al pago' }).click();
  assert.equal(await shopper.atCheckout(page), await latest());
  await close();
});

test('an answer that was lost is no claim that nothing happened, and the order is found again', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_FAILED|ERR_CONNECTION/);
  await context.route('**/api/shop/orders', async (route) => {
    await route.fetch();
    await route.abort();
  });
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  const summary = page.locator('#summary');
  await summary.getByText('No recibimos respuesta.').waitFor();
  assert.doesNotMatch(await summary.innerText(), /no se cobró/i);
  const made = await latest();
  await context.unroute('**/api/shop/orders');
  assert.equal(await shopper.goToCheckout(page), made);
  await close();
});

test('the element cancels nothing for a form that is refused, and its old link when the new one is made', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 400 .*\/api\/shop\/orders$/);
  await serve(page, world.url, '/nosotros.html', '<compago-pay sku="taza-barro"></compago-pay>');
  const begin = async () => {
    await page.goto(`${world.url}/nosotros.html`);
    await page.getByRole('button', { name: 'Comprar' }).click();
    await shopper.fillIn(page);
  };
  await begin();
  const first = await shopper.goToCheckout(page);
  await begin();
  await page.getByLabel('Correo electrónico').fill('');
  await shopper.payButton(page).click();
  await page.getByRole('group', { name: 'Revisa un dato' }).waitFor();
  assert.deepEqual(await statuses(first), ['PENDING']);
  await page.getByLabel('Correo electrónico').fill('otra@example.com');
  const second = await shopper.goToCheckout(page);
  assert.notEqual(second, first);
  assert.deepEqual(await statuses(first, second), ['CANCELLED', 'PENDING']);
  await close();
});

test('the element keeps the key of an order that is made while cancelling the one of before is refused', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of 403 .*\/cancel$/);
  await serve(page, world.url, '/nosotros.html', '<compago-pay sku="taza-barro"></compago-pay>');
  const begin = async () => {
    await page.goto(`${world.url}/nosotros.html`);
    await page.getByRole('button', { name: 'Comprar' }).click();
    await shopper.fillIn(page);
  };
  await begin();
  const first = await shopper.goToCheckout(page);
  await begin();
  await page.getByLabel('Correo electrónico').fill('otra@example.com');
  await context.route('**/cancel', refusals['is refused for good']);
  await shopper.payButton(page).click();
  await page.getByText('No pudimos preparar tu pago.').waitFor();
  const second = await latest();
  await context.unroute('**/cancel');
  assert.equal(await shopper.goToCheckout(page), second);
  assert.deepEqual(await statuses(first, second), ['CANCELLED', 'PENDING']);
  await close();
});

/** An order that was cancelled, and a newer one that can be paid. @param {Page} page */
async function twoOrders(page) {
  await shopper.order(page, world.url);
  await leaveCheckout(page);
  const old = await page.evaluate(() => JSON.parse(localStorage.getItem('order') ?? '').order);
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');
  await add(page);
  await page.locator('#pay').click();
  const newer = await shopper.atCheckout(page);
  await page.goto(`${world.url}/return.html?order=${old}`);
  await page.getByRole('button', { name: 'Pagar de nuevo' }).waitFor();
  return { old, newer };
}

test('paying an old order again cancels the newer one before anybody gets the new link', async () => {
  const { page, close } = await world.visit();
  const { old, newer } = await twoOrders(page);
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  const again = await shopper.atCheckout(page);
  assert.deepEqual(await statuses(newer, again), ['CANCELLED', 'PENDING']);
  await leaveCheckout(page);
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem('order') ?? '').order), old);
  await close();
});

test('an old order is not paid again beside a newer one that was paid: that one is shown', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 409 .*\/cancel$/);
  const { newer } = await twoOrders(page);
  await world.sandbox.act(newer, 'pay');
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(new URL(page.url()).origin, world.url);
  assert.equal(await page.getByText('último pedido de este dispositivo').count(), 0);
  const again = await latest();
  assert.notEqual(again, newer);
  assert.deepEqual(await statuses(newer, again), ['CONFIRMED', 'CANCELLED']);
  await close();
});

test('an old order is not paid again while the newer one cannot be cancelled', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of 403 .*\/cancel$/);
  const { newer } = await twoOrders(page);
  const { order } = await page.evaluate(() => JSON.parse(localStorage.getItem('order') ?? ''));
  await context.route(`**/${order}/cancel`, refusals['is refused for good']);
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await page.getByText('No pudimos cancelar tu pedido anterior,').waitFor();
  assert.deepEqual(await statuses(newer, await latest()), ['PENDING', 'CANCELLED']);
  assert.equal(await page.evaluate(() => JSON.parse(localStorage.getItem('order') ?? '').order), order);
  await close();
});

test('of two tabs that order at the same time one order can be paid', async () => {
  const { page, context, close } = await world.visit();
  const other = await context.newPage();
  await shopper.choose(page, world.url);
  await other.goto(world.url);
  for (const tab of [page, other]) await shopper.fillIn(tab);
  const made = [];
  /** @type {(value?: unknown) => void} */
  let release = () => {};
  const both = new Promise((resolve) => (release = resolve));
  await context.route('**/api/shop/orders', async (route) => {
    const response = await route.fetch();
    made.push((await response.json()).checkoutUrl.split('/').at(-1));
    if (made.length === 2) release();
    await both;
    await route.fulfill({ response });
  });
  await Promise.all([page, other].map((tab) => shopper.goToCheckout(tab)));
  assert.deepEqual((await statuses(...made)).sort(), ['CANCELLED', 'PENDING']);
  await close();
});

test('a tab that cannot see yet what another tab has stored cancels that order all the same', async () => {
  const { page, context, close } = await world.visit();
  const other = await context.newPage();
  await shopper.choose(page, world.url);
  await other.goto(world.url);
  for (const tab of [page, other]) await shopper.fillIn(tab);
  await other.evaluate(() => {
    const { getItem } = Storage.prototype;
    Storage.prototype.getItem = function late(key) {
      return key === 'order' ? null : getItem.call(this, key);
    };
  });
  const [first, second] = [await shopper.goToCheckout(page), await shopper.goToCheckout(other)];
  assert.deepEqual(await statuses(first, second), ['CANCELLED', 'PENDING']);
  await close();
});

for (const [how, database] of /** @type {const} */ ([['forbids', 'undefined'], ['never opens', '{ open: () => ({}) }']]))
  test(`where the browser ${how} the page's database, a new order replaces the earlier one by what localStorage has`, async () => {
    const { page, context, close } = await world.visit();
    await context.addInitScript(`Object.defineProperty(window, 'indexedDB', { value: ${database} })`);
    const first = await shopper.order(page, world.url);
    await leaveCheckout(page);
    await shopper.choose(page, world.url, ['Taza de barro']);
    const second = await shopper.goToCheckout(page);
    assert.deepEqual(await statuses(first, second), ['CANCELLED', 'PENDING']);
    await close();
  });

test('a new link that is refused because too many are unpaid says for how long', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of 429 .*\/retry$/);
  await shopper.order(page, world.url);
  await leaveCheckout(page);
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');
  const body = JSON.stringify({ status: 429, code: 'shop-busy' });
  await context.route('**/retry', (route) => route.fulfill({ status: 429, headers: { 'retry-after': '420' }, contentType: 'application/problem+json', body }));
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await page.locator('#open-order').getByText('Intenta de nuevo en 7 min.').waitFor();
  await close();
});
