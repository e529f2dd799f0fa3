import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import { shopOf } from './support/holder.mjs';
import * as shopper from './support/shopper.mjs';

/** @typedef {import('playwright-core').Page} Page */

const world = await startBrowsing();
after(() => world.stop());

/** Forbids storage, as browsers do for some sites and in some modes. @param {import('playwright-core').BrowserContext} context */
const forbidStorage = (context) =>
  context.addInitScript(() => {
    const get = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(globalThis, name, { get, configurable: true });
  });

test('with storage forbidden the cart and the order are known after the way back, and two links are never payable', async () => {
  const { page, context, close } = await world.visit();
  await forbidStorage(context);
  // Loaded anew, not brought back out of the browser's memory.
  await context.addInitScript(() => addEventListener('unload', () => {}));
  await shopper.choose(page, world.url, ['Miel melipona']);
  await page.getByText('Tu navegador no guarda datos de esta tienda').waitFor();
  await shopper.fillIn(page);
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify(history.state)), /Puebla|ana@/i);
  await page.reload();
  await page.getByTestId('total').waitFor();
  assert.equal(await page.getByLabel('Ciudad o alcaldía').inputValue(), '', 'nothing about a person outlasts the page');
  await shopper.fillIn(page);
  const first = await shopper.goToCheckout(page);
  await shopper.goBack(page);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  assert.equal(await page.getByTestId('total').innerText(), '$344.00 MXN');
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  await shopper.fillIn(page);
  const second = await shopper.goToCheckout(page);
  const payments = await world.sandbox.payments();
  assert.deepEqual([first, second].map((id) => payments.find((payment) => payment.id === id).status), ['CANCELLED', 'PENDING']);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await close();
});

test('where storage works nothing is said of it', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByRole('heading', { name: 'Tus datos' }).waitFor();
  assert.equal(await page.locator('#not-kept').isVisible(), false);
  await close();
});

test('outside a secure context, where there is neither randomUUID nor subtle, somebody buys', async () => {
  const { page, context, close } = await world.visit();
  await context.addInitScript(() => {
    delete Crypto.prototype.randomUUID;
    delete Crypto.prototype.subtle;
  });
  const keys = [];
  page.on('request', (request) => keys.push(request.headers()['idempotency-key']));
  await shopper.order(page, world.url);
  assert.match(keys.filter(Boolean).join(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await close();
});

test('an address that was mangled on its way leads to its order', async () => {
  const { page, close } = await world.visit();
  const { order, reference } = await world.placeOrder();
  const id = '0f0e0d0c-1111-4222-8333-444455556666';
  for (const mangled of [
    `${order}?id=${id}&externalId=A-1`,
    `${order}.`,
    `${order})`,
    `${order}%20`,
    `%20${order}`,
    `${order}/`,
    `${order}%E2%80%8B`,
    `%E2%80%8B${order}`,
    order.toUpperCase(),
    `${order}&amp;id=${id}`,
  ]) {
    await page.goto(`${world.url}/return.html?order=${mangled}`);
    await shopper.untilHeadline(page, 'Esperamos tu pago');
    assert.equal(await shopper.fact(page, 'Referencia'), reference, mangled);
    assert.equal(await page.getByText('último pedido de este dispositivo').count(), 0);
  }
  await close();
});

test('an address without its order shows the last one of this device, and says which it is', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 404 .*\/api\/shop\/orders\//);
  await page.goto(`${world.url}/return.html`);
  await shopper.untilHeadline(page, 'No encontramos este pedido');
  await shopper.order(page, world.url);
  const { reference } = await page.goto(world.url).then(() => page.evaluate(() => JSON.parse(localStorage.getItem('order') ?? '')));
  const incomplete = 'El enlace está incompleto.';
  const cases = [['', incomplete], ['?order=', incomplete], ['?order=abc', incomplete], [`?order=${'0'.repeat(38)}`, 'No encontramos el pedido de este enlace.']];
  for (const [query, why] of cases) {
    await page.goto(`${world.url}/return.html${query}`);
    await page.getByText(`${why} Este es el último pedido de este dispositivo.`).waitFor();
    await shopper.untilHeadline(page, 'Esperamos tu pago');
    assert.equal(await shopper.fact(page, 'Referencia'), reference, query);
  }
  await close();
});

test('once it is paid, neither its link nor what was typed stays on the device', async () => {
  const { page, context, close } = await world.visit();
  await shopper.order(page, world.url);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  const kept = () => ({ ...localStorage });
  assert.deepEqual(Object.keys(await page.evaluate(kept)).sort(), ['cart']);
  const ofTab = await page.evaluate(() => ({ ...sessionStorage }));
  assert.deepEqual(Object.keys(ofTab), ['receipt']);
  assert.doesNotMatch(ofTab.receipt, /checkout|Ana|ana@/);
  await page.reload();
  await shopper.untilHeadline(page, 'Pago recibido');
  assert.equal(await shopper.fact(page, 'Pedido'), '1 × Café de los Altos\n$189.00 MXN\nEnvío estándar\n$99.00 MXN');
  const next = await context.newPage();
  await next.goto(world.url);
  await next.getByRole('heading', { name: 'Tus datos' }).waitFor();
  assert.equal(await next.locator('#open-order').isVisible(), false, 'the next person sees nothing of it');
  await close();
});

for (const place of ['', 'return.html']) {
  test(`an order can be forgotten on a shared device: /${place}`, async () => {
    const { page, close } = await world.visit();
    const id = await shopper.order(page, world.url);
    await page.goto(world.url);
    if (place) await page.goto(`${world.url}/${place}`);
    await page.getByRole('button', { name: 'Olvidar en este dispositivo' }).click();
    await page.getByRole('heading', { name: 'Tus datos' }).waitFor();
    assert.equal(await page.locator('#open-order').isVisible(), false);
    assert.equal(await page.getByLabel('Correo electrónico').inputValue(), '');
    const left = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    assert.doesNotMatch(left, /checkout|ana@/);
    const payment = (await world.sandbox.payments()).find((one) => one.id === id);
    assert.equal(payment.status, 'PENDING', 'the order itself stays as it is');
    await close();
  });
}

for (const end of ['paid', 'forgotten'])
  test(`what was typed in another tab goes when the order is ${end}`, async () => {
    const { page, context, close } = await world.visit();
    const other = await context.newPage();
    await shopper.choose(other, world.url);
    await shopper.fillIn(other);
    // Both tabs have one cart.
    await page.goto(world.url);
    await shopper.fillIn(page);
    await shopper.goToCheckout(page);
    if (end === 'paid') await shopper.payThere(page);
    else {
      await page.goto(world.url);
      await page.getByRole('button', { name: 'Olvidar en este dispositivo' }).click();
    }
    await other.waitForFunction(() => document.forms.namedItem('checkout')?.elements.namedItem('email')?.value === '');
    assert.doesNotMatch(await other.evaluate(() => JSON.stringify([localStorage, sessionStorage])), /ana@/);
    await close();
  });

test('on a device whose clock is a day ahead the order is known, and two links are never payable', async () => {
  const { page, context, close } = await world.visit();
  await context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 26 * 3_600_000;
  });
  const first = await shopper.order(page, world.url);
  await page.goto(world.url);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  const second = await shopper.goToCheckout(page);
  const payments = await world.sandbox.payments();
  assert.deepEqual([first, second].map((id) => payments.find((payment) => payment.id === id).status), ['CANCELLED', 'PENDING']);
  await close();
});

test('where storage is full the new order is known, not the one of before', async () => {
  const { page, context, close } = await world.visit();
  await shopper.order(page, world.url);
  await context.addInitScript(() => {
    addEventListener('unload', () => {});
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
    };
  });
  await page.goto(world.url);
  await page.getByRole('button', { name: 'Agregar al carrito: Taza de barro' }).click();
  const second = await shopper.goToCheckout(page);
  await shopper.goBack(page);
  await page.getByRole('link', { name: 'Continuar al pago' }).click();
  assert.equal(await shopper.atCheckout(page), second);
  await close();
});

test('an address of a card that was mangled on its way leads to its card', async () => {
  const { page, close } = await world.visit();
  const card = await shopOf(world).begun();
  for (const mangled of [`${card.page}.`, `${card.page}%20`, `${card.page}/`, card.page.replace(/=.*/, (query) => query.toUpperCase())]) {
    await page.goto(mangled);
    await shopper.untilHeadline(page, 'Guarda tu tarjeta');
  }
  await close();
});

test('an order is kept no longer than a day after its link ran out', async () => {
  const { page, close } = await world.visit();
  await shopper.order(page, world.url);
  await page.goto(world.url);
  const hours = (/** @type {number} */ ago) =>
    page.evaluate((at) => {
      const kept = JSON.parse(localStorage.getItem('order') ?? '');
      localStorage.setItem('order', JSON.stringify({ ...kept, at: at - 600_000, expiresAt: new Date(at).toISOString() }));
    }, Date.now() - ago * 3_600_000);
  await hours(23);
  await page.reload();
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  await hours(25);
  await page.reload();
  await page.getByRole('heading', { name: 'Tus datos' }).waitFor();
  assert.equal(await page.locator('#open-order').isVisible(), false);
  assert.equal(await page.evaluate(() => localStorage.getItem('order')), null);
  await close();
});

test('at 400 % the summary of problems begins with its title', async () => {
  const { page, close } = await world.visit({ width: 320, height: 256 });
  await shopper.choose(page, world.url);
  await page.getByLabel('Correo electrónico').fill('ana@');
  await shopper.checksLoaded(page);
  await shopper.payButton(page).click();
  const title = page.getByRole('heading', { name: 'Revisa 8 datos' });
  await title.waitFor();
  const box = await title.boundingBox();
  assert.ok(box && box.y >= 0 && box.y + box.height <= 256, `the title is at ${JSON.stringify(box)}`);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'summary');
  await close();
});
