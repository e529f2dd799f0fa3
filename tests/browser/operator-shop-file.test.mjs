// The shop's file with a mistake, on the operator's desk.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { ownShop } from '../support/own-shop.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

const { site, good, write, changed, remove } = await ownShop();
const world = await startBrowsing({ site });
// Signs in once, before there is anything to complain of.
await (await desk.open(world, '')).close();
after(async () => {
  await world.stop();
  await remove();
});

/** Waits until the Worker has noticed. @param {string} status of the file */
const untilShop = (status) =>
  until(`the file is ${status}`, async () => (await (await fetch(`${world.url}/healthz`)).json()).shop.status === status);

test('the desk names the file, the field and the remedy above all else, in both languages, and counts it once', async () => {
  await write(changed((shop) => {
    shop.email = 'hola';
    delete shop.address;
  }));
  await untilShop('unreadable');
  const { page, expect, close } = await desk.open(world, '', { width: 360, height: 740 });
  expect(/status of 503 /);
  await page.getByRole('heading', { name: 'La tienda no puede recibir pedidos: hay un error en sus datos' }).waitFor();
  const mistakes = await page.locator('.mistakes li').allInnerTexts();
  assert.equal(mistakes.length, 2);
  for (const field of ['email', 'address']) assert.ok(mistakes.some((text) => text.startsWith('shop/shop.json: ') && text.includes(field)), `${field} in ${mistakes}`);
  assert.equal(await page.getByText(/^No pudimos revisar/).count(), 0, 'what is wrong is known');
  assert.equal(await page.locator('#attention-count').textContent(), '1');
  await assertAccessible(page, 'a mistake in the shop\'s file, on the desk');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'The shop cannot take orders: there is an error in its details' }).waitFor();

  await page.goto(`${world.url}/operator?view=orders`);
  await until('the badge on another view', async () => (await page.locator('#attention-count').textContent()) === '1');
  await write(good);
  await untilShop('ok');
  await page.goto(`${world.url}/operator`);
  await page.getByRole('heading', { name: 'Nothing needs attention' }).waitFor();
  assert.equal(await page.locator('#attention-count').isVisible(), false);
  await close();
});

test('a mistake in one file is shown also while nothing is known of the other', async () => {
  const { page, expect, close } = await desk.open(world, '');
  expect(/status of 503 /);
  const shop = { status: 'unreadable', problems: [{ detail: 'shop/shop.json: email is missing.' }] };
  await page.route('**/healthz', (route) => route.fulfill({ status: 503, json: { status: 'misconfigured', shop, catalog: { status: 'unknown' } } }));
  await page.reload();
  await page.getByRole('heading', { name: 'La tienda no puede recibir pedidos: hay un error en sus datos' }).waitFor();
  assert.deepEqual(await page.locator('.mistakes li').allInnerTexts(), ['shop/shop.json: email is missing.']);
  assert.equal(await page.getByText(/^No pudimos revisar/).count(), 0);
  await close();
});
