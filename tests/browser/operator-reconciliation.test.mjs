import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** A whole run, as the page tells it. @param {import('playwright-core').Page} page */
async function reconcile(page) {
  await desk.press(page, 'button', 'Conciliar ahora');
  await page.getByRole('status').getByText(/^La conciliación terminó: /).waitFor({ timeout: 60_000 });
}

test('books that agree: how far the comparison is, and no more than was compared', async () => {
  const order = await world.placeOrder();
  await desk.pay(world, order);
  const { page, close } = await desk.open(world, 'view=reconciliation');
  await page.getByRole('heading', { name: 'Todavía no hay conciliaciones' }).waitFor();
  await assertAccessible(page, 'reconciliation: none');

  // Compago does not answer: there is time to see it run.
  await world.sandbox.fault('one-time-payment.list', { kind: 'hold' });
  await desk.press(page, 'button', 'Conciliar ahora');
  await page.getByRole('heading', { name: 'Conciliación en curso' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Conciliar ahora' }).count(), 0, 'one run at a time');
  await page.getByRole('progressbar', { name: 'Leyendo la lista de Compago' }).waitFor();
  await assertAccessible(page, 'reconciliation: running');
  await page.reload();
  await page.getByRole('heading', { name: 'Conciliación en curso' }).waitFor();
  await world.sandbox.clearFaults();
  await page.getByRole('status').getByText('La conciliación terminó: sin diferencias.').waitFor();
  await page.getByRole('heading', { name: 'Todo coincide' }).waitFor();
  const told = await page.locator('.facts').innerText();
  assert.match(told, /La inició\s+Una persona/);
  assert.match(told, /Pedidos comparados\s+1/);
  await assertAccessible(page, 'reconciliation: agreed');
  await close();
});

test('a run that ended before it was seen running is shown as ended', async () => {
  const { page, close } = await desk.open(world, 'view=reconciliation');
  const books = `${world.url}/api/operator/reconciliation`;
  await page.route(books, async (route) => {
    const response = await route.fetch();
    if (route.request().method() === 'POST') await until('the end', async () => (await (await page.request.get(books)).json()).running === null);
    await route.fulfill({ response });
  });
  await reconcile(page);
  await close();
});

test('each difference is explained in plain words with what to do, and leads to its detail', async () => {
  const [paid, cancelled] = [await world.placeOrder(), await world.placeOrder()];
  await desk.pay(world, paid);
  await world.sandbox.control('POST', `one-time-payments/${paid.paymentId}/unconfirm`, { status: 'PENDING' });
  await fetchOnce(`${world.url}/api/shop/orders/${cancelled.order}/cancel`, { method: 'POST', headers: { origin: world.url } });
  await desk.untilOrder(world, cancelled.reference, 'cancelled');
  await world.sandbox.control('POST', `one-time-payments/${cancelled.paymentId}/confirm`);
  await world.sandbox.control('POST', 'one-time-payments/seed', { count: 40, statuses: 'CONFIRMED' });

  const { page, close } = await desk.open(world, 'view=reconciliation');
  await reconcile(page);
  // What needs a person stands first, and what needs nobody apart from it; nothing cries wolf.
  const headline = page.locator('.notice', { has: page.getByRole('heading', { name: '1 por atender · 1 resuelta · 40 pagos de otros sistemas' }) });
  assert.equal(await headline.getAttribute('class'), 'notice warn');
  const section = (/** @type {string} */ name) => page.getByRole('region', { name });
  const missing = section('El pedido está pagado en la tienda y Compago no lo muestra confirmado: 1');
  await missing.getByText('Mira el pago en el panel de Compago antes de entregar o de reembolsar.').waitFor();
  await missing.getByRole('row', { name: new RegExp(`${paid.reference}.*Pagado.*Pendiente.*Por atender`, 's') }).waitFor();
  const late = section('Compago muestra pagado un pedido que en la tienda está cancelado: 1');
  await late.getByRole('row', { name: new RegExp(`${cancelled.reference}.*El pedido quedó: Pagado`, 's') }).waitFor();
  const foreign = section('Compago muestra un pago confirmado que no es de ningún pedido de la tienda: 40');
  assert.equal(await foreign.getByRole('row').count(), 11, 'ten of them, and the head');
  await assertAccessible(page, 'reconciliation: differences');

  await foreign.getByRole('link', { name: 'Ver las 40' }).click();
  await page.getByText('1–40 de 40').waitFor();
  await assertAccessible(page, 'reconciliation: one class');
  await page.reload();
  await page.getByText('1–40 de 40').waitFor();
  await desk.press(page, 'link', 'Todas las diferencias');
  await missing.getByRole('link').click();
  await desk.untilView(page, `Pedido ${paid.reference}`);

  await desk.press(page, 'link', /^Por atender/);
  await page.getByRole('row', { name: new RegExp(`Compago no lo muestra confirmado.*${paid.reference}`, 's') }).waitFor();
  await close();
});

test('payments of other systems alone need no person, and do not look as if they did', async () => {
  const { page, close } = await desk.open(world, 'view=reconciliation');
  const outcome = { needsPerson: 0, done: 0, otherSystems: 301, settled: 0 };
  await page.route('**/api/operator/reconciliation', async (route) => {
    const response = await route.fetch();
    const books = await response.json();
    await route.fulfill({ response, json: { ...books, last: { ...books.last, outcome, findings: [], counts: { 'confirmed-unknown': 301 } } } });
  });
  await page.reload();
  const headline = page.locator('.notice', { has: page.getByRole('heading', { name: 'Nada por atender · 301 pagos de otros sistemas' }) });
  assert.equal(await headline.getAttribute('class'), 'notice');
  await close();
});

test('a run that could not read everything does not say that nothing needs a person', async () => {
  const { page, close } = await desk.open(world, 'view=reconciliation');
  const outcome = { needsPerson: 0, done: 0, otherSystems: 3, settled: 0 };
  for (const incomplete of [{ whole: false }, { unreadable: 2 }]) {
    await page.route('**/api/operator/reconciliation', async (route) => {
      const response = await route.fetch();
      const { last, ...books } = await response.json();
      const told = last && { ...last, ...incomplete, outcome, findings: [], counts: { 'confirmed-unknown': 3 } };
      await route.fulfill({ response, json: { ...books, last: told } });
    });
    await page.reload();
    await page.getByRole('heading', { name: 'No se pudo leer todo' }).waitFor();
    await page.getByRole('heading', { name: '3 pagos de otros sistemas', exact: true }).waitFor();
    await desk.press(page, 'button', 'Conciliar ahora');
    const said = page.getByRole('status').getByText(/^La conciliación terminó: /);
    await said.waitFor({ timeout: 60_000 });
    assert.equal(await said.innerText(), 'La conciliación terminó: no se pudo leer todo · 3 pagos de otros sistemas.');
    assert.doesNotMatch(await page.locator('#view').innerText(), /Nada por atender|Ninguna diferencia/);
    await page.unrouteAll({ behavior: 'wait' });
  }
  await close();
});

test('a difference that a person has marked as resolved is not counted as one to look at', async () => {
  const { page, close } = await desk.open(world, 'view=reconciliation');
  const { paymentId } = (await desk.ask(world, 'reconciliation')).last.findings.find((/** @type {any} */ finding) => finding.needsPerson);
  await desk.ask(world, `attention/finding/${paymentId}/done`, 'POST');
  await page.reload();
  await page.getByRole('heading', { name: /^Nada por atender · 1 ya atendida/ }).waitFor();
  await page.getByRole('row', { name: /Ya atendida/ }).waitFor();
  await reconcile(page);
  await page.getByRole('heading', { name: /^Nada por atender · 1 ya atendida/ }).waitFor();
  await close();
});

test('the index is made anew when somebody asks for it', async () => {
  const { page, expect, close } = await desk.open(world, 'view=reconciliation', { width: 360, height: 400 });
  const { entries } = await desk.ask(world, 'index');
  expect(/status of 503 /);
  await page.route('**/api/operator/index', (route) => route.fulfill({ status: 503 }), { times: 1 });
  await desk.press(page, 'button', 'Reconstruir índice');
  const trouble = page.locator('#notices .notice');
  await trouble.waitFor();
  assert.ok(await trouble.evaluate((told) => told.getBoundingClientRect().top >= 0), 'it is in sight');
  await desk.press(page, 'button', 'Reconstruir índice');
  await until('the end', async () => !(await desk.ask(world, 'index')).rebuilding);
  await page.getByText(new RegExp(`^Tiene ${entries} registros`)).waitFor();
  await close();
});
