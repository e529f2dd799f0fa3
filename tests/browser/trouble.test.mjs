import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as shopper from './support/shopper.mjs';
import { shop } from '../support/shop.mjs';

const world = await startBrowsing();
after(() => world.stop());

const statusOf = async (/** @type {string} */ id) => (await world.sandbox.payments()).find((payment) => payment.id === id).status;

test('offline, the return page says so, and goes on by itself', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const { order, paymentId } = await world.placeOrder();
  await page.goto(`${world.url}/return.html?order=${order}`);
  await page.getByRole('button', { name: 'Cancelar pedido' }).waitFor();
  await context.setOffline(true);
  await page.getByRole('status').getByText('Sin conexión. Continuamos en cuanto vuelva la conexión.').waitFor();
  await world.sandbox.act(paymentId, 'pay');
  await context.setOffline(false);
  await page.getByText('Sin conexión.').waitFor({ state: 'hidden' });
  await shopper.untilHeadline(page, 'Pago recibido');
  await close();
});

test('offline, the shop keeps the cart and pays once it is back', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await context.setOffline(true);
  await page.getByRole('heading', { name: 'Sin conexión' }).waitFor();
  await shopper.payButton(page).click();
  await page.getByRole('button', { name: 'Sin conexión. En cuanto vuelva, continuamos con tu pago.' }).waitFor();
  await context.setOffline(false);
  await shopper.atCheckout(page);
  await close();
});

test('a cancelled order can be paid again by a new link, and only by that', async () => {
  const { page, close } = await world.visit();
  const first = await shopper.order(page, world.url);
  await shopper.goBack(page);
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');
  assert.equal(await statusOf(first), 'CANCELLED');
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  const second = await shopper.atCheckout(page);
  assert.notEqual(second, first);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  const events = await world.untilEvents(await shopper.fact(page, 'Referencia'));
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.cancelled', first], ['order.paid', second]]);
  await close();
});

test('a link that leads elsewhere is never followed: the order is reviewed, and the payer is not asked to pay again', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of 502 .*\/api\/shop\/orders/);
  const { order } = await world.placeOrder();
  await page.goto(`${world.url}/return.html?order=${order}`);
  await page.getByRole('button', { name: 'Cancelar pedido' }).click();
  await shopper.untilHeadline(page, 'Pago cancelado');

  await world.sandbox.settings({ checkoutOrigin: 'https://elsewhere.example' });
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  await shopper.untilHeadline(page, 'Estamos revisando tu pago');
  await page.getByText('Por favor, no pagues de nuevo. Alguien de la tienda tiene que revisarlo.').waitFor();
  const reference = await shopper.fact(page, 'Referencia');
  assert.match(await page.locator('#help').innerText(), new RegExp(`${shop.email}.*${reference}`));
  assert.equal(await page.getByRole('button', { name: /pagar/i }).count(), 0);

  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  const summary = page.locator('#summary');
  await summary.getByRole('heading', { name: 'Estamos revisando tu pago' }).waitFor();
  assert.match(await summary.innerText(), /no pagues de nuevo.*menciona la referencia [0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\./s);
  assert.equal(new URL(page.url()).origin, world.url);
  await world.sandbox.settings({ checkoutOrigin: null });
  await close();
});

test('when the provider does not answer, a calm word comes, and the same key goes through later', async () => {
  const { page, expect, close } = await world.visit();
  expect(/status of (503|409) .*\/api\/shop\/orders$/);
  const keys = new Set();
  page.on('request', (request) => {
    if (request.method() === 'POST') keys.add(request.headers()['idempotency-key']);
  });
  await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 503 }, 20);
  await shopper.choose(page, world.url);
  await shopper.fillIn(page);
  await shopper.payButton(page).click();
  await page.getByRole('button', { name: 'La respuesta está tardando. Seguimos intentando.' }).waitFor();
  const summary = page.locator('#summary');
  await summary.getByText('No recibimos respuesta. Tu carrito sigue aquí').waitFor({ timeout: 30_000 });
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'summary');

  await world.sandbox.clearFaults();
  await shopper.goToCheckout(page);
  assert.equal(keys.size, 1, 'one key for all tries');
  await close();
});

test('a link that has run out is said to have, and a new one pays', async () => {
  const { page, close } = await world.visit();
  const { order, paymentId } = await world.placeLateOrder();
  await page.goto(`${world.url}/return.html?order=${order}`);
  await shopper.untilHeadline(page, 'El enlace venció');
  await page.getByText('No se cobró nada. Puedes pagar con un enlace nuevo.').waitFor();
  await page.getByRole('button', { name: 'Pagar de nuevo' }).click();
  assert.notEqual(await shopper.atCheckout(page), paymentId);
  await shopper.payThere(page);
  await shopper.untilHeadline(page, 'Pago recibido');
  await close();
});
