import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';
import { assertFits, fact } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

const COUNT = 1203;
const descriptions = ['Café de olla', '=SUM(A1)', 'Dijo "sí", y\nvolvió', 'Ñandú 🦤'];
await world.sandbox.control('POST', 'one-time-payments/seed', { count: COUNT, descriptions });

/** @typedef {import('playwright-core').Page} Page */

/** Opens the dialog and starts the export. @param {Page} page */
async function startExport(page) {
  await desk.press(page, 'button', 'Exportar a CSV');
  const dialog = page.getByRole('dialog', { name: 'Exportar pagos a CSV' });
  await dialog.getByRole('button', { name: 'Exportar' }).click();
  return dialog;
}

test('Compago\'s list, page by page, filtered by the address', async () => {
  const { page, close } = await desk.open(world, 'view=payments');
  await page.getByText(/^1–50 de 1,203$/).waitFor();
  assert.equal((await desk.rows(page)).length, 50);
  await assertAccessible(page, 'payments');
  await desk.press(page, 'link', 'Confirmados');
  await page.waitForURL(/status=confirmed/);
  await page.getByText(/^1–50 de 9\d\d$/).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'status-confirmed', 'the hand stays where it was');
  await desk.press(page, 'link', 'Siguiente');
  await page.getByText(/^51–100 de 9\d\d$/).waitFor();
  assert.equal(await page.evaluate(() => [document.activeElement?.id, scrollY].join()), 'title,0', 'a new page is read from its top');
  const second = await desk.rows(page);
  await page.reload();
  await page.getByText(/^51–100 de 9\d\d$/).waitFor();
  assert.deepEqual(await desk.rows(page), second);
  await page.goBack();
  await page.getByText(/^1–50 de 9\d\d$/).waitFor();
  await page.goto(`${world.url}/operator?view=payments&page=900`);
  await page.getByText(/^Esta página ya no existe/).waitFor();
  await page.setViewportSize({ width: 360, height: 640 });
  await assertFits(page);
  await close();
});

for (const { label, header, bom } of [
  { label: 'Hoja de cálculo, en español', header: /^\uFEFF"/, bom: '\uFEFF' },
  { label: 'Para otros sistemas', header: /^"createdAt","updatedAt","id",/, bom: '' },
])
  test(`the whole list is saved as a file: ${label}`, async () => {
    const { page, close } = await desk.open(world, 'view=payments');
    await desk.press(page, 'button', 'Exportar a CSV');
    const dialog = page.getByRole('dialog', { name: 'Exportar pagos a CSV' });
    await dialog.getByLabel(label).check();
    const saved = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Exportar' }).click();
    await dialog.getByText(/^El archivo está completo, con 1,203 pagos\./).waitFor();
    const download = await saved;
    assert.match(download.suggestedFilename(), /\.csv$/);
    const text = await readFile(await download.path(), 'utf8');
    assert.match(text, header);
    assert.ok(text.startsWith(bom));
    assert.ok(text.endsWith('"\r\n'));
    const ids = new Set(text.match(/"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}"/g));
    assert.equal(ids.size, COUNT);
    assert.ok(text.includes('"\'=SUM(A1)"') && text.includes('"Dijo ""sí"", y volvió"') && text.includes('"Ñandú 🦤"'));
    await assertAccessible(page, 'export: done');
    await dialog.getByRole('button', { name: 'Cerrar' }).click();
    await dialog.waitFor({ state: 'detached' });
    await close();
  });

test('only what is filtered is exported, of the days that were chosen', async () => {
  const { page, close } = await desk.open(world, 'view=payments&status=cancelled');
  await desk.press(page, 'button', 'Exportar a CSV');
  const dialog = page.getByRole('dialog', { name: 'Exportar pagos a CSV' });
  await dialog.getByText('Solo los pagos de este filtro: Cancelados.').waitFor();
  await assertAccessible(page, 'export: choices');
  await dialog.getByLabel('Desde').fill('2026-01-02');
  await dialog.getByLabel('Hasta').fill('2026-01-01');
  await dialog.getByRole('button', { name: 'Exportar' }).click();
  await dialog.getByText('La fecha “hasta” no puede ser anterior a “desde”.').waitFor();
  await dialog.getByLabel('Hasta').fill('2026-01-03');
  const asked = page.waitForRequest(/one-time-payments\.csv/);
  await dialog.getByRole('button', { name: 'Exportar' }).click();
  const query = new URL((await asked).url()).searchParams;
  assert.deepEqual([...query], [['status', 'cancelled'], ['format', 'es-MX'], ['from', '2026-01-02T06:00:00.000Z'], ['to', '2026-01-04T06:00:00.000Z']]);
  await dialog.getByText(/^El archivo está completo, con 0 pagos\./).waitFor();
  await close();
});

test('an export can be cancelled, and an incomplete one is reported as broken: nothing is saved', async () => {
  const { page, expect, close } = await desk.open(world, 'view=payments');
  // Where the dialog is looked at for longer than Compago may take.
  expect(/status of 503 .*\/one-time-payments\.csv/);
  /** @type {string[]} */
  const downloads = [];
  page.on('download', (download) => downloads.push(download.suggestedFilename()));
  await world.sandbox.fault('one-time-payment.list', { kind: 'hold' });
  const dialog = await startExport(page);
  await dialog.getByText('Preparando el archivo…').waitFor();
  await assertAccessible(page, 'export: running');
  await dialog.getByRole('button', { name: 'Cancelar' }).click();
  await dialog.waitFor({ state: 'detached' });
  await world.sandbox.clearFaults();
  assert.deepEqual(downloads, []);

  // What is on the way there may end an answer that broke off as if all were well.
  const headers = { 'content-type': 'text/csv; charset=utf-8', 'x-total-count': '3' };
  const half = '"id","description"\r\n"1","Uno\ny dos"\r\n"2","';
  for (const body of [half, `${half}Tres\n`]) {
    await page.route('**/one-time-payments.csv*', (route) => route.fulfill({ headers, body }), { times: 1 });
    await startExport(page);
    await dialog.getByText('La descarga se cortó después de 1 pago. No guardamos archivos incompletos.').waitFor();
    await assertAccessible(page, 'export: broken');
    await dialog.getByRole('button', { name: 'Cancelar' }).click();
  }
  await startExport(page);
  await dialog.getByText(/^El archivo está completo/).waitFor();
  assert.equal(downloads.length, 1);
  await close();
});

test('the story of a payment: its link is copied, and cancelled after one question that names the amount', async () => {
  const order = await world.placeOrder();
  await desk.untilOrder(world, order.reference, 'awaiting-payment');
  const { page, context, close } = await desk.open(world, `view=story&payment=${order.paymentId}`);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('link', { name: `Ver el pedido ${order.reference}` }).waitFor();
  assert.equal(await fact(page.locator('.facts'), 'ID de Compago'), order.paymentId);
  await assertAccessible(page, 'story of a payment');
  await desk.press(page, 'button', 'Copiar enlace de pago');
  await page.getByRole('status').getByText('Enlace copiado.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), order.checkoutUrl);

  const amount = `$${order.amount} ${order.currency}`;
  await desk.press(page, 'button', 'Cancelar el enlace');
  const question = page.getByRole('alertdialog', { name: `¿Cancelar el enlace de ${amount}?` });
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'No, volver', 'the safe way is under the hand');
  await assertAccessible(page, 'story: question');
  await page.keyboard.press('Escape');
  await question.waitFor({ state: 'hidden' });
  await desk.press(page, 'button', 'Cancelar el enlace');
  await question.getByRole('button', { name: `Cancelar el enlace de ${amount}` }).click();
  await page.getByRole('status').getByText('El enlace se canceló.').waitFor();
  await page.locator('.timeline').getByText('El enlace se canceló').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Cancelar el enlace' }).count(), 0);
  const { status } = (await world.sandbox.payments()).find((payment) => payment.id === order.paymentId);
  assert.equal(status, 'CANCELLED');
  await close();
});

test('a link that was paid meanwhile is not cancelled, and the page says that it is paid', async () => {
  const order = await world.placeOrder();
  await desk.untilOrder(world, order.reference, 'awaiting-payment');
  const { page, expect, close } = await desk.open(world, `view=story&reference=${order.reference}`);
  expect(/status of 409 /);
  await world.sandbox.act(order.paymentId, 'pay');
  await desk.press(page, 'button', 'Cancelar el enlace');
  await page.getByRole('alertdialog').getByRole('button', { name: /^Cancelar el enlace de/ }).click();
  await page.getByRole('status').getByText(/^No se canceló: /).waitFor();
  await page.locator('.facts').getByText('Pagado', { exact: true }).first().waitFor();
  await close();
});

test('a payment is called another system\'s only where something proves it', async () => {
  const reference = await desk.placeHeldOrder(world);
  const { page, close } = await desk.open(world, 'view=payments');
  const row = page.getByRole('row', { name: new RegExp(reference) });
  const path = '**/api/operator/one-time-payments/*';
  /** @param {object} [detail] as a read tells it that says no more than the state */
  const shorten = (detail) =>
    page.route(path, async (route) => {
      const response = await route.fetch();
      const { payment } = await response.json();
      const unknown = { amount: null, currency: null, description: null, externalId: null, reference: null, expired: true };
      await route.fulfill({ response, json: { payment: { ...payment, ...unknown }, order: null, listed: null, ...detail } });
    }, { times: 1 });
  const foreign = page.getByText('Este pago no es de un pedido de esta tienda');
  // The row from which somebody comes says whose it is.
  await shorten();
  await row.getByRole('link').first().click();
  await page.getByRole('link', { name: `Ver el pedido ${reference}` }).waitFor();
  assert.equal(await foreign.count(), 0);

  const { searchParams } = new URL(page.url());
  const alone = `${world.url}/operator?view=story&payment=${searchParams.get('payment')}`;
  await shorten();
  await page.goto(alone);
  await page.getByText('Compago ya solo informa el estado de este pago.').waitFor();
  assert.equal(await foreign.count(), 0, 'nothing says whose it is');
  assert.equal(await page.getByRole('button', { name: /^Cancelar/ }).count(), 0);
  const listed = { at: new Date().toISOString(), status: 'confirmed', amount: '10.00', currency: 'MXN', externalId: 'x' };
  for (const otherSystem of [false, true]) {
    await shorten({ listed: { ...listed, otherSystem } });
    await page.goto(alone);
    await page.getByText(/lo demás se leyó en la conciliación del/).waitFor();
    assert.equal(await foreign.count(), otherSystem ? 1 : 0);
  }
  await close();
});

test('Compago\'s list is read for a payment only where something is missing', async () => {
  const order = await world.placeOrder();
  await desk.pay(world, order);
  const { page, close } = await desk.open(world, 'view=payments');
  /** @type {string[]} */
  const lists = [];
  page.on('request', (request) => /one-time-payments\?/.test(request.url()) && lists.push(request.url()));
  await page.goto(`${world.url}/operator?view=story&payment=${order.paymentId}&page=1`);
  await page.getByRole('link', { name: `Ver el pedido ${order.reference}` }).waitFor();
  await desk.untilView(page, /^Pago/);
  assert.deepEqual(lists, []);
  await close();
});

test('another system\'s payment is shown as fully as its row, and its link is not cancelled from here', async () => {
  /** @param {object} how */
  const seed = async (how) => (await world.sandbox.control('POST', 'one-time-payments/seed', { count: 1, days: 0, ...how })).ids[0];
  const open = await seed({ statuses: 'PENDING', externalIdPrefix: 'other-', descriptions: ['De otro sistema'] });
  const { page, close } = await desk.open(world, `view=story&payment=${open}`);
  await desk.untilView(page, 'Pago: De otro sistema');
  await page.getByText('Este pago no es de un pedido de esta tienda').waitFor();
  assert.equal(await page.getByRole('button', { name: /^Cancelar el enlace/ }).count(), 0, 'nobody here knows who has been given it');
  assert.equal(await page.getByRole('button', { name: /^Copiar/ }).count(), 0);

  const id = await seed({ statuses: 'CONFIRMED', externalIdPrefix: 'paid-', descriptions: ['Ya pagado en otro sistema'] });
  await page.goto(`${world.url}/operator?view=payments&status=confirmed`);
  const row = page.getByRole('row', { name: /Ya pagado en otro sistema/ });
  const told = (await row.innerText()).split(/[\n\t]+/).map((text) => text.trim()).filter(Boolean);
  await row.getByRole('link').click();
  await desk.untilView(page, 'Pago: Ya pagado en otro sistema');
  for (const reload of [false, true]) {
    if (reload) await page.reload();
    await desk.untilView(page, 'Pago: Ya pagado en otro sistema');
    await page.getByText('lo demás es lo que mostraba su lista').waitFor();
    const facts = await page.locator('#place').innerText();
    for (const text of told) assert.ok(facts.includes(text), `${text} of the row is not among ${facts}`);
  }

  // Where nobody came from the list, what a reconciliation has read is told.
  await desk.ask(world, 'reconciliation', 'POST');
  await until('the end of the run', async () => (await desk.ask(world, 'reconciliation')).running === null);
  await page.goto(`${world.url}/operator?view=story&payment=${id}`);
  await page.getByText(/lo demás se leyó en la conciliación del .*\./).waitFor();
  const amount = told.find((text) => /^\$/.test(text)) ?? '';
  assert.ok((await page.locator('.facts').innerText()).includes(amount), amount);
  await close();
});
