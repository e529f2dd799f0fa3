import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';

const world = await startBrowsing();
after(() => world.stop());

const { sandbox } = world;

test('the shop: empty, with a cart, with errors, with an order of before', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.url);
  await page.getByRole('button', { name: 'Agregar al carrito: Café de los Altos' }).waitFor();
  await assertAccessible(page, 'empty shop');
  await shopper.choose(page, world.url, ['Café de los Altos', 'Taza de barro']);
  await assertAccessible(page, 'shop with a cart');
  const email = page.getByLabel('Correo electrónico');
  await email.fill('ana@');
  // The checks are there once a field says on leaving it what is wrong: only then nothing is sent.
  while (!(await page.locator('#email-error').isVisible())) {
    await email.focus();
    await email.blur();
  }
  await shopper.payButton(page).click();
  await page.locator('#summary').waitFor();
  await assertAccessible(page, 'shop with errors');

  await shopper.fillIn(page);
  const id = await shopper.goToCheckout(page);
  await assertAccessible(page, 'checkout');
  await page.getByRole('button', { name: 'Probar una tarjeta rechazada' }).click();
  await page.getByRole('alert').waitFor();
  await assertAccessible(page, 'checkout after a declined card');
  const checkout = page.url();
  await page.goto(world.url);
  await shopper.untilHeadline(page, 'Tienes un pago pendiente');
  await assertAccessible(page, 'shop with an open order');

  await sandbox.act(id, 'cancel');
  await page.goto(checkout);
  await page.getByRole('heading', { name: 'Este pago fue cancelado' }).waitFor();
  await assertAccessible(page, 'cancelled checkout');
  await close();
});

test('the return page in every state', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of (404|502|422|429) /, /ERR_INTERNET_DISCONNECTED/);
  const order = await world.placeOrder();
  const to = (/** @type {string} */ capability) => page.goto(`${world.url}/return.html?order=${capability}`);
  const shows = async (/** @type {string} */ headline) => {
    await shopper.untilHeadline(page, headline);
    await assertAccessible(page, `return page: ${headline}`);
  };

  await to('0'.repeat(38));
  await shows('No encontramos este pedido');

  /** @type {(() => void) | undefined} */
  let answer;
  await page.route('**/api/shop/orders/*', async (route) => {
    await new Promise((resolve) => (answer = () => resolve(undefined)));
    await route.continue();
  }, { times: 1 });
  await to(order.order);
  await shows('Consultando tu pedido');
  answer?.();
  await shows('Esperamos tu pago');
  await context.setOffline(true);
  await page.getByText('Sin conexión.').waitFor();
  await assertAccessible(page, 'return page: offline');
  await context.setOffline(false);

  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shows('Pago cancelado');
  await sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 400, body: { message: 'Currency not supported' } });
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await shows('No pudimos crear el pago');
  await sandbox.settings({ checkoutOrigin: 'https://elsewhere.example' });
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await shows('Estamos revisando tu pago');
  await sandbox.settings({ checkoutOrigin: null });

  const paid = await world.placeOrder();
  const late = await world.placeLateOrder();
  const { redirectTo } = await sandbox.act(paid.paymentId, 'pay');
  await page.goto(redirectTo);
  await shows('Pago recibido');
  await page.goto(paid.checkoutUrl);
  await page.getByRole('heading', { name: 'Este pago ya está hecho' }).waitFor();
  await assertAccessible(page, 'paid checkout');

  await to(late.order);
  await shows('El enlace venció');
  await page.goto(late.checkoutUrl);
  await page.getByRole('heading', { name: 'El enlace de pago venció' }).waitFor();
  await assertAccessible(page, 'expired checkout');
  await close();
});

test('the English pages, and those that only say something', async () => {
  const { page, expect, close } = await world.visit({ locale: 'en-US' });
  expect(/status of 404 /);
  await page.goto(world.url);
  await page.getByRole('heading', { name: 'Our products' }).waitFor();
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await assertAccessible(page, 'English shop');

  const missing = await page.goto(`${world.url}/nowhere/at/all`);
  assert.equal(missing?.status(), 404);
  await page.getByRole('heading', { name: 'We couldn’t find this page' }).waitFor();
  await assertAccessible(page, 'page not found');
  await page.getByRole('link', { name: 'Back to the shop' }).click();
  await page.getByRole('heading', { name: 'Our products' }).waitFor();

  const problems = await page.goto(`${world.url}/problems/invalid-body`);
  assert.equal(problems?.status(), 200);
  await page.getByRole('heading', { name: 'invalid-body 400' }).waitFor();
  assert.notEqual(await page.locator('body').evaluate((body) => getComputedStyle(body).marginTop), '8px', 'it has its style');
  await assertAccessible(page, 'list of problems');
  await close();
});

test('without JavaScript the pages say what can be done', async () => {
  const { page, close } = await world.visit({ javaScriptEnabled: false });
  for (const [path, heading] of [['/', 'Para comprar aquí se necesita JavaScript'], ['/return.html', 'Tu pedido está a salvo']]) {
    await page.goto(`${world.url}${path}`);
    assert.ok(await page.getByRole('heading', { name: heading }).isVisible());
    assert.equal(await page.getByRole('button').count(), 0);
  }
  await close();
});
