import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('the desk in every state', async () => {
  const reference = await desk.placeHeldOrder(world);
  const open = await world.placeOrder();
  await desk.untilOrder(world, open.reference, 'awaiting-payment');

  const { page, context, expect, close } = await world.visit();
  expect(/status of (401|404|503) /, /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const shows = async (/** @type {string | RegExp} */ headline, what = String(headline)) => {
    await desk.untilView(page, headline);
    await assertAccessible(page, `desk: ${what}`);
    assert.equal(await page.getByRole('status').count(), 1);
  };
  await page.goto(`${world.url}/operator`);
  await page.getByRole('heading', { name: 'Entra al panel de la tienda' }).waitFor();
  await assertAccessible(page, 'desk: signing in');
  await desk.signIn(page, 'x');
  await page.locator('#token-error').filter({ hasText: /\w/ }).waitFor();
  await assertAccessible(page, 'desk: wrong key');
  await desk.signIn(page);
  await shows('Por atender');
  await desk.press(page, 'button', /^Marcar como atendido/);
  await page.getByRole('alertdialog').waitFor();
  await assertAccessible(page, 'desk: question');
  await page.keyboard.press('Escape');

  await desk.press(page, 'link', 'Pedidos');
  await shows('Pedidos');
  await page.goto(`${world.url}/operator?view=orders&search=nothing`);
  await shows('Pedidos', 'no orders');
  await page.goto(`${world.url}/operator?view=story&reference=${open.reference}`);
  await shows(`Pedido ${open.reference}`, 'story of an order');
  await page.goto(`${world.url}/operator?view=story&reference=${reference}`);
  await shows(`Pedido ${reference}`, 'story of an order on hold');
  await page.goto(`${world.url}/operator?view=story&reference=0000-0000-0000`);
  await shows('Historial', 'no story');
  await page.goto(`${world.url}/operator?view=webhooks`);
  await shows('Notificaciones (webhooks)');

  await page.route('**/api/operator/webhooks?*', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await page.reload();
  await shows('Notificaciones (webhooks)', 'trouble');
  await context.setOffline(true);
  await page.locator('#net').waitFor();
  await assertAccessible(page, 'desk: offline');
  await context.setOffline(false);
  await close();
});

test('the desk on a telephone, in English, and without JavaScript', async () => {
  const { page, close } = await desk.open(world, 'view=orders', { width: 360, height: 640, locale: 'en-US' });
  await desk.untilView(page, 'Orders');
  await desk.press(page, 'button', 'Menu');
  await assertAccessible(page, 'desk: sections on a telephone');
  await close();

  const plain = await world.visit({ javaScriptEnabled: false });
  await plain.page.goto(`${world.url}/operator`);
  await plain.page.getByRole('heading', { name: 'Esta página necesita JavaScript' }).waitFor();
  await plain.close();
});
