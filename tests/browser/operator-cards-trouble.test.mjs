import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { cardDeskOf, charge, rows, type } from './support/card-desk.mjs';
import { answer, untilHeading } from './support/desk.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing({ movable: true });
after(() => world.stop());

const { shop, atCard, chargesOf } = cardDeskOf(world);
const { sandbox } = world;
const CHARGES = /\/payments$/;

test('a declined charge is shown as declined, and what was typed stays', async () => {
  const { page, id, close } = await atCard({ card: 'declines' });
  await charge(page, '80', 'Clase');
  await untilHeading(page, 'El cobro de $80.00 MXN fue rechazado');
  await page.getByText('No se cobró nada.').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').inputValue(), '80');
  assert.equal((await chargesOf(id))[0].status, 'CANCELLED');
  assert.equal(await page.getByRole('button', { name: /^Reembolsar/ }).count(), 0);
  await close();
});

test('what Compago refuses, or the card does not support, is reported without charging', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/status of (400|409) .*\/payments$/);
  await type(page, 'cien');
  await page.getByRole('link', { name: 'Escribe el importe con números, como 350.50.' }).waitFor();
  await charge(page, '0.50');
  await page.getByRole('group', { name: 'Revisa un dato' }).getByRole('link').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').getAttribute('aria-invalid'), 'true');
  await charge(page, '50', 'x'.repeat(201));
  await page.getByRole('link', { name: 'Acorta el concepto: máximo 200 caracteres.' }).waitFor();
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

test('while Compago\'s answer is lost the page does not say that it was charged, even after a reload; then it was, once', async () => {
  const { page, id, close } = await atCard();
  await sandbox.settings({ chargeListDelaySeconds: 4 });
  await sandbox.fault('payment-method.charge', { kind: 'lose-answer' });
  await charge(page, '120');
  await untilHeading(page, 'Todavía no sabemos si se cobraron $120.00 MXN');
  await page.getByText('No cobres de nuevo').waitFor();
  assert.equal(await page.getByLabel('Importe en pesos').isVisible(), false, 'nothing new can be charged meanwhile');
  await page.reload();
  await untilHeading(page, 'Todavía no sabemos si se cobraron $120.00 MXN');
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
  await untilHeading(page, 'No hay respuesta sobre el cobro de $33.00 MXN');
  await untilHeading(page, 'Se cobraron $33.00 MXN a Visa terminación 4242');
  assert.deepEqual((await chargesOf(id)).map(({ amount }) => amount), [33]);
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
  await close();
});

test('after a lost answer, a proxy between page and Worker cannot make the desk say that nothing was charged', async () => {
  const { page, id, expect, close } = await atCard();
  expect(/ERR_FAILED|status of 403 .*\/payments$/);
  const answers = ['lost', 'refused', 'refused'];
  await page.route(CHARGES, async (route) => {
    const next = route.request().method() === 'POST' && answers.shift();
    if (next === 'lost') await route.fetch();
    if (next === 'lost') return route.abort();
    return next ? route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' }) : route.fallback();
  });
  const told = page.waitForResponse((response) => response.status() === 403);
  await charge(page, '34');
  await told;
  await untilHeading(page, 'No hay respuesta sobre el cobro de $34.00 MXN');
  assert.equal(await page.getByText('No se cobró nada').count(), 0);
  await untilHeading(page, 'Se cobraron $34.00 MXN a Visa terminación 4242');
  assert.equal((await chargesOf(id)).length, 1);
  await close();
});

test('a charge that cannot be distinguished from another one needs a person, and is shown until it was read', async () => {
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
  await untilHeading(page, 'Todavía no sabemos si se cobraron $44.00 MXN');
  await sandbox.settings({ chargeListDelaySeconds: 0 });
  const held = page.getByRole('heading', { name: 'Revisa el cobro de $44.00 MXN', exact: true });
  await until('the Worker gives up', async () => {
    await world.later(5 * 60_000);
    return held.waitFor({ timeout: 3000 }).then(() => true, () => false);
  }, 60_000);
  await page.getByText('Más de un cobro de la tarjeta podría ser este.').waitFor();
  await assertAccessible(page, 'a charge on hold');
  assert.equal(await page.locator('.outcome').getByRole('link', { name: 'Ir a “Por atender”' }).count(), 1);
  await page.reload();
  await untilHeading(page, 'Revisa el cobro de $44.00 MXN');
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
  await untilHeading(page, 'Compago no responde y todavía no se ha cobrado nada');
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

test('a refund whose answer is lost is made once, and its status is in view', async () => {
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
  await untilHeading(page, 'No hay respuesta sobre el reembolso de $61.00 MXN');
  assert.ok(await page.getByRole('heading', { name: 'No hay respuesta sobre el reembolso' }).evaluate((told) => told.getBoundingClientRect().top >= 0));
  await untilHeading(page, 'Se reembolsaron $61.00 MXN a Visa terminación 4242');
  assert.equal((await shop.callsTo('refund')).length, 1);
  await close();
});

test('a charge that was refunded in the meantime is not reported as refunded now', async () => {
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

test('while it is not known whether a card was removed, the page does not say that it was not', async () => {
  const { page, expect, close } = await atCard();
  expect(/status of 502 .*\/payment-methods\//);
  await page.route(/\/payment-methods\/[^/]+$/, (route) =>
    route.request().method() === 'DELETE' ? route.fulfill({ status: 502, contentType: 'text/html', body: 'Bad gateway' }) : route.fallback(),
  );
  await page.getByRole('button', { name: 'Eliminar tarjeta…' }).click();
  await answer(page, 'Eliminar Visa terminación 4242');
  await untilHeading(page, 'Todavía no sabemos si la tarjeta se eliminó');
  assert.equal(await page.getByText('La tarjeta no se eliminó').count(), 0);
  await close();
});
