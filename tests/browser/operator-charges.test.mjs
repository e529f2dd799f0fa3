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
  const kinds = page.getByRole('table', { name: 'Por forma de cobro' });
  assert.match(await kinds.getByRole('row', { name: /Terminales/ }).innerText(), /2\s+\$662\.50 MXN/);
  await kinds.getByRole('link', { name: 'Terminales' }).click();
  await desk.untilView(page, 'Cobros en terminal y a tarjetas');
  const rows = await page.getByRole('table').locator('tbody tr').allInnerTexts();
  assert.equal(rows.length, 2, 'what waits is no figure yet');
  assert.match(rows[0], /Cobro en terminal[^]*\$542\.50 MXN[^]*Pagado/);
  assert.match(rows[1], /Cobro en la terminal TERM-01[^]*mesa-4[^]*\$120\.00 MXN/);
  await page.getByText('$662.50 MXN · 2 cobros').waitFor();
  await assertAccessible(page, 'charges');
  await page.reload();
  await desk.press(page, 'link', /^Cobro en la terminal TERM-01/);
  await desk.untilView(page, 'Cobro en terminal');
  const facts = page.locator('.facts').first();
  for (const [name, value] of [
    ['Importe', '$120.00 MXN'], ['Estado', 'Pagado'], ['Terminal', 'TERM-01'], ['Nota', 'mesa-4'],
    ['Referencia', first.reference], ['ID de Compago', first.paymentId],
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
  await page.getByText('$90.00 MXN · 1 reembolso').waitFor();
  await page.getByRole('status').getByText('1 reembolso en esta página').waitFor();
  assert.deepEqual(await page.getByLabel('Filtrar por').locator('option').allInnerTexts(), ['Solicitud', 'Solo reembolsados']);
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
  await until('the last one', async () => (await names(page)).length === 1);
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

test('a charge is searched for, and dates that cannot be listed leave the form as it is', async () => {
  const { page, close } = await desk.open(world, 'view=charges');
  await page.getByLabel('Folio, referencia o ID de Compago').fill('mesa-4');
  await desk.press(page, 'button', 'Buscar');
  await until('that one', async () => (await names(page)).join().startsWith('Cobro en la terminal TERM-01'));
  await page.getByLabel('Folio, referencia o ID de Compago').fill('mesa-44');
  await desk.press(page, 'button', 'Buscar');
  await page.getByText('Buscamos por el inicio del folio').waitFor();

  await page.goto(`${world.url}/operator?view=charges&by=settled`);
  await page.getByLabel('Desde').fill('2025-01-01');
  for (const [to, said] of [['2026-11-29', 'Elige un periodo de un año como máximo.'], ['2024-12-31', 'La fecha “hasta” no puede ser anterior a “desde”.']]) {
    await page.getByLabel('Hasta').fill(to);
    await desk.press(page, 'button', 'Buscar');
    await page.getByRole('status').getByText(said).waitFor();
    await page.locator('.notice').getByText(said).waitFor();
    assert.equal(await page.getByLabel('Desde').inputValue(), '2025-01-01');
  }
  await assertAccessible(page, 'a period that is too long');
  // With a first day alone, until today.
  const weekAgo = new Date(Date.now() - 7 * 86_400_000).toISOString().slice(0, 10);
  await page.goto(`${world.url}/operator?view=charges&by=settled&from=${weekAgo}`);
  await until('all of them', async () => (await names(page)).length === 4);
  const today = new Date().toISOString().slice(0, 10);
  await page.goto(`${world.url}/operator?view=charges&by=settled&to=foo`);
  await page.locator('.notice').getByText('Elige un periodo').waitFor();
  await page.goto(`${world.url}/operator?view=charges&by=settled&to=${today}`);
  await until('all of them', async () => (await names(page)).length === 4);
  await close();
});

test('a charge is shown before its card has a name, and not over what is shown by then', async () => {
  const { page, close } = await desk.open(world, 'view=charges');
  /** @type {Promise<() => Promise<void>>} */
  const nameIsAsked = new Promise((resolve) => {
    page.route('**/api/operator/payment-methods/*', (route) => resolve(() => route.continue()), { times: 1 });
  });
  await page.getByRole('link', { name: 'Iguala de noviembre' }).click();
  await desk.untilView(page, 'Iguala de noviembre');
  assert.equal(await fact(page.locator('.facts'), 'Importe'), '$300.00 MXN');
  const goOn = await nameIsAsked;
  await goOn();
  await page.getByRole('link', { name: 'Visa terminación 4242' }).waitFor();

  /** @type {Promise<void>} */
  const asked = new Promise((resolve) => {
    page.route('**/api/operator/payment-methods/*', () => resolve(), { times: 1 });
  });
  await page.reload();
  await asked;
  await page.getByRole('link', { name: 'Pagos', exact: true }).click();
  await desk.untilView(page, 'Pagos');
  assert.equal(await page.getByText('Iguala de noviembre').count(), 0);
  await close();
});

test('a charge that the index does not know yet is asked for again', async () => {
  const { page, expect, close } = await desk.open(world, 'view=attention');
  expect(/status of 404 /);
  let asked = 0;
  await page.route('**/api/operator/charges/*', (route) => {
    asked += 1;
    return asked < 3 ? route.fulfill({ status: 404, json: { status: 404, code: 'not-found', title: 'x', detail: 'x' } }) : route.continue();
  });
  await page.goto(`${world.url}/operator?view=story&charge=${kept.reference}`);
  await desk.untilView(page, 'Iguala de noviembre');
  assert.equal(asked, 3);
  await page.goto(`${world.url}/operator?view=story&charge=K7Q2-M9XD-3FHT`);
  await page.getByRole('heading', { name: 'No lo encontramos' }).waitFor();
  await close();
});

test('what a person has marked as resolved is no alarm any more, and nothing unreadable is called right', async () => {
  const { page, close } = await desk.open(world, 'view=attention');
  const text = /No sabemos si un cobro llegó a la terminal/;
  for (const [change, tone, said] of /** @type {[object, string, RegExp][]} */ ([
    [{ onHold: 'create-lost', doneAt: null }, 'notice bad', text],
    [{ onHold: 'create-lost', doneAt: waiting.createdAt }, 'notice', /Se marcó como atendido: /],
    [{ onHold: 'unreadable', doneAt: null }, 'notice bad', /Las listas y su página lo muestran como estaba/],
  ])) {
    await page.route('**/api/operator/charges/*', async (route) => {
      const response = await route.fetch();
      const found = await response.json();
      await route.fulfill({ response, json: { ...found, charge: { ...found.charge, ...change } } });
    }, { times: 1 });
    await page.goto(`${world.url}/operator?view=story&charge=${waiting.reference}`);
    const note = page.locator('#view .notice').filter({ hasText: said });
    await note.waitFor();
    assert.equal(await note.getAttribute('class'), tone);
    assert.equal(await note.getByText('Su propia página es correcta').count(), 0);
  }
  await close();
});

test('what needs a person, and every webhook, leads to its charge', async () => {
  const { page, close } = await desk.open(world, 'view=webhooks');
  for (const [event, headline] of [
    ['Cobro en terminal pagado', 'Cobro en terminal'],
    ['Cobro a tarjeta reembolsado', 'Cobro a tarjeta guardada'],
    ['Tarjeta guardada', 'Visa terminación 4242'],
  ]) {
    await page.getByRole('link', { name: event, exact: true }).first().click();
    await desk.untilView(page, headline);
    await page.goBack();
    await desk.untilView(page, 'Notificaciones (webhooks)');
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

test('a charge of a card is shown with its card and its refund, and the card shows what it was charged for', async () => {
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
