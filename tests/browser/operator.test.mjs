import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { assertFits, tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('a session that ran out asks again, and goes on to what was asked for', async () => {
  const { page, context, expect, close } = await desk.open(world, 'view=orders');
  expect(/status of (401|403) /);
  await desk.endSession(context);
  await page.getByLabel('Folio, referencia, ID de Compago, SKU o metadato').fill('nada-de-esto');
  await desk.press(page, 'button', 'Buscar');
  await page.getByText('Tu sesión terminó.').waitFor();
  assert.equal(await page.getByRole('heading', { name: 'Pedidos' }).count(), 0, 'nothing is to be seen meanwhile');
  await desk.signIn(page);
  await page.getByRole('heading', { name: 'No hay pedidos con este filtro' }).waitFor();
  assert.equal(await page.getByLabel('Folio, referencia, ID de Compago, SKU o metadato').inputValue(), 'nada-de-esto');

  // Somebody signs in at the till of the same browser: the cookie is the cashier's then.
  await page.evaluate((token) => fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }), secrets.CASHIER_TOKEN);
  await desk.press(page, 'link', 'Notificaciones');
  await page.getByText('En este navegador alguien entró con la clave de caja.').waitFor();
  await desk.signIn(page);
  await desk.untilView(page, 'Notificaciones (webhooks)');
  await close();
});

test('signing out or in elsewhere is heard in every tab', async () => {
  const { page, context, close } = await world.visit();
  await page.goto(`${world.url}/operator?view=orders`);
  const other = await context.newPage();
  await other.goto(`${world.url}/operator?view=webhooks`);
  await desk.signIn(page);
  await desk.untilView(page, 'Pedidos');
  await desk.untilView(other, 'Notificaciones (webhooks)');
  await desk.press(other, 'button', 'Salir');
  await page.getByRole('heading', { name: 'Entra al panel de la tienda' }).waitFor();
  await close();
});

test('who signs out while there is no network leaves no session behind', async () => {
  const { page, context, expect, close } = await desk.open(world, 'view=orders');
  expect(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await desk.press(page, 'button', 'Salir');
  await page.getByRole('heading', { name: 'Entra al panel de la tienda' }).waitFor();
  await context.setOffline(false);
  await until('the session is over', async () => (await context.cookies()).length === 0);
  desk.forgetSession(world);
  await close();
});

test('filters stand in the address: a reload, the browser\'s back button and a colleague see the same', async () => {
  const { reference } = await world.placeOrder();
  const paid = await world.placeOrder();
  await desk.pay(world, paid);
  await desk.untilOrder(world, reference, 'awaiting-payment');

  const { page, close } = await desk.open(world, 'view=orders');
  assert.ok((await desk.rows(page)).length >= 2);
  await page.getByLabel('Folio, referencia, ID de Compago, SKU o metadato').fill(paid.reference.slice(0, 9).toLowerCase());
  await page.keyboard.press('Enter');
  await page.waitForURL(/view=orders&search=/);
  await page.getByRole('status').getByText('1 pedido', { exact: true }).waitFor();
  assert.match((await desk.rows(page))[0], new RegExp(paid.reference));
  await page.getByLabel('Estado').selectOption({ label: 'Espera el pago' });
  await desk.press(page, 'button', 'Buscar');
  await page.getByRole('heading', { name: 'No hay pedidos con este filtro' }).waitFor();
  const filtered = page.url();
  assert.match(filtered, /status=awaiting-payment/);
  await page.reload();
  await page.getByRole('heading', { name: 'No hay pedidos con este filtro' }).waitFor();
  assert.equal(await page.getByLabel('Estado').inputValue(), 'awaiting-payment');
  await page.goBack();
  await page.getByRole('row', { name: new RegExp(paid.reference) }).waitFor();
  assert.equal(await page.getByLabel('Estado').inputValue(), '');
  await page.goBack();
  await page.getByRole('row', { name: new RegExp(reference) }).waitFor();
  await page.goForward();
  await page.getByRole('row', { name: new RegExp(reference) }).waitFor({ state: 'detached' });
  await desk.press(page, 'link', 'Quitar filtros');
  await page.getByRole('row', { name: new RegExp(reference) }).waitFor();
  assert.match(page.url(), /\?view=orders$/);
  await close();

  const colleague = await desk.open(world, new URL(filtered).search.slice(1));
  assert.ok(await colleague.page.getByRole('heading', { name: 'No hay pedidos con este filtro' }).isVisible());
  await colleague.close();
});

test('an order\'s days are those of the shop', async () => {
  const { reference } = await world.placeOrder();
  await desk.untilOrder(world, reference, 'awaiting-payment');
  const day = (/** @type {number} */ days) =>
    new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/Mexico_City' }).format(Date.now() + days * 86_400_000);
  const { page, close } = await desk.open(world, `view=orders&from=${day(0)}&to=${day(0)}`);
  assert.ok(await page.getByRole('row', { name: new RegExp(reference) }).isVisible());
  await page.getByLabel('Desde').fill(day(-2));
  await page.getByLabel('Hasta').fill(day(-1));
  const asked = page.waitForRequest(/\/api\/operator\/orders\?/);
  await desk.press(page, 'button', 'Buscar');
  const { searchParams } = new URL((await asked).url());
  // Mexico City's midnight, and of the last day its end.
  assert.equal(searchParams.get('from'), `${day(-2)}T06:00:00.000Z`);
  assert.equal(searchParams.get('to'), `${day(0)}T06:00:00.000Z`);
  await page.getByRole('heading', { name: 'No hay pedidos con este filtro' }).waitFor();
  await close();
});

test('by keyboard alone: to the content, to a list, to a story and back', async () => {
  const { reference } = await world.placeOrder();
  await desk.untilOrder(world, reference, 'awaiting-payment');
  const { page, close } = await desk.open(world, 'view=attention', { locale: 'en-US' });
  const focused = () => page.evaluate(() => document.activeElement?.id);
  await page.keyboard.press('Tab');
  await page.getByRole('link', { name: 'Skip to content' }).waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'title');
  await page.reload();
  await tabTo(page, 'Orders');
  await page.keyboard.press('Enter');
  await desk.untilView(page, 'Orders');
  assert.equal(await focused(), 'title', 'the headline of what was opened is read');
  await tabTo(page, 'External ID, reference, Compago ID, SKU or metadata');
  await page.keyboard.type(reference);
  await page.keyboard.press('Enter');
  await page.getByRole('status').getByText('1 order', { exact: true }).waitFor();
  assert.equal(await focused(), 'filter-search', 'the hand stays where it was');
  await tabTo(page, /Taza/);
  await page.keyboard.press('Enter');
  await desk.untilView(page, `Order ${reference}`);
  await page.goBack();
  await desk.untilView(page, 'Orders');
  await close();
});

test('at 360 px the sections stand behind a button, and lists are cards', async () => {
  const { reference } = await world.placeOrder();
  await desk.untilOrder(world, reference, 'awaiting-payment');
  const { page, close } = await desk.open(world, 'view=orders', { width: 360, height: 640 });
  await assertFits(page);
  const nav = page.getByRole('navigation', { name: 'Secciones' });
  assert.equal(await nav.isVisible(), false);
  await desk.press(page, 'button', 'Menú');
  await nav.waitFor();
  await assertFits(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Escape');
  await nav.waitFor({ state: 'hidden' });
  await desk.press(page, 'button', 'Menú');
  await desk.press(page, 'link', 'Notificaciones');
  await desk.untilView(page, 'Notificaciones (webhooks)');
  assert.equal(await nav.isVisible(), false);
  await page.goBack();
  await desk.untilView(page, 'Pedidos');
  // The whole card leads to the story.
  await page.getByText(reference).click();
  await desk.untilView(page, `Pedido ${reference}`);
  await assertFits(page);
  await close();
});

test('the other language is spoken at once and remembered', async () => {
  const { page, close } = await desk.open(world, 'view=orders');
  await desk.press(page, 'button', 'English');
  await desk.untilView(page, 'Orders');
  await page.getByRole('link', { name: 'Reconciliation' }).waitFor();
  await page.reload();
  await desk.untilView(page, 'Orders');
  assert.equal(await page.locator('html').getAttribute('lang'), 'en');
  await close();
});

test('offline it says so, and goes on by itself', async () => {
  const { page, context, expect, close } = await desk.open(world, 'view=attention');
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  await context.setOffline(true);
  await page.locator('#net').getByText('Sin conexión.').waitFor();
  await desk.press(page, 'link', 'Pedidos');
  await page.getByRole('heading', { name: 'No pudimos cargar esta página' }).waitFor();
  await page.getByRole('button', { name: 'Intentar de nuevo' }).waitFor();
  await context.setOffline(false);
  await page.getByRole('search').waitFor();
  await page.locator('#net').waitFor({ state: 'hidden' });
  await close();
});

test('what fails has a way on, and a page that waits shows the shape of what comes', async () => {
  const { page, expect, close } = await desk.open(world, 'view=attention');
  expect(/status of (503|404) /);
  await page.route('**/api/operator/orders?*', (route) => route.fulfill({ status: 503, headers: { 'retry-after': '600' } }), { times: 1 });
  await desk.press(page, 'link', 'Pedidos');
  await page.getByRole('heading', { name: 'No pudimos cargar esta página' }).waitFor();
  /** @type {(() => void) | undefined} */
  let answer;
  await page.route('**/api/operator/orders?*', async (route) => {
    await new Promise((resolve) => (answer = () => resolve(undefined)));
    await route.continue();
  }, { times: 1 });
  await desk.press(page, 'button', 'Intentar de nuevo');
  await page.waitForFunction(() => {
    const bone = document.querySelector('.skeleton .bone');
    return bone && getComputedStyle(bone).opacity === '1';
  });
  (await until('the call', () => answer))();
  await page.getByRole('search').waitFor();

  await page.goto(`${world.url}/operator?view=story&reference=0000-0000-0000`);
  await page.getByRole('heading', { name: 'No lo encontramos' }).waitFor();
  await desk.press(page, 'link', 'Ir a “Por atender”');
  await desk.untilView(page, 'Por atender');
  await page.goto(`${world.url}/operator?view=nonsense`);
  await desk.untilView(page, 'Por atender');
  await close();
});

test('both languages have the same words', async () => {
  const [spanish, english] = await Promise.all(['es-MX', 'en'].map(async (tag) => (await import(`../../www/words/operator/${tag}.js`)).default));
  assert.deepEqual(Object.keys(english), Object.keys(spanish));
});
