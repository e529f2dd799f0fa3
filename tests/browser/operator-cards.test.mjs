import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { readCode } from './support/code.mjs';
import { answer, fact, untilHeading } from './support/desk.mjs';
import { shopOf } from './support/holder.mjs';
import { open } from './support/operator.mjs';
import { answers, tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing({ movable: true });
after(() => world.stop());

const shop = shopOf(world);
const { sandbox } = world;
const CHARGES = /\/payments$/;

/** @typedef {import('playwright-core').Page} Page */

/** A card that can be charged, and somebody who looks at it. @param {object} [how] @param {Parameters<typeof open>[2]} [options] */
async function atCard(how, options) {
  const { id } = await shop.active({}, how);
  const visit = await open(world, `view=cards&id=${id}`, options);
  await visit.page.getByLabel('Importe en pesos').waitFor();
  return { ...visit, id };
}

/** Types a charge and presses its button. @param {Page} page @param {string} amount @param {string} [description] */
async function type(page, amount, description = '') {
  await page.getByLabel('Importe en pesos').fill(amount);
  await page.getByLabel('Concepto (opcional)').fill(description);
  await page.getByRole('button', { name: /^Cobrar/ }).click();
}

/** Types a charge and says yes. @param {Page} page @param {string} amount @param {string} [description] */
async function charge(page, amount, description) {
  await type(page, amount, description);
  await answer(page, /^Cobrar/);
}

/** What Compago has charged a card. @param {string} id */
const chargesOf = async (id) => (await shop.charges(id)).map(({ amount, status, description }) => ({ amount, status, description }));

/** Charges of the list, as they are read. @param {Page} page */
const rows = (page) => page.getByRole('table', { name: 'Cobros' }).locator('tbody').getByRole('row');

test('a card is saved, charged, given back and removed; each is asked once, with the amount and the card', async () => {
  const { page, close } = await open(world, 'view=cards');
  await page.getByRole('link', { name: 'Guardar una tarjeta' }).click();
  for (const { label, value } of answers('es-MX').slice(0, 4)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('Tu cliente (opcional)').fill('cli-1');
  await page.getByLabel('Verificación (opcional)').fill('$5');
  await page.getByLabel('Vigencia').fill('3');
  await page.getByLabel('Unidad de tiempo').selectOption('day');
  await page.getByText(/^3 días: se puede usar hasta el /).waitFor();
  await page.getByRole('button', { name: 'Crear el enlace' }).dblclick();
  await untilHeading(page, 'Tarjeta sin guardar');
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  const link = await page.getByLabel('Enlace', { exact: true }).inputValue();
  assert.match(link, /\/card\?card=[0-9a-z]{38}$/);
  assert.equal(await readCode(page.getByRole('img', { name: 'Código QR del enlace' })), link);
  const made = await shop.upstream(id);
  assert.deepEqual([made.externalId, made.verificationAmount], ['cli-1', 5]);
  assert.equal(Date.parse(made.expiresAt) - Date.parse(made.createdAt), 3 * 24 * 3_600_000);
  const { methods } = await sandbox.control('GET', 'state');
  assert.equal(methods.filter(({ externalId }) => externalId === 'cli-1').length, 1, 'a double click is one form');

  await shop.act(id, 'save');
  await untilHeading(page, 'Visa terminación 4242');
  await type(page, '$1,500', 'Mensualidad');
  const asked = page.getByRole('alertdialog', { name: '¿Cobrar $1,500.00 MXN a Visa terminación 4242?' });
  await asked.waitFor();
  await answer(page, 'No, volver');
  assert.deepEqual(await chargesOf(id), []);
  await page.getByRole('button', { name: 'Cobrar $1,500.00 MXN' }).click();
  await asked.getByRole('button', { name: 'Cobrar $1,500.00 MXN' }).dblclick({ timeout: 3000 }).catch(() => {});
  await untilHeading(page, 'Se cobraron $1,500.00 MXN a Visa terminación 4242');
  assert.deepEqual(await chargesOf(id), [{ amount: 1500, status: 'CONFIRMED', description: 'Mensualidad' }]);
  assert.equal(await page.getByLabel('Importe en pesos').inputValue(), '', 'ready for another');

  await page.getByRole('button', { name: 'Reembolsar $1,500.00 MXN…' }).click();
  const question = page.getByRole('alertdialog', { name: '¿Reembolsar $1,500.00 MXN?' });
  await question.getByText('Se devuelve el cobro completo a Visa terminación 4242. No se puede deshacer.').waitFor();
  await page.keyboard.press('Escape');
  assert.equal((await chargesOf(id))[0].status, 'CONFIRMED');
  await page.getByRole('button', { name: 'Reembolsar $1,500.00 MXN…' }).click();
  await question.getByLabel('Motivo (opcional)').fill('Cambió de plan');
  await answer(page, 'Reembolsar $1,500.00 MXN');
  await untilHeading(page, 'Se reembolsaron $1,500.00 MXN a Visa terminación 4242');
  const [charged] = await shop.charges(id);
  assert.deepEqual([charged.status, charged.refundReason], ['REFUNDED', 'Cambió de plan']);
  await until('the list has it', async () => (await page.getByRole('button', { name: /^Reembolsar/ }).count()) === 0);

  await page.getByRole('button', { name: 'Quitar tarjeta…' }).click();
  await page.getByRole('alertdialog', { name: '¿Quitar Visa terminación 4242?' }).waitFor();
  await answer(page, 'Quitar Visa terminación 4242');
  await page.getByText('Esta tarjeta se quitó: ya no se le puede cobrar.').waitFor();
  assert.equal((await shop.upstream(id)).status, 'REVOKED');
  assert.equal(await page.getByRole('button', { name: /^(Cobrar|Quitar)/ }).count(), 0);
  await close();
});

test('a declined charge is told as such, and what was typed stays', async () => {
  const { page, id, close } = await atCard({ card: 'declines' });
  await charge(page, '80', 'Clase');
  await untilHeading(page, 'El cobro de $80.00 MXN fue rechazado');
  await page.getByText('No se cobró nada.').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').inputValue(), '80');
  assert.equal((await chargesOf(id))[0].status, 'CANCELLED');
  assert.equal(await page.getByRole('button', { name: /^Reembolsar/ }).count(), 0);
  await close();
});

test('what Compago does not take, or the card cannot do, is told without charging', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/status of (400|409) .*\/payments$/);
  await type(page, 'cien');
  await page.getByRole('link', { name: 'Escribe el importe con números, como 350.50.' }).waitFor();
  await charge(page, '0.50');
  await page.getByRole('group', { name: 'Revisa un dato' }).getByRole('link').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').getAttribute('aria-invalid'), 'true');
  await charge(page, '50', 'x'.repeat(201));
  await page.getByRole('link', { name: 'Acorta la descripción a 200 caracteres como máximo.' }).waitFor();
  // What is corrected takes its error away, but not the button from under the pointer.
  await type(page, '50');
  await answer(page, 'No, volver');
  await shop.act(id, 'revoke');
  await shop.ask('DELETE', `/${id}`);
  await charge(page, '50');
  await page.getByRole('group', { name: 'No se cobró nada' }).waitFor();
  assert.deepEqual(await chargesOf(id), []);
  await close();
});

test('while Compago\'s answer is lost nobody is told that it was charged, over a reload as well; then it was, once', async () => {
  const { page, id, close } = await atCard();
  await sandbox.settings({ chargeListDelaySeconds: 4 });
  await sandbox.fault('payment-method.charge', { kind: 'lose-answer' });
  await charge(page, '120');
  await untilHeading(page, 'No sabemos todavía si se cobraron $120.00 MXN');
  await page.getByText('No cobres de nuevo').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').isVisible(), false, 'nothing new can be charged meanwhile');
  await page.reload();
  await untilHeading(page, 'No sabemos todavía si se cobraron $120.00 MXN');
  await untilHeading(page, 'Se cobraron $120.00 MXN a Visa terminación 4242');
  await sandbox.settings({ chargeListDelaySeconds: 0 });
  assert.deepEqual((await chargesOf(id)).map(({ amount }) => amount), [120]);
  await until('the list has it', async () => (await rows(page).count()) === 1);
  await page.reload();
  await page.getByLabel('Importe en pesos').waitFor();
  assert.equal(await page.locator('.outcome .notice').count(), 0, 'what is over is not told again');
  await close();
});

test('an answer that is lost on the way to the page is asked for under the same key', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/ERR_FAILED/);
  /** @type {string[]} */
  const keys = [];
  page.on('request', (request) => request.method() === 'POST' && CHARGES.test(request.url()) && keys.push(request.headers()['idempotency-key'] ?? ''));
  await page.route(CHARGES, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await charge(page, '33');
  await untilHeading(page, 'No hay respuesta del cobro de $33.00 MXN');
  await untilHeading(page, 'Se cobraron $33.00 MXN a Visa terminación 4242');
  assert.deepEqual((await chargesOf(id)).map(({ amount }) => amount), [33]);
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
  await close();
});

test('a charge that nobody can tell from another one needs a person, and is told until it was read', async () => {
  const { page, id, close } = await atCard();
  await sandbox.settings({ chargeListDelaySeconds: 3 });
  await sandbox.fault('payment-method.charge', { kind: 'lose-answer' });
  await charge(page, '44');
  await until('it is charged', async () => (await chargesOf(id)).length === 1);
  // Another program charges as much, at the same time.
  await fetch(`${sandbox.url}/api/payment-method/${id}/payment`, {
    method: 'POST',
    headers: { 'x-api-key': 'sandbox-key', 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 44 }),
  });
  await untilHeading(page, 'No sabemos todavía si se cobraron $44.00 MXN');
  await sandbox.settings({ chargeListDelaySeconds: 0 });
  const held = page.getByRole('heading', { name: 'Una persona tiene que revisar el cobro de $44.00 MXN', exact: true });
  await until('the Worker gives up', async () => {
    await world.later(5 * 60_000);
    return held.waitFor({ timeout: 3000 }).then(() => true, () => false);
  }, 60_000);
  await page.getByText('Más de un cobro de la tarjeta podría ser este.').waitFor();
  await assertAccessible(page, 'a charge on hold');
  assert.equal(await page.locator('.outcome').getByRole('link', { name: 'Ver lo que hay por atender' }).count(), 1);
  await page.reload();
  await untilHeading(page, 'Una persona tiene que revisar el cobro de $44.00 MXN');
  await page.getByRole('button', { name: 'Entendido' }).click();
  await page.getByLabel('Importe en pesos').waitFor();
  await page.reload();
  await page.getByLabel('Importe en pesos').waitFor();
  assert.equal(await page.locator('.outcome .notice').count(), 0);
  await close();
});

test('while Compago cannot be asked nothing is charged, and somebody may leave it at that', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/status of 503 .*\/payments/);
  await sandbox.fault('payment-method.payments', { kind: 'refuse', status: 503 }, 200);
  await charge(page, '70');
  await untilHeading(page, 'Compago no responde y todavía no se cobra nada');
  await page.getByRole('button', { name: 'Dejar de intentar' }).click();
  await page.getByLabel('Importe en pesos').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').inputValue(), '70');
  await sandbox.clearFaults();
  assert.deepEqual(await chargesOf(id), []);
  await close();
});

test('a charge that was on its way already is followed, though somebody wanted to leave it at that', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/status of 503 .*\/payments/, /ERR_FAILED/);
  await sandbox.fault('payment-method.payments', { kind: 'refuse', status: 503 }, 200);
  await charge(page, '71');
  const stop = page.getByRole('button', { name: 'Dejar de intentar' });
  await stop.waitFor();
  /** @type {() => void} */
  let goOn = () => {};
  const onItsWay = new Promise((resolve) => {
    page.route(CHARGES, async (route) => {
      await new Promise((go) => {
        goOn = () => go(undefined);
        resolve(undefined);
      });
      await route.fetch();
      await route.abort();
    }, { times: 1 });
  });
  await onItsWay;
  await sandbox.clearFaults();
  await stop.click();
  goOn();
  await untilHeading(page, 'Se cobraron $71.00 MXN a Visa terminación 4242');
  assert.deepEqual((await chargesOf(id)).map(({ amount }) => amount), [71]);
  await close();
});

test('what was asked about a card is not done once somebody has left it, nor when they come back', async () => {
  const { page, id, close } = await atCard();
  const question = page.getByRole('alertdialog');
  const charges = page.getByRole('heading', { name: 'Cobros', exact: true });
  const card = page.locator(`.row-link[href*="${id}"]`);
  await page.goto(`${world.url}/operator?view=cards`);
  await card.click();
  await charges.waitFor();
  await type(page, '88');
  await question.waitFor();
  await page.goBack();
  await question.waitFor({ state: 'hidden' });
  await card.click();
  await charges.waitFor();
  // While the list is on its way, the card can still be seen.
  /** @type {Promise<() => Promise<void>>} */
  const onItsWay = new Promise((resolve) => {
    page.route(/payment-methods\?/, (route) => resolve(() => route.continue()), { times: 1 });
  });
  await page.goBack();
  const goOn = await onItsWay;
  await type(page, '88');
  assert.equal(await question.isVisible(), false);
  await goOn();
  await card.click();
  await charges.waitFor();
  assert.equal(await page.locator('.outcome .notice').count(), 0);
  assert.deepEqual(await chargesOf(id), []);
  await close();
});

test('a refund whose answer is lost is made once, and how it stands is in sight', async () => {
  const { page, id, expect, close } = await atCard({}, { width: 360, height: 420 });
  expect(/ERR_FAILED/);
  await shop.charged(id, { amount: '61.00' });
  await page.reload();
  await sandbox.fault('payment-method.refund', { kind: 'lose-answer' });
  await page.route(/\/refund$/, async (route) => {
    await route.fetch();
    await route.abort();
  }, { times: 1 });
  await sandbox.clearCalls();
  await page.getByRole('button', { name: 'Reembolsar $61.00 MXN…' }).click();
  await answer(page, 'Reembolsar $61.00 MXN');
  await untilHeading(page, 'No hay respuesta del reembolso de $61.00 MXN');
  assert.ok(await page.getByRole('heading', { name: 'No hay respuesta del reembolso' }).evaluate((told) => told.getBoundingClientRect().top >= 0));
  await untilHeading(page, 'Se reembolsaron $61.00 MXN a Visa terminación 4242');
  assert.equal((await shop.callsTo('refund')).length, 1);
  await close();
});

test('a charge that was given back meanwhile is not said to be given back now', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/status of (400|409) .*\/refund$/);
  const { payment } = await shop.charged(id, { amount: '62.00' });
  await page.reload();
  await page.getByRole('button', { name: 'Reembolsar $62.00 MXN…' }).click();
  await page.getByLabel('Motivo (opcional)').fill('x'.repeat(600));
  await answer(page, 'Reembolsar $62.00 MXN');
  await page.locator('.outcome').getByText(/^Acorta el motivo/).waitFor();
  // The list has been read again.
  await page.locator('button:not([aria-disabled])').getByText('Reembolsar…').waitFor();
  await sandbox.control('POST', `payment-methods/${id}/payments/${payment}/refund`);
  await page.getByRole('button', { name: 'Reembolsar $62.00 MXN…' }).click();
  await answer(page, 'Reembolsar $62.00 MXN');
  await until('it is told', () => page.locator('.outcome .notice').isVisible());
  await until('the list has it', async () => (await page.getByRole('button', { name: /^Reembolsar/ }).count()) === 0);
  await close();
});

test('the list has filters and pages in its address, and each card leads to its charges', async () => {
  const saved = await shop.active({ externalId: 'cli-lista' }, { card: 'mastercard' });
  for (const amount of ['21.00', '22.00']) await shop.charged(saved.id, { amount });
  const { page, close } = await open(world, 'view=cards');
  await page.getByRole('link', { name: 'Activas' }).click();
  await page.waitForURL(/status=active/);
  await until('only active ones', async () => (await page.locator('tbody .state').allInnerTexts()).every((text) => text === 'Activa'));
  await page.getByRole('link', { name: 'Mastercard terminación 5454' }).click();
  await untilHeading(page, 'Mastercard terminación 5454');
  assert.equal(await fact(page, 'Cliente'), 'cli-lista');
  await until('both charges', async () => (await rows(page).count()) === 2);
  await page.getByRole('link', { name: 'Reembolsados' }).click();
  await untilHeading(page, 'No hay cobros así');
  await page.goBack();
  await until('both are back', async () => (await rows(page).count()) === 2);
  await close();
});

test('a form within the shop\'s page is begun with how its button looks; another tab does not know the link', async () => {
  const { page, close } = await open(world, 'view=cards&new=card');
  for (const { label, value } of answers('es-MX').slice(0, 4)) await page.getByLabel(label, { exact: true }).fill(value);
  assert.equal(await page.getByLabel('Texto del botón (opcional)').isVisible(), false);
  await page.getByLabel('Cómo se abre el formulario').selectOption('EMBEDDED');
  await page.getByLabel('Texto del botón (opcional)').fill('Guardar ya');
  await page.getByLabel('Color del botón (opcional)').fill('#5B3F85');
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  await untilHeading(page, 'Tarjeta sin guardar');
  const id = new URL(page.url()).searchParams.get('id') ?? '';
  const { displayMode, buttonText, buttonColor } = await shop.upstream(id);
  assert.deepEqual([displayMode, buttonText, buttonColor?.toUpperCase()], ['EMBEDDED', 'Guardar ya', '#5B3F85']);
  await page.reload();
  await page.getByLabel('Enlace', { exact: true }).waitFor();
  const other = await open(world, `view=cards&id=${id}`);
  await other.page.getByText('El enlace se mostró al crearlo, en otra pestaña').waitFor();
  await other.close();
  await close();
});

test('by keyboard alone, at 360 px', async () => {
  const { page, id, close } = await atCard({}, { width: 360, height: 740 });
  await tabTo(page, 'Importe en pesos');
  await page.keyboard.type('55');
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'No, volver', 'the safe answer has the focus');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilHeading(page, 'Se cobraron $55.00 MXN a Visa terminación 4242');
  await until('the outcome has the focus', () => page.evaluate(() => document.activeElement?.className === 'outcome'));
  await tabTo(page, 'Reembolsar $55.00 MXN…');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await untilHeading(page, 'Se reembolsaron $55.00 MXN a Visa terminación 4242');
  await until('the focus is not lost', () => page.evaluate(() => document.activeElement?.className === 'outcome'));
  assert.equal((await chargesOf(id)).length, 1);
  await close();
});

test('the list, a card and its forms are accessible, in both languages', async () => {
  const { id } = await shop.active();
  await shop.charged(id, { amount: '15.00' });
  const pending = await shop.begun();
  for (const locale of ['es-MX', 'en-GB']) {
    const { page, close } = await open(world, 'view=cards', { locale });
    await page.getByRole('table').waitFor();
    await assertAccessible(page, `list, ${locale}`);
    for (const [query, place] of [['new=card', '.pay'], [`id=${pending.id}`, '.facts'], [`id=${id}`, '.charge-form']]) {
      await page.goto(`${world.url}/operator?view=cards&${query}`);
      await page.locator(place).waitFor();
      await assertAccessible(page, `${query}, ${locale}`);
    }
    await page.locator('.list .button').click();
    await page.getByRole('alertdialog').waitFor();
    await assertAccessible(page, `question, ${locale}`);
    await close();
  }
});

test('both languages have the same words', async () => {
  for (const part of ['link', 'cards', 'day']) {
    const tables = ['es-MX', 'en'].map(async (tag) => (await import(`../../www/words/operator/${tag}/${part}.js`)).default);
    const [spanish, english] = await Promise.all(tables);
    assert.deepEqual(Object.keys(english), Object.keys(spanish), part);
  }
});
