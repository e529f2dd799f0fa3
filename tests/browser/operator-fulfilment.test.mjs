// What was sold is prepared and handed over at the desk, and who looked is recorded; orders are exported as a table.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { shop as testShop } from '../support/shop.mjs';
import { records } from '../worker/support/table.mjs';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { answer } from './support/desk.mjs';
import * as desk from './support/operator.mjs';
import { until } from './support/until.mjs';

const HOUR = 3_600_000;
const GONE = /^Compago Edge ya no guarda quién compró ni a dónde se entrega\./;
const world = await startBrowsing({ movable: true });
after(() => world.stop());

test('a paid order is prepared, handed over with its carrier, and this is undone', async () => {
  const [first, second] = [await world.placeOrder(), await world.placeOrder()];
  for (const order of [first, second]) await desk.pay(world, order);
  const { page, close } = await desk.open(world, 'view=fulfilment');
  const rows = await desk.rows(page);
  assert.ok(rows[0].includes(first.reference) && rows[1].includes(second.reference), 'the longest waiting is first');
  await assertAccessible(page, 'to fulfil');
  await desk.press(page, 'button', `Marcar como preparado: pedido ${first.reference}`);
  await page.getByRole('status').getByText(`El pedido ${first.reference} quedó preparado.`).waitFor();
  await page.getByRole('row', { name: new RegExp(first.reference) }).waitFor({ state: 'detached' });
  await page.getByText('1–1 de 1').waitFor();

  await page.goto(`${world.url}/operator?view=story&reference=${first.reference}`);
  await desk.press(page, 'button', 'Mostrar datos de entrega');
  await page.getByText('Calle 5 10, 72000 Puebla, Puebla').waitFor();
  await page.locator('[data-what="delivery-read"]').getByText('con la clave del panel').waitFor();
  await desk.press(page, 'button', `Registrar entrega: pedido ${first.reference}`);
  await page.getByLabel('Paquetería (opcional)').fill('Estafeta');
  await page.getByLabel('Número de guía (opcional)').fill('ABC-123');
  await assertAccessible(page, 'hand-over');
  await desk.press(page, 'button', 'Marcar como entregado a la paquetería');
  await page.locator('.facts').getByText('Estafeta', { exact: true }).waitFor();
  await assertAccessible(page, 'order that was handed over');

  await page.evaluate(() => (globalThis.print = () => {}));
  await desk.press(page, 'button', 'Imprimir lista de empaque');
  const pages = (await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g);
  assert.equal(pages?.length, 1);
  await desk.press(page, 'button', 'Imprimir lista de empaque');
  await page.emulateMedia({ media: 'print' });
  const slip = (await page.locator('body').innerText()).split('\n').map((line) => line.trim()).filter(Boolean);
  const { name, legalName, rfc, address, phone, email } = testShop;
  assert.deepEqual(slip.slice(0, 8), [
    'SANDBOX: prueba, no se cobra dinero real', name, legalName, `RFC ${rfc}`, address, `Tel. ${phone}`, email, `Pedido ${first.reference}`,
  ]);
  await page.emulateMedia({ media: 'screen' });

  await desk.press(page, 'button', `Deshacer: pedido ${first.reference}`);
  await answer(page, 'Deshacer la entrega');
  await page.locator('[data-what="fulfilment-undone"]').waitFor();
  await close();
});

test('an order that is picked up has no address, and is handed over to the customer once the details are right', async () => {
  const order = await world.placeOrder({ items: [{ sku: 'taza-barro', quantity: 3 }], shipping: { method: 'tienda' } });
  await desk.pay(world, order);
  const { page, expect, close } = await desk.open(world, 'view=fulfilment', { locale: 'en' });
  const row = page.getByRole('row', { name: new RegExp(order.reference) });
  assert.match(await row.innerText(), /3.*Pick up in Coyoacán/s);
  await page.goto(`${world.url}/operator?view=story&reference=${order.reference}`);
  assert.equal(await page.getByRole('link', { name: '+52 55 1234 0000' }).getAttribute('href'), 'tel:+525512340000');
  assert.equal(await page.getByRole('link', { name: 'WhatsApp' }).getAttribute('href'), 'https://wa.me/525512340000');
  await desk.press(page, 'button', 'Show delivery details');
  await page.locator('.facts dt', { hasText: 'Recipient' }).waitFor();
  assert.equal(await page.locator('.facts dt', { hasText: 'Address' }).count(), 0);

  await desk.press(page, 'button', `Record delivery: order ${order.reference}`);
  const dialog = page.getByRole('dialog', { name: `Delivery of order ${order.reference}` });
  await dialog.getByLabel('Note (optional)').fill('n'.repeat(201));
  expect(/status of 400 /, /status of 422 /);
  await desk.press(page, 'button', 'Mark as delivered in person');
  await dialog.getByRole('link', { name: 'Shorten the note to 200 characters or fewer.' }).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'note');
  await assertAccessible(page, 'hand-over with a problem');
  await dialog.getByLabel('Note (optional)').fill('At the counter');
  await desk.press(page, 'button', 'Mark as delivered in person');
  await page.locator('.facts').getByText('At the counter', { exact: true }).waitFor();
  await until('the list of what was handed over', async () => {
    const { items } = await desk.ask(world, 'orders?fulfilment=handed-over');
    return items.some((/** @type {{ reference: string }} */ { reference }) => reference === order.reference) || undefined;
  });
  await page.goto(`${world.url}/operator?view=fulfilment&fulfilment=handed-over`);
  await row.waitFor();
  await close();
});

test('the orders of a list are saved as one table, each once, whatever is ordered meanwhile', async () => {
  for (const _ of [1, 2, 3]) await desk.pay(world, await world.placeOrder());
  const unpaid = await world.placeOrder();
  await desk.untilOrder(world, unpaid.reference, 'awaiting-payment');
  const { items } = await desk.ask(world, 'orders?status=paid');
  const wanted = items.map((/** @type {{ reference: string }} */ { reference }) => reference);
  assert.ok(wanted.length >= 3);

  const { page, close } = await desk.open(world, 'view=orders&status=paid');
  /** @type {string[]} */
  const pages = [];
  await page.route('**/api/operator/orders.csv?*', async (route) => {
    const url = new URL(route.request().url());
    if (pages.length === 0) url.searchParams.set('pageSize', '2');
    if (pages.length === 1) await desk.pay(world, await world.placeOrder());
    pages.push(url.search);
    await route.continue({ url: url.href });
  });
  await desk.press(page, 'button', 'Exportar a CSV');
  const dialog = page.getByRole('dialog', { name: 'Exportar pedidos a CSV' });
  await dialog.getByLabel('Para otros sistemas').check();
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Exportar', exact: true }).click();
  const file = await download;
  const saved = records(await readFile(await file.path(), 'utf8'));
  assert.deepEqual(saved.map(({ reference }) => reference), wanted);
  assert.deepEqual([...new Set(saved.map(({ status }) => status))], ['paid']);
  assert.equal(saved.at(-1)?.customerEmail, 'ana@example.com');
  assert.equal(pages.length, Math.ceil(wanted.length / 2));
  await dialog.getByText(`El archivo está completo, con ${wanted.length} pedidos. Tu navegador lo guarda como ${file.suggestedFilename()}.`).waitFor();
  await assertAccessible(page, 'export of orders');
  await close();
});

test('a slash goes to the search of a list, and is a character where somebody types', async () => {
  const { page, close } = await desk.open(world, 'view=orders');
  const search = page.getByLabel('Folio, referencia, ID de Compago, SKU o metadato');
  await page.keyboard.press('/');
  await page.keyboard.type('a/b');
  assert.equal(await search.inputValue(), 'a/b');
  await page.getByLabel('Estado').focus();
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'filter-status');

  await page.goto(`${world.url}/operator?view=fulfilment`);
  await page.locator('#view[aria-busy="false"]').waitFor();
  const link = page.getByRole('link', { name: 'Enviados o entregados' });
  await link.focus();
  await page.keyboard.press('/');
  assert.ok(await link.evaluate((node) => node === document.activeElement), 'there is no search');
  await page.locator('#view').getByRole('button', { name: /^Registrar entrega/ }).first().click();
  const note = page.getByLabel('Nota (opcional)');
  await note.pressSequentially('1/2');
  assert.equal(await note.inputValue(), '1/2');
  await close();
});

test('once the data of the customer was deleted, the page says when, and a page of before says so too', async () => {
  const order = await world.placeOrder();
  await desk.pay(world, order);
  const path = `orders/${order.reference}`;
  await desk.ask(world, `${path}/fulfilment`, 'POST', { status: 'handed-over' });
  const before = await desk.ask(world, path);
  await world.later(73 * HOUR);
  await until('the data is deleted', async () => ((await desk.ask(world, path)).customer ? undefined : true));
  desk.forgetSession(world);
  const { page, expect, close } = await desk.open(world, `view=story&reference=${order.reference}`);
  await page.getByText(/^Los datos del cliente se borraron \(.* [ap]\.m\.\)\. Compago conserva los del pago en su panel\.$/).waitFor();
  assert.equal(await page.getByRole('button', { name: 'Mostrar datos de entrega' }).count(), 0);
  await assertAccessible(page, 'order without the data of its customer');

  await page.route(`**/api/operator/${path}`, (route) => route.fulfill({ json: before }), { times: 1 });
  await page.reload();
  expect(/status of 410 /);
  await desk.press(page, 'button', 'Mostrar datos de entrega');
  await page.locator('#notices').getByText(GONE).waitFor();
  await close();
});
