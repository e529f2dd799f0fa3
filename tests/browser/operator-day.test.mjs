import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { shop as testShop } from '../support/shop.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { untilHeading } from './support/desk.mjs';
import { shopOf } from './support/holder.mjs';
import { ask, open, pay } from './support/operator.mjs';
import { tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

const shop = shopOf(world);

/** @typedef {import('playwright-core').Page} Page */

/** Rows of a table as cells. @param {Page} page @param {string} name */
const cells = (page, name) =>
  page.getByRole('table', { name }).locator('tbody tr').evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));

/** How tall the bars are, in order. @param {Page} page */
const bars = (page) => page.locator('.chart-bar').evaluateAll((drawn) => drawn.map((bar) => Number(bar.getAttribute('height'))));

/** A day of the address in the zone of the tests. @param {number} [daysAgo] */
const day = (daysAgo = 0) => new Date(Date.now() - daysAgo * 86_400_000).toLocaleDateString('sv', { timeZone: 'America/Mexico_City' });

/** @param {number} centavos */
const pesos = (centavos) => `$${(centavos / 100).toLocaleString('en-US', { minimumFractionDigits: 2 })} MXN`;

test('a day without a charge says so', async () => {
  const { page, close } = await open(world, 'view=day&date=2026-01-02');
  await untilHeading(page, 'viernes, 2 de enero de 2026');
  await page.getByRole('img', { name: 'Gráfica de lo cobrado, viernes, 2 de enero de 2026: 0 cobros. No se cobró nada.' }).waitFor();
  await until('it is drawn', async () => (await bars(page)).length === 24);
  assert.ok((await bars(page)).every((height) => height === 0));
  await assertAccessible(page, 'an empty day');
  await close();
});

test('today is shown as sums, by kind and by the hour: as text, as a chart, and as the table behind it', async () => {
  const order = await world.placeOrder();
  await pay(world, order);
  const { id } = await shop.active();
  await shop.charged(id, { amount: '1234.50' });
  const { payment } = await shop.charged(id, { amount: '60.00' });
  await shop.refund(id, payment);
  await until('the desk has it', async () => {
    const [from, to] = [0, 1].map((days) => new Date(Date.parse(`${day()}T00:00:00-06:00`) + days * 86_400_000).toISOString());
    const { paid, refunded } = await ask(world, `reports/figures?${new URLSearchParams({ from, to })}`);
    return paid.count === 3 && refunded.count === 1;
  });
  const bought = Number(order.amount.replace('.', ''));

  const { page, close } = await open(world, 'view=day');
  const figures = page.locator('.figure');
  assert.deepEqual(await figures.allInnerTexts().then((all) => all.map((text) => text.split('\n').filter(Boolean))), [
    ['Cobrado', pesos(bought + 129_450), '3 cobros'],
    ['Reembolsado', '$60.00 MXN', '1 reembolso'],
  ]);
  assert.deepEqual(await cells(page, 'Por forma de cobro'), [
    ['Enlaces y tienda', '1', pesos(bought)],
    ['Terminales', '0', '$0.00 MXN'],
    ['Tarjetas guardadas', '2', '$1,294.50 MXN'],
  ]);
  assert.match(await page.locator('#chart').getAttribute('aria-label') ?? '', /^Gráfica de lo cobrado, Hoy, .*: 3 cobros\. El máximo fue \$[\d,.]+ MXN, \d+:00 .*\.$/);
  await page.getByText('Ver como tabla').click();
  const hours = await cells(page, 'Lo cobrado, en cifras');
  assert.equal(hours.length, 24);
  const counts = hours.map(([, count]) => Number(count));
  assert.equal(counts.reduce((sum, count) => sum + count, 0), 3);
  // As tall as there is to tell, and nothing where there is nothing.
  const heights = await bars(page);
  assert.deepEqual(heights.map((height) => height > 0), counts.map((count) => count > 0));
  await close();
});

test('printed, the day is one page without anything to press, with room to sign', async () => {
  const { page, close } = await open(world, 'view=day');
  await page.emulateMedia({ media: 'print' });
  const shown = await page.locator('body').innerText();
  for (const text of [testShop.name, 'Resumen de cobros', 'Cobrado', 'Terminales', 'Actualizado: ', 'Entregó', 'Recibió']) assert.ok(shown.includes(text), text);
  for (const text of ['Por atender', 'Salir', 'Anterior', 'Semana', 'Ver como tabla', 'Calcular totales', 'Imprimir']) assert.equal(shown.includes(text), false, text);
  assert.ok(shown.indexOf('Fechas y horas en la zona horaria de') < shown.indexOf('Entregó'), 'the signatures end the page');
  assert.equal(shown.split('Fechas y horas en la zona horaria de').length, 2, 'it is said once');
  assert.equal(await page.locator('button:visible, input:visible, nav:visible').count(), 0);
  for (const format of ['Letter', 'A4']) {
    const pages = String(await page.pdf({ format })).match(/\/Type\s*\/Page\b/g);
    assert.equal(pages?.length, 1, format);
  }
  await close();
});

test('the chart has no more room above its tallest bar than its scale needs', async () => {
  const { page, close } = await open(world, 'view=day');
  for (const [amount, top] of [['53210.00', '$60 k'], ['10000.00', '$10 k'], ['41.00', '$50'], ['0.00', '$1']]) {
    await page.route('**/reports/figures?*', async (route) => {
      const response = await route.fetch();
      const figures = await response.json();
      const buckets = figures.buckets.map((/** @type {object} */ bucket, /** @type {number} */ at) => ({ ...bucket, amount: at === 9 ? amount : '0.00' }));
      await route.fulfill({ response, json: { ...figures, buckets } });
    });
    await page.reload();
    const axis = page.locator('.chart-word[text-anchor="end"]');
    await axis.nth(2).waitFor();
    assert.equal((await axis.nth(2).textContent())?.replace(/\s/g, ' '), top, amount);
    await page.unroute('**/reports/figures?*');
  }
  await close();
});

test('weeks, months and days before stand in the address; a link leads there and back', async () => {
  const { page, close } = await open(world, 'view=day');
  await page.getByRole('link', { name: 'Semana' }).dblclick();
  await until('a bar for each day', async () => (await bars(page)).length === 7);
  await page.goBack();
  await until('a bar for each hour', async () => (await bars(page)).length === 24);
  await page.goForward();
  await page.waitForURL(/period=week/);
  await until('a bar for each day', async () => (await bars(page)).length === 7);
  await page.getByRole('link', { name: 'Mes' }).click();
  await page.waitForURL(/period=month/);
  const [year, month] = day().split('-').map(Number);
  await until('a bar for each day', async () => (await bars(page)).length === new Date(year, month, 0).getDate());
  assert.equal((await bars(page)).filter((height) => height > 0).length, 1, 'all of it was today');
  await page.getByRole('link', { name: 'Anterior' }).click();
  const before = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 10);
  await page.waitForURL(new RegExp(`date=${before}`));
  await page.getByText('0 cobros', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Hoy' }).click();
  await page.getByText('3 cobros', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'Día', exact: true }).click();
  await page.getByLabel('Fecha').fill(day(1));
  await page.waitForURL(new RegExp(`date=${day(1)}`));
  await page.getByText('0 cobros', { exact: true }).waitFor();
  await page.goBack();
  await page.getByText('3 cobros', { exact: true }).waitFor();
  await page.goto(`${world.url}/operator?view=day&period=century&date=2026-02-31`);
  await page.getByText('3 cobros', { exact: true }).waitFor();
  await close();
});

test('a day that is chosen while another period is being read is the one that is shown', async () => {
  const { page, close } = await open(world, 'view=day&period=month');
  /** @type {() => void} */
  let answer = () => {};
  const held = new Promise((resolve) => (answer = () => resolve(undefined)));
  // What is asked for a period that is left again is called off.
  await page.route('**/reports/figures?*', (route) => held.then(() => route.continue()).catch(() => {}));
  await page.getByRole('link', { name: 'Día', exact: true }).click();
  await page.waitForURL((url) => !url.searchParams.has('period'));
  await page.getByLabel('Fecha').fill('2026-01-02');
  await page.waitForURL(/date=2026-01-02/);
  answer();
  await untilHeading(page, 'viernes, 2 de enero de 2026');
  await close();
});

test('a day is typed digit by digit, and shown once the field is left', async () => {
  const { page, close } = await open(world, 'view=day', { locale: 'en-US' });
  await page.getByLabel('Date').focus();
  await page.keyboard.type('10152025', { delay: 20 });
  assert.equal(await page.locator('#day-date').inputValue(), '2025-10-15');
  assert.equal(new URL(page.url()).searchParams.get('date'), null);
  await page.keyboard.press('Enter');
  await untilHeading(page, 'Wednesday, October 15, 2025');
  assert.equal(await page.locator(':focus').getAttribute('id'), 'day-date');
  await page.keyboard.type('11', { delay: 20 });
  // To the day, to the year, to the calendar, out of it.
  for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press('Tab');
  await untilHeading(page, 'Saturday, November 15, 2025');
  await close();
});

test('all payments at Compago are summed on request, and the page shows how many are being read', async () => {
  await world.sandbox.control('POST', 'one-time-payments/seed', { count: 3000 });
  const { page, expect, close } = await open(world, 'view=day');
  expect(/status of 503 .*\/(reports\/summary|one-time-payments\?pageSize=1)$/);
  await world.sandbox.clearCalls();
  const payments = await world.sandbox.payments();
  // One page is waited for, so that a person can read what is said meanwhile.
  await world.sandbox.fault('one-time-payment.list', { kind: 'delay', ms: 1200 }, 5);
  await page.getByRole('button', { name: 'Calcular totales' }).dblclick();
  const reading = page.locator('.reading');
  await reading.getByText(`Leyendo ${payments.length.toLocaleString('en-US')} pagos…`).waitFor();
  await page.getByRole('table', { name: 'Pagos con enlace en Compago, por estado' }).waitFor();
  const summed = ['PENDING', 'CONFIRMED', 'CANCELLED'].map((status) => {
    const those = payments.filter((/** @type {{ status: string }} */ payment) => payment.status === status);
    return [those.length, those.reduce((/** @type {number} */ sum, /** @type {{ amount: number }} */ { amount }) => sum + Math.round(amount * 100), 0)];
  });
  const rows = await cells(page, 'Pagos con enlace en Compago, por estado');
  assert.deepEqual(rows.map(([, ...figures]) => figures), summed.map(([count, centavos]) => [count.toLocaleString('en-US'), pesos(centavos)]));
  assert.deepEqual(rows.map(([status]) => status), ['Pendiente', 'Confirmado', 'Cancelado']);
  const { calls } = await world.sandbox.control('GET', 'calls');
  const pages = calls.filter((/** @type {{ endpoint: string }} */ { endpoint }) => endpoint === 'one-time-payment.list').length;
  assert.ok(pages <= 3000 / 500 + 6, `a double click reads the list once: ${pages} calls`);
  await assertAccessible(page, 'summary');

  await world.sandbox.fault('one-time-payment.list', { kind: 'refuse', status: 503 }, 50);
  await page.getByRole('button', { name: 'Calcular totales' }).click();
  await untilHeading(page, 'No pudimos calcular los totales');
  await page.getByText('Compago no respondió a todas las consultas.').waitFor();
  await world.sandbox.clearFaults();
  await close();
});

test('sums that do not cover all payments are marked as such', async () => {
  const { page, close } = await open(world, 'view=day');
  const statuses = ['pending', 'confirmed', 'cancelled'].map((status) => ({ status, count: null, amount: '10.00', read: 2 }));
  const json = { at: new Date().toISOString(), statuses, unreadable: 1, whole: false };
  await page.route(/\/reports\/summary$/, (route) => route.fulfill({ json }));
  await page.getByRole('button', { name: 'Calcular totales' }).click();
  await page.getByText('los importes son de los 6 pagos que se alcanzaron a leer').waitFor();
  await page.getByText('1 pago no se pudo leer y no está en los importes.').waitFor();
  await page.getByText(/^Totales de 6 pagos: /).waitFor();
  assert.deepEqual((await cells(page, 'Pagos con enlace en Compago, por estado'))[0], ['Pendiente', '—', '$10.00 MXN']);
  await close();
});

test('sums of a list that is too long to be read now are marked as those of the last reconciliation', async () => {
  const statuses = ['pending', 'confirmed', 'cancelled'].map((status) => ({ status, count: 9_000, amount: '10.00', read: 8_000 }));
  const json = { at: '2026-11-20T09:00:00Z', statuses, unreadable: 0, whole: true, source: 'reconciliation' };
  for (const [locale, ask, kept, partial] of [
    ['es-MX', 'Calcular totales', /24,000 pagos que leyó la conciliación del 20 nov 2026/, 'La conciliación no pudo leer toda la lista'],
    ['en-GB', 'Calculate totals', /24,000 payments that the reconciliation of .*Nov.* read/, 'The reconciliation could not read the whole list'],
  ]) {
    const { page, close } = await open(world, 'view=day', { locale });
    await page.route(/\/reports\/summary$/, (route) => route.fulfill({ json }));
    await page.getByRole('button', { name: ask }).click();
    await page.getByText(kept).waitFor();
    assert.equal(await page.getByText(partial).count(), 0);
    await page.unroute(/\/reports\/summary$/);
    await page.route(/\/reports\/summary$/, (route) => route.fulfill({ json: { ...json, whole: false } }));
    await page.getByRole('button', { name: ask }).click();
    await page.getByText(partial).waitFor();
    await close();
  }
});

test('by keyboard alone and accessible, in both languages, with the table open', async () => {
  for (const [locale, table] of [['es-MX', 'Ver como tabla'], ['en-GB', 'View as a table']]) {
    const { page, close } = await open(world, 'view=day&period=month', { locale });
    await tabTo(page, table);
    await page.keyboard.press('Enter');
    await page.locator('details[open] tbody tr').nth(27).waitFor();
    await assertAccessible(page, `month, ${locale}`);
    await close();
  }
});
