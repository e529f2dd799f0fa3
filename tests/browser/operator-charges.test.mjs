// Charges at terminals and of saved cards can be reached from everywhere they are mentioned.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { secrets } from '../support/stack.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { shopOf } from './support/holder.mjs';
import * as desk from './support/operator.mjs';
import { fact } from './support/shopper.mjs';
import { until } from './support/until.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';

const world = await startBrowsing();
after(() => world.stop());

const shop = shopOf(world);

/** A charge at a terminal. @param {object} body @param {boolean} [isPaid] */
async function chargeAtTerminal(body, isPaid = true) {
  const ask = async (/** @type {string} */ path, /** @type {object} */ init) => {
    const headers = { authorization: `Bearer ${secrets.CASHIER_TOKEN}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    return (await fetchOnce(`${world.url}/api/pos/payment-intents${path}`, { headers, ...init })).json();
  };
  const { intent } = await ask('', { method: 'POST', body: JSON.stringify(body) });
  if (isPaid) {
    await world.sandbox.control('POST', `payment-intents/${intent}/tap`, {});
    await until('it is paid', async () => (await ask(`/${intent}`, {})).status === 'paid');
  }
  return until('it is on the desk', async () => {
    const { items } = await desk.ask(world, 'charges?channel=terminal');
    return items.find((/** @type {any} */ item) => item.paymentId === intent && (!isPaid || item.settledAt));
  });
}

const first = await chargeAtTerminal({ amount: '120.00', reference: 'mesa-4', terminalCode: 'TERM-01' });
const second = await chargeAtTerminal({ amount: '542.50' });
const waiting = await chargeAtTerminal({ amount: '77.00', terminalCode: 'TERM-02' }, false);
const card = await shop.active();
const kept = await shop.charged(card.id, { amount: '300.00', description: 'Iguala de noviembre' });
const back = await shop.charged(card.id, { amount: '90.00' });
await shop.refund(card.id, back.payment);
await until('all on the desk', async () => {
  const [charges, refunds] = [await desk.ask(world, 'charges?channel=card'), await desk.ask(world, 'charges?type=refund')];
  return charges.items.filter((/** @type {any} */ { settledAt }) => settledAt).length === 2 && refunds.items[0]?.settledAt;
});

/** @param {import('playwright-core').Page} page the first column of the list */
const names = (page) => page.getByRole('table').locator('tbody th').allInnerTexts();

test("the day's figures open into their rows, and those into their charges", async () => {
  const { page, close } = await desk.open(world, 'view=day');
  const kinds = page.getByRole('table', { name: 'Por cómo se cobró' });
  assert.match(await kinds.getByRole('row', { name: /Terminales/ }).innerText(), /2\s+\$662\.50 MXN/);
  await kinds.getByRole('link', { name: 'Terminales' }).click();
  await desk.untilView(page, 'Cobros en terminal y a tarjetas');
  const rows = await page.getByRole('table').locator('tbody tr').allInnerTexts();
  assert.equal(rows.length, 2, 'what waits is no figure yet');
  assert.match(rows[0], /Cobro en cualquier terminal[^]*\$542\.50 MXN[^]*Pagado/);
  assert.match(rows[1], /Cobro en la terminal TERM-01[^]*mesa-4[^]*\$120\.00 MXN/);
  await assertAccessible(page, 'charges');
  await page.reload();
  await desk.press(page, 'link', /^Cobro en la terminal TERM-01/);
  await desk.untilView(page, 'Cobro en terminal');
  const facts = page.locator('.facts').first();
  for (const [name, value] of [
    ['Importe', '$120.00 MXN'], ['Estado', 'Pagado'], ['Terminal', 'TERM-01'], ['Folio de la venta', 'mesa-4'],
    ['Referencia', first.reference], ['Id del cobro en Compago', first.paymentId],
  ]) assert.equal(await fact(facts, name), value, name);
  await page.getByRole('row', { name: /Cobro en terminal pagado/ }).waitFor();
  await assertAccessible(page, 'a charge at a terminal');

  await page.goto(`${world.url}/operator?view=day`);
  await desk.press(page, 'link', 'Tarjetas guardadas');
  await desk.untilView(page, 'Cobros en terminal y a tarjetas');
  assert.deepEqual((await names(page)).map((name) => name.split('\n')[0]), ['Cobro a tarjeta guardada', 'Iguala de noviembre']);
  await page.goto(`${world.url}/operator?view=day`);
  await desk.press(page, 'link', '1 reembolso');
  await page.getByRole('row', { name: /Reembolso.*\$90\.00 MXN/s }).waitFor();
  await close();
});

test('links and the shop open into the orders that were paid then', async () => {
  const order = await world.placeOrder();
  await world.placeOrder();
  await desk.pay(world, order);
  const { page, close } = await desk.open(world, 'view=day');
  await desk.press(page, 'link', 'Enlaces y tienda');
  await desk.untilView(page, 'Pedidos');
  assert.equal(await page.getByRole('table').locator('tbody tr').count(), 1, 'only what was paid');
  await page.getByRole('row', { name: new RegExp(order.reference) }).waitFor();
  await close();
});

test('the list is filtered and read on in its address, on a telephone as well', async () => {
  const { page, close } = await desk.open(world, 'view=charges', { width: 360, height: 740 });
  await desk.press(page, 'link', 'Terminales');
  await page.waitForURL(/channel=terminal/);
  await until('those alone', async () => (await names(page)).length === 3);
  await page.route('**/api/operator/charges?*', (route) => route.continue({ url: `${route.request().url()}&limit=2` }));
  await page.reload();
  await until('two of them', async () => (await names(page)).length === 2);
  await desk.press(page, 'link', 'Siguiente');
  await until('the last one', async () => (await names(page)).length === 1);
  assert.equal(await page.getByRole('link', { name: 'Siguiente' }).count(), 0);
  await page.goBack();
  await until('two of them', async () => (await names(page)).length === 2);
  await page.goForward();
  await desk.press(page, 'link', 'Tarjetas guardadas');
  await until('from the beginning', async () => (await names(page)).length === 2 && !page.url().includes('cursor'));
  await page.getByLabel('Desde').fill('2020-01-01');
  await page.getByLabel('Hasta').fill('2020-01-02');
  await desk.press(page, 'button', 'Buscar');
  await page.getByRole('heading', { name: 'No hay cobros con este filtro' }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing sticks out');
  await assertAccessible(page, 'no charges');
  await close();
});

test('what needs a person, and every webhook, leads to the charge that it tells of', async () => {
  const { page, close } = await desk.open(world, 'view=webhooks');
  for (const [event, headline] of [
    ['Cobro en terminal pagado', 'Cobro en terminal'],
    ['Cobro a tarjeta reembolsado', 'Cobro a tarjeta guardada'],
    ['Tarjeta guardada', 'Visa terminación 4242'],
  ]) {
    await page.getByRole('link', { name: event, exact: true }).first().click();
    await desk.untilView(page, headline);
    await page.goBack();
    await desk.untilView(page, 'Avisos a tu sistema');
  }
  await page.route('**/api/operator/attention*', (route) => route.fulfill({ json: {
    count: 1, page: 1, pageSize: 50, items: [{
      kind: 'payment-intent', key: waiting.reference.replaceAll('-', ''), reason: 'create-lost', since: waiting.createdAt, reference: waiting.reference,
      amount: '77.00', currency: 'MXN', paymentId: null, paymentMethod: null, terminalCode: 'TERM-02', type: null,
    }],
  } }));
  await page.goto(`${world.url}/operator?view=attention`);
  await desk.press(page, 'link', /No sabemos si un cobro llegó a la terminal/);
  await desk.untilView(page, 'Cobro en terminal');
  assert.equal(await fact(page.locator('.facts'), 'Referencia'), waiting.reference);
  await close();
});

test('a charge of a card is told with its card and its refund, and the card tells what it was charged for', async () => {
  const { page, close } = await desk.open(world, `view=story&charge=${back.reference}`);
  await desk.untilView(page, 'Cobro a tarjeta guardada');
  await page.getByRole('region', { name: 'Reembolso' }).getByText('$90.00 MXN').waitFor();
  await assertAccessible(page, 'a charge of a card');
  await desk.press(page, 'link', 'Visa terminación 4242');
  await desk.untilView(page, 'Visa terminación 4242');
  const charges = page.getByRole('table', { name: 'Cobros' });
  await charges.getByRole('row', { name: /\$300\.00 MXN.*Iguala de noviembre/s }).getByRole('link').click();
  await desk.untilView(page, 'Iguala de noviembre');
  assert.equal(await fact(page.locator('.facts'), 'Referencia'), kept.reference);
  assert.ok(second.reference);
  await close();
});
