import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import * as shopper from './support/shopper.mjs';
import { until } from './support/until.mjs';
import { secrets } from '../support/stack.mjs';
import { shop as testShop } from '../support/shop.mjs';

const world = await startBrowsing();
after(() => world.stop());

const android =
  'Mozilla/5.0 (Linux; Android 13; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36';

/** Counts the tones that a page has begun. @param {import('playwright-core').BrowserContext} context */
const countTones = (context) =>
  context.addInitScript(() => {
    globalThis.tones = 0;
    const { start } = AudioScheduledSourceNode.prototype;
    AudioScheduledSourceNode.prototype.start = function (...when) {
      globalThis.tones += 1;
      return start.apply(this, when);
    };
  });

test('a cashier signs in and charges at a terminal: it is shown paid within four looks, and the merchant hears of it once', async () => {
  const { page, context, samples, expect, close } = await world.visit();
  await countTones(context);
  expect(/status of 401 .*\/api\/session/);
  await page.goto(`${world.url}/pos`);
  await cashier.untilHeadline(page, 'Abre tu caja');
  const key = page.getByLabel('Clave de caja');
  await key.fill('not-the-key');
  await cashier.press(page, 'Entrar');
  await page.locator('#token-error').getByText('La clave no es correcta.').waitFor();
  assert.equal(await key.getAttribute('aria-invalid'), 'true');
  await key.fill(secrets.CASHIER_TOKEN);
  await cashier.press(page, 'Entrar');
  await cashier.untilPad(page);

  for (const name of ['3', '5', '0', '5', '9', 'Borrar el último dígito', 'Dos ceros', 'Borrar el último dígito'])
    await page.getByRole('button', { name, exact: true }).click();
  await page.getByRole('status').getByText('Importe: $350.50 MXN').waitFor();
  await page.getByLabel('Nota (opcional)').fill('mesa-4');
  await cashier.press(page, 'Cobrar $350.50 MXN');
  await page.getByRole('heading', { name: '¿A qué terminal va el cobro?' }).waitFor();
  await page.getByLabel('Código de la terminal').fill('TERM-01');
  await cashier.press(page, 'Usar esta terminal');
  await cashier.untilWaiting(page, 'TERM-01');
  assert.equal(await page.locator('#sum').innerText(), '$350.50 MXN');
  assert.match(await page.locator('#left').innerText(), /^Tiempo restante: (10:00|9:5\d)$/);
  assert.equal(await page.getByRole('link').count(), 0, 'nothing to open on this device');

  const [intent] = await cashier.intentsAt(world, 'TERM-01');
  assert.equal(intent.amount, 350.5);
  assert.match(intent.externalId, /^mesa-4_/);
  await cashier.atTerminal(world, 'TERM-01', 'decline');
  /** What the page is told from then on. @type {Promise<{ pollAfterMs: number | null }>[]} */
  const looks = [];
  await cashier.atTerminal(world, 'TERM-01', 'tap');
  page.on('response', (response) => response.url().includes('/api/pos/payment-intents/') && looks.push(response.json()));
  await cashier.untilHeadline(page, 'Pago recibido');
  // One may have been on its way, and two came before the Worker would read again; they are a second and a half apart.
  assert.ok(looks.length <= 4, `the page looked ${looks.length} times`);
  for (const { pollAfterMs } of await Promise.all(looks)) assert.ok((pollAfterMs ?? 0) <= 1500, `told to wait for ${pollAfterMs} ms`);
  assert.equal(await page.getByRole('status').innerText(), 'Pago recibido: $350.50 MXN', 'it is announced');
  assert.match(await shopper.fact(page.locator('#facts'), 'Tarjeta'), /^Visa terminación \d{4}$/);
  assert.equal(await shopper.fact(page.locator('#facts'), 'Nota'), 'mesa-4');
  assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(20, 87, 61)', 'in the shop\'s colours too');
  assert.equal(await page.evaluate(() => globalThis.tones), 2);
  assert.ok(samples.some(({ paid }) => paid), 'the samples would have seen a claim');

  const events = await until('the webhook', () => cashier.eventsOf(world, 'TERM-01').length > 0 && cashier.eventsOf(world, 'TERM-01'));
  assert.deepEqual(events.map(({ type, data }) => [type, data.intent, data.reference]), [['payment-intent.paid', intent.id, 'mesa-4']]);

  await cashier.press(page, 'Sonido');
  await cashier.press(page, 'Nueva venta');
  await cashier.untilPad(page);
  await page.reload();
  await cashier.untilPad(page);
  await page.getByRole('button', { name: 'Terminal TERM-01' }).waitFor();
  await cashier.charge(page, '100', 'TERM-01');
  await cashier.atTerminal(world, 'TERM-01', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  assert.equal(await page.evaluate(() => globalThis.tones), 0, 'the sound stays off');

  await cashier.press(page, 'Nueva venta');
  await cashier.press(page, 'Salir');
  const question = page.getByRole('alertdialog', { name: '¿Salir de la caja?' });
  await question.getByRole('button', { name: 'Seguir aquí' }).click();
  await cashier.untilPad(page);
  await cashier.type(page, '4500');
  await page.getByLabel('Nota (opcional)').fill('Mesa 9');
  await cashier.press(page, 'Salir');
  await question.getByRole('button', { name: 'Salir' }).click();
  await cashier.untilHeadline(page, 'Abre tu caja');
  await page.reload();
  await cashier.untilHeadline(page, 'Abre tu caja');
  await cashier.signInAgain(page);
  await cashier.untilPad(page);
  assert.equal(await page.locator('#amount').innerText(), '$0.00 MXN', 'who comes next does not find what was typed');
  assert.equal(await page.getByLabel('Nota (opcional)').inputValue(), '');
  await close();
});

test('the same in English, at 360 px, by keyboard alone, in a browser that does not report touches and keys', async () => {
  const { page, context, close } = await world.visit({ width: 360, height: 640, locale: 'en-US' });
  await countTones(context);
  await context.addInitScript(() => Object.defineProperty(Navigator.prototype, 'userActivation', { get: () => undefined }));
  const { keyboard } = page;
  await page.goto(`${world.url}/pos`);
  await page.getByLabel('Register key').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'token');
  await cashier.type(page, secrets.CASHIER_TOKEN);
  await keyboard.press('Enter');
  await page.getByRole('button', { name: /^Terminal/ }).waitFor();
  await shopper.assertFits(page);
  await cashier.type(page, '99');
  await keyboard.press('Escape');
  await page.getByText('$0.00 MXN').waitFor();
  await keyboard.press('Enter');
  await page.locator('#amount-error').getByText('Enter an amount.').waitFor();
  await cashier.type(page, '12345');
  await keyboard.press('Backspace');
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Which terminal should take the charge?' }).waitFor();
  await keyboard.press('Escape');
  await page.getByText('$12.34 MXN', { exact: true }).waitFor();
  await keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Which terminal should take the charge?' }).waitFor();
  await cashier.type(page, 'TERM-02');
  await keyboard.press('Enter');
  await cashier.untilHeadline(page, 'Tap the card on terminal TERM-02');
  await shopper.assertFits(page);
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'headline', 'no button is under the hand');

  await keyboard.press('Escape');
  await page.getByRole('alertdialog', { name: 'Cancel the charge of $12.34 MXN?' }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Keep waiting', 'the safe answer has the focus');
  await keyboard.press('Enter');
  await shopper.tabTo(page, 'Cancel charge');
  await keyboard.press('Enter');
  await cashier.untilHeadline(page, 'Charge canceled');
  await shopper.tabTo(page, 'Charge $12.34 MXN again');
  await keyboard.press('Enter');
  await cashier.untilHeadline(page, 'Tap the card on terminal TERM-02');
  await cashier.latestAt(world, 'TERM-02', 2);
  await cashier.atTerminal(world, 'TERM-02', 'tap', { card: 'mastercard-credit' });
  await cashier.untilHeadline(page, 'Payment received');
  assert.equal(await page.evaluate(() => globalThis.tones), 2, 'it sounds there as well');
  await shopper.assertFits(page);
  await shopper.tabTo(page, 'New sale');
  await keyboard.press('Enter');
  await cashier.untilHeadline(page, 'New sale');
  await cashier.type(page, '5');
  await page.getByRole('button', { name: 'Charge $0.05 MXN' }).waitFor();
  await close();
});

test('at any terminal, or on this device: the charge is found again by its id', async () => {
  const { page, context, close } = await cashier.open(world, undefined, { width: 360, height: 740, userAgent: android, hasTouch: true });
  await cashier.press(page, /^Terminal/);
  await cashier.press(page, /^Cualquier terminal/);
  await cashier.send(page, '2000');
  await cashier.untilHeadline(page, 'Abre el cobro en una terminal y acerca la tarjeta');
  const { intents } = await world.sandbox.control('GET', 'state');
  const intent = intents.at(-1);
  assert.equal(intent.terminalCode, null);
  const link = page.getByRole('link', { name: 'Cobrar en este dispositivo' });
  assert.equal(await link.getAttribute('href'), `compago-pos-app:///charge/payment-intent/${intent.id}`);

  await page.reload();
  await cashier.untilHeadline(page, 'Abre el cobro en una terminal y acerca la tarjeta');
  const second = await context.newPage();
  await second.goto(`${world.url}/pos`);
  await cashier.untilHeadline(second, 'Abre el cobro en una terminal y acerca la tarjeta');
  await world.sandbox.control('POST', `payment-intents/${intent.id}/tap`, { terminalCode: 'TERM-03' });
  for (const tab of [page, second]) await cashier.untilHeadline(tab, 'Pago recibido');
  await close();
});

test('the ticket fits printers of 58 and 80 mm, and nothing else is printed', async () => {
  const { page, close } = await cashier.open(world, 'TERM-03');
  await cashier.charge(page, '123456', 'TERM-03');
  await cashier.atTerminal(world, 'TERM-03', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  for (const millimetres of [58, 80]) {
    await page.getByLabel(`${millimetres} mm`).check();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    const widths = [...pdf.matchAll(/\/MediaBox\s*\[\s*0 0 ([\d.]+)/g)].map(([, points]) => Math.round((Number(points) / 72) * 25.4));
    assert.deepEqual(widths, [millimetres], 'one page of that width');
  }
  await page.reload();
  await cashier.untilHeadline(page, 'Pago recibido');
  assert.ok(await page.getByLabel('80 mm').isChecked(), 'the width is remembered');
  await page.emulateMedia({ media: 'print' });
  const ticket = page.locator('#ticket');
  const text = await ticket.innerText();
  const { name, legalName, rfc, address, phone, email } = testShop;
  const head = ['SANDBOX: prueba, no se cobró dinero real', name, legalName, `RFC ${rfc}`, address, `Tel. ${phone}`, email];
  assert.deepEqual(text.split('\n').filter(Boolean).slice(0, head.length), head);
  for (const part of ['$1,234.56 MXN', 'PAGADO', 'Visa', 'Fecha', 'Referencia', 'TERM-03', 'Este ticket no es una factura (CFDI).']) assert.ok(text.includes(part), `${part} in ${text}`);
  assert.equal(await page.getByRole('button').count(), 0);
  await page.emulateMedia({ media: 'screen' });
  assert.ok(!(await ticket.isVisible()));
  await close();
});

test('the longest names and addresses fit the ticket of both widths', async () => {
  const { page, close } = await cashier.open(world, 'TERM-01');
  await cashier.charge(page, '1999999', 'TERM-01');
  await cashier.atTerminal(world, 'TERM-01', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  const [name, legalName, , address] = await page.locator('#ticket > p:not(#ticket-mark)').elementHandles();
  const long = (/** @type {string} */ text, /** @type {number} */ most) => text.repeat(10).slice(0, most);
  for (const [line, text] of /** @type {const} */ ([
    [name, long('Papelería y mercería ', 60)],
    [legalName, long('Comercializadora del Sureste ', 120)],
    [address, long('Avenida Insurgentes Sur 1234, interior 5, ', 200)],
  ]))
    await line?.evaluate((place, whole) => (place.textContent = whole), text);
  for (const millimetres of [58, 80]) {
    await page.getByLabel(`${millimetres} mm`).check();
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
    assert.equal(pdf.match(/\/MediaBox/g)?.length, 1, `${millimetres} mm`);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: Math.floor(((millimetres - 10) / 25.4) * 96), height: 600 });
    const [inside, wide] = await page.locator('#ticket').evaluate((ticket) => [ticket.clientWidth, ticket.scrollWidth]);
    assert.ok(wide <= inside, `${wide} px within ${inside} px of ${millimetres} mm`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.emulateMedia({ media: 'screen' });
  }
  await close();
});

test('a charge that ran out can be made again, under another external id', async () => {
  const { page, close } = await cashier.open(world, 'TERM-01');
  const before = (await cashier.intentsAt(world, 'TERM-01')).length;
  await page.getByLabel('Nota (opcional)').fill('mesa-9');
  await page.getByLabel('Nota (opcional)').blur();
  await cashier.charge(page, '4500', 'TERM-01');
  await world.sandbox.advance(11 * 60_000);
  await cashier.untilHeadline(page, 'Se acabó el tiempo');
  await page.getByText('No se cobró nada. Puedes cobrar de nuevo.').waitFor();
  await cashier.press(page, 'Cobrar de nuevo $45.00 MXN');
  await cashier.untilWaiting(page, 'TERM-01');
  const [first, second] = (await cashier.intentsAt(world, 'TERM-01')).slice(before);
  assert.notEqual(second.externalId, first.externalId);
  for (const { externalId, amount } of [first, second]) {
    assert.match(externalId, /^mesa-9_/);
    assert.equal(amount, 45);
  }
  await cashier.atTerminal(world, 'TERM-01', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  await close();
});
