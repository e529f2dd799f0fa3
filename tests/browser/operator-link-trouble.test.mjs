import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import { untilHeading } from './support/desk.mjs';
import { ORDERS, fillIn, send } from './support/link-desk.mjs';
import { open } from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('all mistakes are shown together, at their fields, and in the language of the reader', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 400 .*\/api\/operator\/orders$/);
  await fillIn(page, { 'Importe en pesos': 'doce', 'Folio (opcional)': 'ñandú', 'Página después de pagar (opcional)': 'https://otra.example/' });
  await page.getByLabel('Correo electrónico').fill('ana@');
  await page.getByLabel('Estado').selectOption('');
  await page.getByLabel('Vigencia').fill('50');
  await send(page);
  const summary = page.getByRole('group', { name: 'Revisa 6 datos' });
  await summary.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'summary', 'it takes the focus');
  const wrong = page.locator('[aria-invalid="true"]');
  const ids = await wrong.evaluateAll((fields) => fields.map(({ id }) => id));
  assert.deepEqual(ids, ['amount', 'externalId', 'email', 'state', 'ttl', 'returnUrl']);
  const lines = await summary.getByRole('link').allInnerTexts();
  assert.deepEqual(lines, await page.locator('.error').filter({ visible: true }).allInnerTexts());
  assert.equal(lines[3], 'Elige el estado de la lista.');
  await summary.getByRole('link').nth(4).click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'ttl', 'a line leads to its field');

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('heading', { name: 'New payment link' }).waitFor();
  assert.equal(await page.getByLabel('External ID').or(page.getByLabel('External ID (optional)')).inputValue(), 'ñandú', 'what was typed stays');
  await page.getByRole('button', { name: 'Create link' }).click();
  await page.getByRole('group', { name: 'Check 6 fields' }).getByText('Enter the email address in full, for example name@example.com.').waitFor();
  await close();
});

test('without an amount, the field asks for one', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 400 .*\/api\/operator\/orders$/);
  await fillIn(page, { 'Importe en pesos': ' ' });
  await send(page);
  await page.getByRole('link', { name: 'Falta el importe.', exact: true }).waitFor();
  await close();
});

test('what Compago refuses is reported at the field that caused it', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 422 .*\/api\/operator\/orders$/);
  await world.sandbox.settings({ minimumAmount: '20.00' });
  await fillIn(page, { 'Importe en pesos': '15', 'Folio (opcional)': 'FAC-900' });
  await send(page);
  await page.getByRole('link', { name: 'Escribe al menos $20.00 MXN' }).waitFor();
  await world.sandbox.settings({ minimumAmount: '10.00' });
  await send(page);
  await page.waitForURL(/reference=/);
  await page.getByRole('link', { name: 'Crear otro enlace' }).click();
  await page.getByRole('button', { name: 'Crear enlace', exact: true }).waitFor();
  assert.equal(await page.getByLabel('Concepto').inputValue(), '', 'the next form is empty');
  await fillIn(page, { 'Folio (opcional)': 'FAC-900' });
  await send(page);
  await page.getByRole('link', { name: 'Ese folio ya se usó.' }).waitFor();
  await close();
});

test('a double click, a lost answer and a press once more make one order', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/ERR_FAILED|ERR_CONNECTION|status of 409 /);
  const before = (await world.sandbox.payments()).length;
  const made = async () => (await world.sandbox.payments()).length - before;
  await fillIn(page);
  await page.getByRole('button', { name: /^Crear enlace/ }).dblclick();
  await page.waitForURL(/reference=/);
  assert.equal(await made(), 1);

  /** @type {string[]} */
  const keys = [];
  page.on('request', (request) => ORDERS.test(request.url()) && keys.push(request.headers()['idempotency-key'] ?? ''));
  await page.goto(`${world.url}/operator?view=link`);
  // The Worker carries it out, and each answer of four is lost on the way back.
  await page.route(ORDERS, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 4 });
  await fillIn(page, { Concepto: 'Factura 882' });
  await send(page);
  await page.getByText('No hubo respuesta. Vuelve a intentarlo sin cambiar nada').waitFor({ timeout: 60_000 });
  await untilHeading(page, 'Todavía no hay enlace');
  // Even from the beginning: the key is kept for as long as the body is the same.
  await page.reload();
  await fillIn(page, { Concepto: 'Factura 882' });
  await send(page);
  await page.waitForURL(/reference=/);
  assert.equal(await made(), 2);
  assert.equal(keys.length, 5);
  assert.equal(new Set(keys).size, 1);
  await close();
});

test('while Compago does not answer, the form waits for another press, and one order comes of both', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 503 .*\/api\/operator\/orders$/);
  const before = (await world.sandbox.payments()).length;
  await world.sandbox.fault('one-time-payment.create', { kind: 'refuse', status: 503 }, 100);
  await fillIn(page);
  await send(page);
  await page.getByText('Compago no responde por ahora. Vuelve a intentarlo sin cambiar nada').waitFor({ timeout: 60_000 });
  await world.sandbox.clearFaults();
  await send(page);
  await page.waitForURL(/reference=/);
  assert.equal((await world.sandbox.payments()).length, before + 1);
  await close();
});

test('a link that leads elsewhere is not handed out, and leads to its order', async () => {
  const { page, expect, close } = await open(world, 'view=link');
  expect(/status of 502 .*\/api\/operator\/orders$/);
  await world.sandbox.settings({ checkoutOrigin: 'https://pagos.example' });
  await fillIn(page);
  await send(page);
  await page.getByRole('group', { name: 'Este enlace no se puede compartir' }).waitFor();
  await world.sandbox.settings({ checkoutOrigin: null });
  const href = await page.getByRole('link', { name: 'Ver el pedido' }).getAttribute('href') ?? '';
  assert.match(href, /^\/operator\?view=story&reference=[0-9A-Z-]{14}$/);
  const reference = new URLSearchParams(href.split('?')[1]).get('reference');
  await page.goto(`${world.url}/operator?view=link&reference=${reference}`);
  await untilHeading(page, 'Hay que revisar este enlace');
  assert.equal(await page.locator('.share, .qr').count(), 0);
  await close();
});
