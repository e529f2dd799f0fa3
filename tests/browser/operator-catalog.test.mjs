// A catalog with a mistake, on the operator's desk.
import assert from 'node:assert/strict';
import { after, afterEach, test } from 'node:test';
import { ownCatalog } from '../support/own-catalog.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

const { site, good, write, changed, ...own } = await ownCatalog();
const world = await startBrowsing({ site });
// Signs in once, before there is anything to complain of.
await (await desk.open(world, '')).close();
afterEach(own.restore);
after(async () => {
  await world.stop();
  await own.remove();
});

test('the desk names file, item and field above all else, in both languages, and counts it', async () => {
  await write(changed(([item, , third]) => {
    item.unitAmount = 120.5;
    delete third.name.en;
  }));
  const { page, expect, close } = await desk.open(world, '', { width: 360, height: 740 });
  expect(/status of 503 /);
  await page.getByRole('heading', { name: 'La tienda no puede recibir pedidos: hay un error en su catálogo' }).waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Nada por atender' }).count(), 0);
  assert.deepEqual(await page.locator('.mistakes li').allInnerTexts(), [
    'shop/catalog.json, producto 1 ("cafe-altos-340"): unitAmount es un número; escribe el precio entre comillas y con dos decimales, como "120.50".',
    'shop/catalog.json, producto 3 ("miel-melipona-120"): falta name.en; agrega el nombre en inglés.',
  ]);
  assert.equal(await page.locator('#attention-count').textContent(), '1');
  await assertAccessible(page, 'a mistake in the catalog, on the desk');
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByText('shop/catalog.json, item 3 ("miel-melipona-120"): name.en is missing; add the English name.').waitFor();

  await page.goto(`${world.url}/operator?view=orders`);
  await until('the badge on another view', async () => (await page.locator('#attention-count').textContent()) === '1');
  await write(good);
  await page.goto(`${world.url}/operator`);
  await page.getByRole('heading', { name: 'Nothing needs attention' }).waitFor();
  assert.equal(await page.locator('#attention-count').isVisible(), false);
  await close();
});

test('without an answer about the catalog, the known mistake stays', async () => {
  await write('[');
  const { page, expect, close } = await world.visit();
  expect(/status of 503 |ERR_FAILED/);
  await page.clock.install();
  await page.goto(`${world.url}/operator`);
  await desk.signIn(page);
  const notice = page.getByRole('heading', { name: 'La tienda no puede recibir pedidos: hay un error en su catálogo' });
  await notice.waitFor();
  /** Looks again after a minute. */
  const lookAgain = async () => {
    const asked = page.waitForEvent('requestfinished', (request) => request.url().includes('/api/operator/attention'));
    await page.clock.fastForward(61_000);
    await asked;
  };
  await page.route('**/healthz', (route) => route.abort());
  await write(good);
  const another = await desk.placeHeldOrder(world);
  await write('[');
  await lookAgain();
  await page.getByRole('row', { name: new RegExp(another) }).waitFor();
  assert.equal(await notice.count(), 1);
  assert.equal(await page.locator('#attention-count').textContent(), '2');
  await page.reload();
  await page.getByText('No pudimos revisar si la tienda puede recibir pedidos.').waitFor();
  await page.unroute('**/healthz');
  await write('[');
  await lookAgain();
  await notice.waitFor();
  await write(good);
  await lookAgain();
  await notice.waitFor({ state: 'detached' });
  await close();
});

test('more mistakes than anybody corrects at once are counted', async () => {
  await write(JSON.stringify({ currency: 'MXN', items: Array.from({ length: 5 }, () => ({})) }));
  const { page, expect, close } = await desk.open(world, '');
  expect(/status of 503 /);
  await page.getByText('5 más en el archivo.', { exact: true }).waitFor();
  assert.equal(await page.locator('.mistakes li').count(), 10);
  await write(JSON.stringify({ currency: 'MXN', items: Array.from({ length: 50 }, () => ({})) }));
  await page.reload();
  await page.getByText('Al menos 90 más en el archivo.').waitFor();
  await close();
});
