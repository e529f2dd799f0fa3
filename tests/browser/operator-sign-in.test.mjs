import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { shop as testShop } from '../support/shop.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('an operator signs in and out; a cashier sees that the key is for the till', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of 401 .*\/api\/session/);
  await page.goto(`${world.url}/operator?view=orders`);
  await desk.signIn(page, 'not-the-key');
  await page.locator('#token-error').getByText('La clave no es correcta.').waitFor();
  await desk.signIn(page, secrets.CASHIER_TOKEN);
  await page.locator('#token-error').getByText('Esa es la clave de caja').waitFor();
  assert.deepEqual(await context.cookies(), [], 'no session stays behind');
  assert.equal(await page.getByRole('navigation').count(), 0);

  await desk.signIn(page);
  await desk.untilView(page, 'Pedidos');
  assert.equal(await page.title(), `Pedidos · Panel · ${testShop.name}`);
  await page.reload();
  await desk.untilView(page, 'Pedidos');
  await desk.press(page, 'button', 'Salir');
  await page.getByRole('heading', { name: 'Entra al panel de la tienda' }).waitFor();
  assert.deepEqual(await context.cookies(), []);
  await page.reload();
  await page.getByRole('heading', { name: 'Entra al panel de la tienda' }).waitFor();
  assert.equal(await page.title(), `Panel · ${testShop.name}`);
  await page.getByRole('button', { name: 'English' }).click();
  await until('the title in English', async () => (await page.title()) === `Dashboard · ${testShop.name}`);
  await page.reload();
  await until('the title in English again', async () => (await page.title()) === `Dashboard · ${testShop.name}`);
  await close();
});

test('a cashier\'s key that is tried here leaves an open till open', async () => {
  const { page, context, close } = await world.visit();
  await page.goto(`${world.url}/pos`);
  await page.getByLabel('Clave de caja').fill(secrets.CASHIER_TOKEN);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Nueva venta' }).waitFor();
  const other = await context.newPage();
  await other.goto(`${world.url}/operator`);
  await desk.signIn(other, secrets.CASHIER_TOKEN);
  await other.locator('#token-error').getByText('Esa es la clave de caja').waitFor();
  assert.equal((await context.cookies()).length, 1);
  assert.ok(await page.getByRole('heading', { name: 'Nueva venta' }).isVisible());

  // One that ended days ago has no use for the session.
  await other.evaluate(() => localStorage.setItem('pos.session', JSON.stringify({ role: 'cashier', expiresAt: '2026-01-01T00:00:00.000Z' })));
  await desk.signIn(other, secrets.CASHIER_TOKEN);
  await until('the session is given back', async () => (await context.cookies()).length === 0);
  await close();
});
