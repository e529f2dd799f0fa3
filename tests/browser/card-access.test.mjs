import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { formIn, shopOf, untilHeadline } from './support/holder.mjs';

const world = await startBrowsing();
after(() => world.stop());

const shop = shopOf(world);
const { sandbox } = world;

test('the page that saves a card, in every state', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/status of (404|410) /, /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const shows = async (/** @type {string} */ headline) => {
    await untilHeadline(page, headline);
    await assertAccessible(page, headline);
    assert.equal(await page.getByRole('status').count(), 1);
  };
  const hasWayOn = () => page.getByRole('link', { name: 'Volver a la tienda' }).waitFor();

  for (const address of ['/card', '/card?card=x', `/card?card=${'0'.repeat(38)}`]) {
    await page.goto(`${world.url}${address}`);
    await untilHeadline(page, 'No encontramos este enlace');
    await hasWayOn();
  }
  await shows('No encontramos este enlace');

  const card = await shop.begun({ returnUrl: `${world.url}/?cuenta=1` });
  /** @type {(() => void) | undefined} */
  let answer;
  await page.route('**/api/shop/cards/*', async (route) => {
    await new Promise((resolve) => (answer = () => resolve(undefined)));
    await route.continue();
  }, { times: 1 });
  await page.goto(card.page);
  await shows('Consultando tu enlace');
  answer?.();
  await shows('Guarda tu tarjeta');
  await context.setOffline(true);
  await page.getByText('Sin conexión.').waitFor();
  await assertAccessible(page, 'offline');
  await context.setOffline(false);
  await page.goto(`${card.page}&id=${card.id}`);
  await shows('Estamos confirmando tu tarjeta');
  await shop.act(card.id, 'save');
  await shows('Tu tarjeta está guardada');
  await shop.act(card.id, 'revoke');

  const embedded = await shop.begun({ displayMode: 'EMBEDDED', returnUrl: `${world.url}/?cuenta=1` });
  await page.goto(embedded.page);
  await formIn(page).getByRole('button', { name: 'Guardar tarjeta' }).waitFor();
  await shows('Guarda tu tarjeta');
  await page.route('**/api/shop/cards/*', (route) => route.fulfill({ status: 410 }));
  await shows('No pudimos consultar tu tarjeta');
  await hasWayOn();
  await page.unroute('**/api/shop/cards/*');
  await page.getByRole('button', { name: 'Intentar de nuevo' }).click();
  await untilHeadline(page, 'Guarda tu tarjeta');
  await shop.act(embedded.id, 'save');
  await untilHeadline(page, 'Tu tarjeta está guardada');
  assert.equal((await shop.ask('DELETE', `/${embedded.id}`)).status, 200);
  await page.reload();
  await shows('Esta tarjeta ya no está guardada');
  await hasWayOn();

  const late = await shop.late();
  await page.goto(late.page);
  await shows('El enlace venció');
  await hasWayOn();

  const odd = await shop.begun();
  const told = await shop.upstream(odd.id);
  const body = { id: odd.id, status: 'SUSPENDED', externalId: told.externalId, createdAt: told.createdAt };
  await sandbox.fault('payment-method.get', { kind: 'answer', status: 200, body }, 1000);
  await page.goto(odd.page);
  await shows('Estamos revisando tu tarjeta');
  await hasWayOn();
  await sandbox.clearFaults();
  await untilHeadline(page, 'Guarda tu tarjeta');
  await close();
});

test('the form\'s frame is as wide as a small telephone lets it be, and has a name', async () => {
  const { page, close } = await world.visit({ width: 360, height: 640 });
  const card = await shop.begun({ displayMode: 'EMBEDDED' });
  await page.goto(card.page);
  await formIn(page).getByRole('button', { name: 'Guardar tarjeta' }).waitFor();
  const box = await page.getByTitle('Formulario seguro de Compago para guardar tu tarjeta').boundingBox();
  assert.ok(box && box.width >= 300 && box.x >= 0 && box.x + box.width <= 360, JSON.stringify(box));
  await close();
});

test('in English, and without JavaScript', async () => {
  const english = await world.visit({ locale: 'en-US' });
  const card = await shop.begun();
  await english.page.goto(card.page);
  await untilHeadline(english.page, 'Save your card');
  assert.equal(await english.page.locator('html').getAttribute('lang'), 'en');
  await assertAccessible(english.page, 'English');
  await english.close();

  const plain = await world.visit({ javaScriptEnabled: false });
  await plain.page.goto(card.page);
  assert.ok(await plain.page.getByRole('heading', { name: 'Para guardar tu tarjeta aquí se necesita JavaScript' }).isVisible());
  assert.equal(await plain.page.getByRole('button').count(), 0);
  await plain.close();
});

test('both languages have the same words', async () => {
  const [spanish, english] = await Promise.all(['es-MX', 'en'].map(async (tag) => (await import(`../../www/words/card/${tag}.js`)).default));
  assert.deepEqual(Object.keys(english), Object.keys(spanish));
});
