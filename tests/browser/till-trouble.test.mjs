import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

const terminals = ['RELOAD', 'STEADY', 'OFFLINE', 'SILENCE', 'LOST', 'CRASH', 'SESSION', 'REFUSED', 'RACE', 'SECOND-TILL', 'BACK', 'AGAIN'];
await world.sandbox.settings({ terminals });

/** The keys of all creating calls of a page. @param {import('playwright-core').BrowserContext} context */
function keysOf(context) {
  /** @type {string[]} */
  const keys = [];
  context.on('request', (request) => {
    if (request.method() === 'POST' && /payment-intents$/.test(request.url())) keys.push(request.headers()['idempotency-key'] ?? '');
  });
  return keys;
}

test('who goes back and on again at once is asked again, and the answer counts', async () => {
  const { page, close } = await cashier.open(world);
  await cashier.send(page, '4200');
  await page.getByRole('heading', { name: '¿A qué terminal va el cobro?' }).waitFor();
  // In one breath, so that the browser has not yet told the page that the dialog was closed.
  await page.evaluate(() => {
    document.getElementById('terminals-close')?.click();
    document.querySelector('form#sale')?.requestSubmit();
  });
  await page.getByLabel('Código de la terminal').fill('AGAIN');
  await page.keyboard.press('Enter');
  await cashier.untilWaiting(page, 'AGAIN');

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Seguir esperando' }).waitFor();
  await page.evaluate(() => {
    [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Seguir esperando')?.click();
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
  });
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancelar el cobro' }).click();
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await close();
});

test('a reload and a second tab show the charge in every state', async () => {
  const { page, context, close } = await cashier.open(world, 'RELOAD');
  const everywhere = async (/** @type {string} */ headline) => {
    await cashier.untilHeadline(page, headline);
    await page.reload();
    await cashier.untilHeadline(page, headline);
    const second = await context.newPage();
    await second.goto(`${world.url}/pos`);
    await cashier.untilHeadline(second, headline);
    assert.equal(await second.locator('#sum').innerText(), '$70.00 MXN');
    await second.close();
  };
  const waiting = 'Acerca la tarjeta a la terminal RELOAD';
  await cashier.send(page, '7000');
  await everywhere(waiting);

  await world.sandbox.fault('payment-intent.cancel', { kind: 'refuse', status: 503 }, 500);
  await world.sandbox.clearCalls();
  await cashier.press(page, 'Cancelar cobro');
  await until('Compago is asked', async () => (await world.sandbox.calls()).some((call) => call.endpoint === 'payment-intent.cancel'));
  await everywhere('Estamos cancelando el cobro');
  await world.sandbox.clearFaults();
  await everywhere('Cobro cancelado');

  await cashier.press(page, 'Cobrar de nuevo $70.00 MXN');
  await cashier.untilHeadline(page, waiting);
  await world.sandbox.advance(11 * 60_000);
  await everywhere('Se acabó el tiempo');

  await world.sandbox.settings({ intentSummary: 'without-summary' });
  await cashier.press(page, 'Cobrar de nuevo $70.00 MXN');
  await cashier.untilHeadline(page, waiting);
  await cashier.atTerminal(world, 'RELOAD', 'tap');
  await everywhere('Revisa la terminal RELOAD');
  await page.getByText('No cobres de nuevo hasta saberlo.').waitFor();
  await world.sandbox.settings({ intentSummary: 'with-status' });
  await everywhere('Pago recibido');
  await close();
});

test('what is said again leaves the buttons under the finger alone', async () => {
  const { page, close } = await cashier.open(world, 'STEADY');
  const news = await cashier.withoutNews(page);
  await cashier.charge(page, '4300', 'STEADY');
  const button = await page.getByRole('button', { name: 'Cancelar cobro' }).elementHandle();
  const told = page.waitForResponse(/\/api\/pos\/payment-intents\//);
  news.release();
  await told;
  await page.waitForResponse(/\/api\/pos\/payment-intents\//);
  assert.equal(await button?.evaluate(({ isConnected }) => isConnected), true);
  await close();
});

test('with the network gone, the till says how old its news is, and goes on by itself', async () => {
  const { page, context, expect, close } = await cashier.open(world, 'OFFLINE');
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  await context.setOffline(true);
  await page.locator('#net').getByText('Sin conexión. Continuamos en cuanto vuelva la conexión.').waitFor();
  await cashier.send(page, '2500');
  await page.getByText('Repetimos la misma petición: no se cobra dos veces.').waitFor();
  await context.setOffline(false);
  await cashier.untilWaiting(page, 'OFFLINE');

  await context.setOffline(true);
  await page.locator('#net').getByText('Sin conexión. Última actualización:').waitFor();
  await cashier.untilWaiting(page, 'OFFLINE');
  await cashier.atTerminal(world, 'OFFLINE', 'tap');
  await context.setOffline(false);
  await cashier.untilHeadline(page, 'Pago recibido');
  await page.locator('#net').waitFor({ state: 'hidden' });
  assert.equal((await cashier.intentsAt(world, 'OFFLINE')).length, 1);

  await cashier.press(page, 'Nueva venta');
  await context.setOffline(true);
  await cashier.press(page, 'Salir');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Salir' }).click();
  await page.getByLabel('Clave de caja').waitFor();
  await context.setOffline(false);
  await until('the session is over', async () => (await context.cookies()).length === 0);
  cashier.forgetSession();
  await close();
});

test('a request without an answer is repeated under its key, by the same page and after a reload', async () => {
  const { page, context, expect, close } = await cashier.open(world, 'SILENCE');
  expect(/ERR_FAILED/);
  const keys = keysOf(context);
  let silent = true;
  await page.route(/\/api\/pos\/payment-intents$/, async (route) => {
    if (!silent) return route.fallback();
    // It reaches the Worker; what it answers reaches nobody.
    await route.fetch();
    return route.abort();
  });
  await cashier.send(page, '3100');
  await cashier.untilHeadline(page, 'Todavía no hay respuesta');
  await page.getByText('No sabemos si el cobro llegó a la terminal SILENCE.').waitFor();
  await until('a repetition', () => keys.length > 1);
  await page.reload();
  await until('a repetition after the reload', () => keys.length > 2);
  silent = false;
  await cashier.untilWaiting(page, 'SILENCE');
  assert.equal(new Set(keys).size, 1, 'one key for all tries');
  assert.equal((await cashier.intentsAt(world, 'SILENCE')).length, 1, 'one intent at Compago');
  await page.reload();
  await cashier.untilWaiting(page, 'SILENCE');
  await close();
});

test('when it is not known whether there is a charge, the terminal has to be checked before there is another', async () => {
  const { page, expect, close } = await cashier.open(world, 'LOST');
  expect(/status of 502 .*\/payment-intents$/);
  await world.sandbox.fault('payment-intent.create', { kind: 'lose-answer' });
  await cashier.send(page, '8800');
  await cashier.untilHeadline(page, 'Revisa la terminal LOST');
  await page.getByText('No sabemos si este cobro pasó. No cobres de nuevo hasta saberlo.').waitFor();
  await page.reload();
  await cashier.untilHeadline(page, 'Revisa la terminal LOST');
  const [lost] = await cashier.intentsAt(world, 'LOST');
  await page.getByText(lost.externalId.slice(-12).replace(/(.{4})(?=.)/g, '$1-').toUpperCase()).waitFor();

  await cashier.press(page, 'No hay aprobación: cobrar de nuevo');
  const question = page.getByRole('alertdialog', { name: '¿Seguro que la terminal no muestra una aprobación?' });
  await question.getByText('Si el cobro de $88.00 MXN sí pasó, se cobraría dos veces.').waitFor();
  assert.equal((await cashier.intentsAt(world, 'LOST')).length, 1, 'not before it was confirmed');
  await cashier.press(page, 'No hay aprobación: cobrar $88.00 MXN');
  await cashier.untilWaiting(page, 'LOST');
  const intents = await cashier.intentsAt(world, 'LOST');
  assert.deepEqual(intents.map(({ status }) => status), ['CANCELLED', 'PENDING'], 'one of them can be paid');
  await cashier.atTerminal(world, 'LOST', 'tap');
  await cashier.untilHeadline(page, 'Pago recibido');
  await close();
});

test('the Worker ends without warning while a charge runs: the till goes on, and sees it paid', async () => {
  const { page, expect, close } = await cashier.open(world, 'CRASH');
  // The connection may end before, within or after an answer.
  expect(/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_CONTENT_LENGTH_MISMATCH|ERR_EMPTY_RESPONSE|ERR_SOCKET_NOT_CONNECTED/);
  await cashier.charge(page, '1200', 'CRASH');
  await world.killWorker();
  await page.locator('#net').getByText('La respuesta está tardando. Seguimos intentando.').waitFor();
  await cashier.atTerminal(world, 'CRASH', 'tap');
  await world.restartWorker();
  await cashier.untilHeadline(page, 'Pago recibido');
  await close();
});

test('when the session ends, somebody signs in again and the charge goes on', async () => {
  const { page, context, expect, close } = await cashier.open(world, 'SESSION');
  expect(/status of 401 .*\/api\/pos\//);
  await cashier.charge(page, '900', 'SESSION');
  await context.clearCookies();
  await page.getByText('Tu sesión terminó. Entra de nuevo y continúa donde te quedaste.').waitFor();
  await cashier.signInAgain(page);
  await cashier.untilWaiting(page, 'SESSION');
  await cashier.press(page, 'Cancelar cobro');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await cashier.press(page, 'Nueva venta');
  await cashier.untilPad(page);

  const keys = keysOf(context);
  await context.clearCookies();
  await cashier.send(page, '1000');
  await page.getByText('Tu sesión terminó.').waitFor();
  await cashier.signInAgain(page);
  await cashier.untilWaiting(page, 'SESSION');
  assert.equal(new Set(keys).size, 1, 'the same request');
  assert.equal((await cashier.intentsAt(world, 'SESSION')).length, 2);
  await close();
});

test('what cannot be charged is reported where it has to be corrected, and nothing was charged', async () => {
  const { page, expect, close } = await cashier.open(world, 'NOWHERE');
  expect(/status of (400|422|502|503) .*\/payment-intents$/);
  await cashier.send(page, '6000');
  const dialog = page.getByRole('dialog', { name: '¿A qué terminal va el cobro?' });
  await dialog.getByText('Compago no conoce la terminal NOWHERE.').waitFor();
  assert.equal(await dialog.getByRole('button', { name: 'NOWHERE', exact: true }).count(), 0, 'it is not kept');
  await dialog.getByLabel('Código de la terminal').fill('REFUSED');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Terminal REFUSED' }).waitFor();

  const reference = page.getByLabel('Nota (opcional)');
  await reference.fill('☕');
  await page.keyboard.press('Enter');
  await page.locator('#reference-error').getByText('La nota necesita al menos una letra o un número.').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'reference');
  assert.equal(await page.locator('#amount').innerText(), '$60.00 MXN', 'what was typed stays');
  await reference.fill('mesa-4');

  await world.sandbox.fault('payment-intent.create', { kind: 'refuse', status: 401 }, 500);
  await page.keyboard.press('Enter');
  await cashier.untilHeadline(page, 'No pudimos crear el cobro');
  await page.getByText('No se cobró nada: avisa a la persona encargada.').waitFor();
  await world.sandbox.clearFaults();
  await cashier.press(page, 'Intentar de nuevo');
  await cashier.untilWaiting(page, 'REFUSED');
  assert.equal((await cashier.intentsAt(world, 'REFUSED')).length, 1);
  await close();
});

test('cancelled and paid at the same moment: paid', async () => {
  const { page, close } = await cashier.open(world, 'RACE');
  await cashier.charge(page, '5500', 'RACE');
  const news = await cashier.withoutNews(page);
  await news.untilAsked();
  await Promise.all([cashier.atTerminal(world, 'RACE', 'tap'), cashier.press(page, 'Cancelar cobro')]);
  news.release();
  await cashier.untilHeadline(page, 'Pago recibido');
  const events = await until('the webhook', () => cashier.eventsOf(world, 'RACE').length > 0 && cashier.eventsOf(world, 'RACE'));
  assert.deepEqual(events.map(({ type }) => type), ['payment-intent.paid']);
  await close();
});

test('leaving a charge that waits asks first, also by the browser’s back button', async () => {
  const { page, close } = await cashier.open(world, 'BACK');
  await cashier.charge(page, '5500', 'BACK');
  const question = page.getByRole('alertdialog', { name: '¿Cancelar el cobro de $55.00 MXN?' });
  await page.goBack();
  await question.waitFor();
  await cashier.press(page, 'Seguir esperando');
  await cashier.untilWaiting(page, 'BACK');
  await cashier.press(page, 'Volver');
  await question.waitFor();
  await question.getByRole('button', { name: 'Cancelar el cobro' }).click();
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await page.goBack();
  await page.getByRole('button', { name: 'Cobrar $55.00 MXN' }).waitFor();
  assert.equal((await cashier.intentsAt(world, 'BACK'))[0].status, 'CANCELLED');
  await close();
});
