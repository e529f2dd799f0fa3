import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import { until } from './support/until.mjs';
import { secrets } from '../support/stack.mjs';

const world = await startBrowsing();
after(() => world.stop());

await world.sandbox.settings({ terminals: ['SCAN', 'LARGE', 'TYPED', 'NEXT', 'NAMED', 'TWICE'] });

const barcode = '7501055300075';

/** What a page has asked the Worker to charge. @param {import('playwright-core').BrowserContext} context */
function chargesOf(context) {
  /** @type {{ amount: string, reference?: string }[]} */
  const bodies = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && /payment-intents$/.test(request.url())) bodies.push(request.postDataJSON());
  });
  return bodies;
}

/** @param {import('playwright-core').Page} page */
const amount = (page) => page.locator('#amount').innerText();
/** @param {import('playwright-core').Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.id);

test('a scanned code is no amount and charges nothing: on the pad, in the reference, in a dialog, on any screen', async () => {
  const { page, context, close } = await cashier.open(world);
  const charges = chargesOf(context);
  const problem = page.locator('#amount-error');
  const typed = page.getByLabel('Nota (opcional)');

  for (const how of /** @type {const} */ ([{ ending: 'Enter', gap: 3 }, { ending: 'Enter', gap: 30 }, { ending: 'Tab' }, {}])) {
    await cashier.scan(page, barcode, how);
    await problem.getByText('Se leyó un código de barras: no se tomó como importe.', { exact: true }).waitFor();
    assert.equal(await amount(page), '$0.00 MXN', JSON.stringify(how));
    assert.equal(await focused(page), 'pad-title', 'Tab moves nothing');
  }
  await cashier.type(page, '18900');
  await cashier.scan(page, '12345670', { ending: 'Enter' });
  await problem.getByText('El importe sigue en $189.00 MXN.').waitFor();
  assert.equal(await amount(page), '$189.00 MXN');

  await typed.focus();
  await cashier.scan(page, barcode, { ending: 'Enter' });
  assert.equal(await typed.inputValue(), barcode, 'it fills the field');
  const early = 'La tecla Enter llegó tan rápido como la de un lector de códigos y no se tomó. Si tú la presionaste, hazlo de nuevo.';
  await page.locator('#reference-error').getByText(early, { exact: true }).waitFor();
  await cashier.scan(page, 'X1', { ending: 'Tab' });
  assert.equal(await focused(page), 'reference');
  await typed.fill('');
  await typed.blur();

  // Sent by a person, the charge waits for its terminal, whose code is scanned.
  await page.keyboard.press('Enter');
  const code = page.getByLabel('Código de la terminal');
  await code.waitFor();
  await cashier.scan(page, 'SCAN', { ending: 'Enter' });
  assert.equal(await code.inputValue(), 'SCAN');
  await page.locator('#terminal-code-error').getByText(early, { exact: true }).waitFor();
  assert.deepEqual(charges, [], 'nothing was sent by a scan');
  await cashier.press(page, 'Usar esta terminal');
  await cashier.untilWaiting(page, 'SCAN');
  assert.deepEqual(charges.map((body) => body.amount), ['189.00']);

  await cashier.scan(page, barcode, { ending: 'Enter' });
  await cashier.untilWaiting(page, 'SCAN');
  await page.getByRole('button', { name: 'Cancelar cobro' }).focus();
  await cashier.scan(page, `12 ${barcode}`, { ending: 'Enter' });
  await cashier.untilWaiting(page, 'SCAN');
  await cashier.press(page, 'Volver');
  const question = page.getByRole('alertdialog', { name: '¿Cancelar el cobro de $189.00 MXN?' });
  await question.waitFor();
  await cashier.scan(page, barcode, { ending: 'Enter' });
  assert.ok(await question.isVisible(), 'a question waits for a person');
  await cashier.press(page, 'Seguir esperando');

  await cashier.atTerminal(world, 'SCAN', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  await cashier.scan(page, barcode, { ending: 'Enter' });
  await cashier.scan(page, barcode);
  await cashier.untilHeadline(page, 'Pago recibido');
  // The first key has counted as a digit of the next sale when the others come.
  await cashier.scan(page, barcode, { ending: 'Enter', untilFirst: () => page.getByText('$0.07 MXN', { exact: true }).waitFor() });
  await cashier.untilHeadline(page, 'Pago recibido');
  await cashier.press(page, 'Nueva venta');
  assert.equal(await amount(page), '$0.00 MXN');
  assert.equal(charges.length, 1);
  await close();

  const fresh = await world.visit();
  await fresh.page.goto(`${world.url}/pos`);
  await fresh.page.getByLabel('Clave de caja').waitFor();
  await cashier.scan(fresh.page, secrets.CASHIER_TOKEN, { ending: 'Enter', gap: 4 });
  // A key that a program or a reader fills in signs in.
  await cashier.untilPad(fresh.page);
  await fresh.close();
});

test('the key of three zeros types them, and an Enter rolled onto a digit costs no digit, and says so', async () => {
  const { page, context, close } = await cashier.open(world, 'LARGE');
  const charges = chargesOf(context);
  await cashier.type(page, '45');
  await cashier.scan(page, '000', { gap: 3 });
  assert.equal(await amount(page), '$450.00 MXN');
  await cashier.scan(page, '7', { ending: 'Enter', gap: 25 });
  await page.locator('#amount-error').getByText('La tecla Enter llegó tan rápido').waitFor();
  assert.equal(await amount(page), '$4,500.07 MXN');
  assert.deepEqual(charges, []);
  await close();
});

test('a large amount is asked about once more, and digits that do not fit are not dropped without a word', async () => {
  const { page, context, close } = await cashier.open(world, 'LARGE');
  const charges = chargesOf(context);
  await cashier.type(page, '12345678901');
  assert.equal(await amount(page), '$12,345,678.90 MXN');
  await page.locator('#amount-error').getByText('Ese importe no cabe. El máximo es $99,999,999.99 MXN.').waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog', { name: 'Vas a cobrar $12,345,678.90 MXN. ¿Es correcto?' }).waitFor();
  await cashier.press(page, 'Corregir');
  assert.deepEqual(charges, []);
  assert.equal(await amount(page), '$12,345,678.90 MXN', 'what was typed stays');
  await page.keyboard.press('Escape');

  await cashier.send(page, '2000001');
  const question = page.getByRole('alertdialog', { name: 'Vas a cobrar $20,000.01 MXN. ¿Es correcto?' });
  await question.getByText('Se envía a la terminal LARGE.').waitFor();
  await page.keyboard.press('Enter');
  await question.waitFor({ state: 'hidden' });
  assert.deepEqual(charges, [], 'the safe answer has the focus');
  await cashier.press(page, 'Cobrar $20,000.01 MXN');
  await cashier.press(page, 'Sí, cobrar $20,000.01 MXN');
  await cashier.untilWaiting(page, 'LARGE');
  await cashier.press(page, 'Cancelar cobro');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await cashier.press(page, 'Nueva venta');
  await cashier.send(page, '2000000');
  await cashier.untilWaiting(page, 'LARGE');
  assert.deepEqual(charges.map((body) => body.amount), ['20000.01', '20000.00']);
  await close();
});

test('a point or a comma makes pesos of what is typed, and what is pasted is read or answered', async () => {
  const { page, context, expect, close } = await cashier.open(world, 'TYPED');
  expect(/status of 404 .*\/payment-intent$/);
  const charges = chargesOf(context);
  const problem = page.locator('#amount-error');
  for (const [keys, shown] of [['12.5', '$12.50 MXN'], ['12,', '$12.00 MXN'], ['1,250.5', '$1,250.50 MXN'], ['1.250,50', '$1,250.50 MXN'], ['1250', '$12.50 MXN']]) {
    await cashier.type(page, keys ?? '');
    await page.getByText(shown ?? '', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  }
  await cashier.type(page, '12..');
  await problem.getByText('Revisa el punto o la coma: un importe lleva dos decimales como máximo.', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await cashier.type(page, '12.50*');
  await problem.getByText('Usa solo números, punto o coma.').waitFor();
  await cashier.type(page, '0');
  await page.getByText('12.500', { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await problem.getByText('No queda claro cuánto es “12.500”.').waitFor();
  await page.reload();
  await page.getByText('12.500', { exact: true }).waitFor();

  for (const text of ['1,234.50', '1.234,50', '$1,234.50 MXN', '1234.5', ' 1 234.50\n']) {
    await page.keyboard.press('Escape');
    await cashier.paste(page, text);
    await page.getByText('$1,234.50 MXN', { exact: true }).waitFor();
  }
  await page.getByRole('status').getByText('Importe: $1,234.50 MXN').waitFor();
  for (const text of ['mil pesos', '1.250', '-5']) {
    await cashier.paste(page, text);
    await problem.getByText(`No pudimos leer ese importe: “${text}”.`).waitFor();
    assert.equal(await amount(page), '$1,234.50 MXN', 'what was there stays');
  }
  await cashier.paste(page, barcode);
  await problem.getByText('Ese importe no cabe.').waitFor();
  await page.keyboard.press('Enter');
  await cashier.untilWaiting(page, 'TYPED');
  assert.deepEqual(charges.map((body) => body.amount), ['1234.50']);
  await close();
});

test('Enter or a digit leaves the screen of a payment, but not before somebody can have read it', async () => {
  const { page, context, expect, close } = await cashier.open(world, 'NEXT');
  expect(/status of 404 .*\/payment-intent$/);
  const charges = chargesOf(context);
  await page.clock.install();
  await page.reload();
  await cashier.untilPad(page);
  /** Charges and is paid while the page's own time stands still. @param {string} digits @param {number} count */
  const pay = async (digits, count) => {
    await cashier.charge(page, digits, 'NEXT');
    await cashier.latestAt(world, 'NEXT', count);
    // Ahead of all that may pass until the page hears of it.
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
    await cashier.atTerminal(world, 'NEXT', 'tap');
    await until('it is paid', async () => {
      if (await page.getByRole('heading', { name: 'Pago recibido' }).isVisible()) return true;
      await page.clock.runFor(500);
      return false;
    });
  };
  const isPaid = () => page.getByRole('heading', { name: 'Pago recibido' }).isVisible();
  await pay('4500', 1);
  // Somebody was typing the next amount already.
  for (const key of ['Enter', '1', '5', '0']) {
    await page.keyboard.press(key);
    await page.clock.runFor(150);
    assert.ok(await isPaid(), `${key} comes too early`);
  }
  await page.clock.runFor(800);
  await page.keyboard.press('7');
  await page.clock.runFor(60);
  await page.getByRole('button', { name: 'Cobrar $0.07 MXN' }).waitFor();
  await page.clock.resume();

  await page.keyboard.press('Escape');
  await pay('4600', 2);
  await page.clock.runFor(800);
  await page.keyboard.press('Enter');
  await page.clock.runFor(60);
  await cashier.untilPad(page);
  assert.deepEqual(charges.map((body) => body.amount), ['45.00', '46.00'], 'the same Enter charges nothing');
  await close();
});

test('a double Enter on the payment of another till does not charge what was typed here; a till without sound shows it too', async () => {
  const first = await cashier.open(world, 'TWICE');
  const { page, context, expect, close } = await cashier.open(world, 'TWICE');
  for (const { expect: expected } of [first, { expect }]) expected(/status of (404|409) .*\/payment-intents?$/);
  const charges = chargesOf(context);
  await first.context.addInitScript(() => {
    globalThis.AudioContext = class {
      constructor() {
        throw new DOMException('no device', 'NotSupportedError');
      }
    };
  });
  await first.page.reload();
  await cashier.charge(first.page, '15000', 'TWICE');
  await page.clock.install();
  await page.reload();
  await cashier.untilWaiting(page, 'TWICE');
  await cashier.press(page, 'Volver');
  await cashier.press(page, 'Salir sin cancelarlo');
  await cashier.send(page, '2200');
  await cashier.press(page, 'Ver el otro cobro');
  await cashier.untilWaiting(page, 'TWICE');
  await cashier.atTerminal(world, 'TWICE', 'tap');
  for (const till of [first.page, page]) await cashier.untilHeadline(till, 'Pago recibido');
  await page.clock.pauseAt(await page.evaluate(() => Date.now() + 60_000));
  for (const moment of [60, 200, 300]) {
    await page.keyboard.press('Enter');
    await page.clock.runFor(moment);
    await page.getByRole('button', { name: 'Cobrar $22.00 MXN' }).waitFor();
  }
  assert.equal(charges.length, 1, 'the same Enter again and again charges nothing');
  await page.clock.runFor(800);
  await page.keyboard.press('Enter');
  await page.clock.runFor(60);
  await page.clock.resume();
  await cashier.untilWaiting(page, 'TWICE');
  assert.deepEqual(charges.map((body) => body.amount), ['22.00', '22.00']);
  await Promise.all([first.close(), close()]);
});

test('“Mesa 4” is sent as mesa-4, which is shown before, and is printed on the ticket as it was typed', async () => {
  const { page, context, close } = await cashier.open(world, 'NAMED');
  const charges = chargesOf(context);
  const reference = page.getByLabel('Nota (opcional)');
  const problem = page.locator('#reference-error');
  await reference.fill('Terraza '.repeat(5));
  await reference.blur();
  await problem.getByText('La nota es muy larga: usa 32 caracteres o menos.').waitFor();
  await reference.fill('Mesa 4 ☕');
  await problem.waitFor({ state: 'hidden' });
  await page.getByText('Se envía como mesa-4', { exact: true }).waitFor();
  await reference.blur();
  await cashier.charge(page, '9900', 'NAMED');
  assert.deepEqual(charges.map((body) => body.reference), ['mesa-4']);
  await cashier.press(page, 'Cancelar cobro');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await page.getByText('No se cobró nada. Puedes cobrar de nuevo.').waitFor();
  await cashier.press(page, 'Volver');
  assert.equal(await reference.inputValue(), 'Mesa 4 ☕', 'it comes back as it was typed');
  await cashier.press(page, 'Cobrar $99.00 MXN');
  await cashier.untilWaiting(page, 'NAMED');
  await cashier.latestAt(world, 'NAMED', 2);
  await cashier.atTerminal(world, 'NAMED', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  await page.reload();
  await cashier.untilHeadline(page, 'Pago recibido');
  const [, paid] = await cashier.intentsAt(world, 'NAMED');
  assert.match(paid.externalId, /^mesa-4_/);
  await page.emulateMedia({ media: 'print' });
  assert.match(await page.locator('#ticket').innerText(), /Nota\s+Mesa 4 ☕/);
  await close();
});
