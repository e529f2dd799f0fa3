// A till says no more than it knows: with a clock that is wrong, without an answer, or with one that is not the Worker's.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import { until } from './support/until.mjs';

const world = await startBrowsing();
after(() => world.stop());

await world.sandbox.settings({ terminals: ['AHEAD', 'BEHIND', 'BETWEEN', 'BROKEN', 'ELSEWHERE', 'GONE'] });

const hour = 3_600_000;

for (const [terminal, hours] of /** @type {const} */ ([['AHEAD', 26], ['BEHIND', -26]])) {
  test(`a device whose clock is ${hours} hours off shows the time that is left, and does not ask for the key again`, async () => {
    const { page, expect, close } = await cashier.open(world, terminal);
    expect(/status of 404 .*\/payment-intent$/);
    await page.clock.install({ time: Date.now() + hours * hour });
    await page.reload();
    await cashier.untilPad(page);
    assert.ok(Math.abs((await page.evaluate(() => Date.now())) - Date.now() - hours * hour) < hour, 'the page has that clock');
    await cashier.charge(page, '4500', terminal);
    const left = async () => (await page.locator('#left').innerText()).replace('Tiempo restante: ', '');
    assert.match(await left(), /^(10:00|9:[3-5]\d)$/);
    await page.reload();
    await cashier.untilWaiting(page, terminal);
    assert.match(await left(), /^9:[0-5]\d$|^10:00$/);
    // The clock is put right while the charge runs.
    await page.clock.setSystemTime(Date.now());
    await page.clock.runFor(1000);
    assert.match(await left(), /^9:[0-5]\d$/);
    await cashier.press(page, 'Cancelar cobro');
    await cashier.untilHeadline(page, 'Cobro cancelado');
    await close();
  });
}

test('after a lost answer, a proxy between page and Worker cannot make the till say that nothing was charged', async () => {
  const { page, context, samples, expect, close } = await cashier.open(world, 'BETWEEN');
  expect(/ERR_FAILED|status of (403|404) /);
  const answers = ['lost', 'refused', 'refused'];
  /** @type {string[]} */
  const keys = [];
  let claimed = '';
  await context.exposeBinding('tellText', (_, /** @type {string} */ text) => {
    if (/No se cobró nada|Enviando/.test(text)) claimed = text;
  });
  await page.route(/\/api\/pos\/payment-intents$/, async (route) => {
    keys.push(route.request().headers()['idempotency-key'] ?? '');
    const answer = answers.shift();
    if (answer === 'lost') {
      await route.fetch();
      return route.abort();
    }
    // The page of a proxy or of a guest network, and an answer of the Worker's to somebody else's session.
    if (answer) return route.fulfill({ status: 403, contentType: 'text/html', body: '<h1>Forbidden</h1>' });
    return route.fallback();
  });
  await cashier.send(page, '3100');
  await cashier.untilHeadline(page, 'Todavía no hay respuesta');
  await page.evaluate(() => {
    const tell = () => globalThis.tellText(document.body.innerText);
    new MutationObserver(tell).observe(document.body, { subtree: true, childList: true, characterData: true });
    tell();
  });
  await cashier.untilWaiting(page, 'BETWEEN');
  assert.equal(claimed, '');
  assert.equal(new Set(keys).size, 1, 'one key');
  assert.equal(keys.length, 4);
  assert.equal((await cashier.intentsAt(world, 'BETWEEN')).length, 1);
  assert.ok(samples.length > 0);
  await cashier.press(page, 'Cancelar cobro');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await close();
});

test('the Worker’s refusal of a later try does not say that nothing was charged either, and the request is kept', async () => {
  const { page, expect, close } = await cashier.open(world, 'GONE');
  expect(/ERR_FAILED|status of (403|404) /);
  const problem = { type: '/problems/forbidden', code: 'forbidden', status: 403, title: 'No', detail: 'No' };
  const forbidden = { status: 403, contentType: 'application/problem+json', body: JSON.stringify(problem) };
  let tries = 0;
  await page.route(/\/api\/pos\/payment-intents$/, async (route) => {
    tries += 1;
    if (tries === 1) await route.fetch();
    if (tries === 1) return route.abort();
    return tries === 2 ? route.fulfill(forbidden) : route.fallback();
  });
  await cashier.send(page, '3200');
  await cashier.untilHeadline(page, 'No pudimos crear el cobro');
  await page.getByText('No sabemos si llegó a la terminal.').waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /No se cobró nada/);
  await cashier.press(page, 'Intentar de nuevo');
  await cashier.untilWaiting(page, 'GONE');
  assert.equal((await cashier.intentsAt(world, 'GONE')).length, 1, 'the same request');

  // Alone, the same refusal does say it.
  await cashier.press(page, 'Cancelar cobro');
  await cashier.press(page, 'Nueva venta');
  tries = 1;
  await cashier.send(page, '3300');
  await page.getByText('Esta sesión no puede cobrar. No se cobró nada: entra con una clave de caja.').waitFor();
  await close();
});

test('a fault of the page after the charge was made is no refusal of it', async () => {
  const { page, expect, close } = await cashier.open(world, 'BROKEN');
  expect(/uncaught: .*as in an old browser/, /status of 404 /);
  // Only what is drawn of a charge that waits uses it.
  await page.evaluate(() => {
    const fail = () => {
      throw new Error('as in an old browser');
    };
    Object.defineProperty(document.getElementById('bar'), 'value', { set: fail });
  });
  const made = page.waitForResponse((response) => response.request().method() === 'POST');
  await cashier.send(page, '4400');
  await made;
  await until('the intent is there', async () => (await cashier.intentsAt(world, 'BROKEN')).length === 1);
  await page.locator('#headline').getByText('Acerca la tarjeta').waitFor();
  assert.doesNotMatch(await page.locator('main').innerText(), /No se cobró nada|No pudimos crear/);
  await page.reload();
  await cashier.untilWaiting(page, 'BROKEN');
  await cashier.press(page, 'Cancelar cobro');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await close();
});

test('a charge that was cancelled elsewhere says so', async () => {
  const { page, close } = await cashier.open(world, 'ELSEWHERE');
  await cashier.charge(page, '5500', 'ELSEWHERE');
  await cashier.latestAt(world, 'ELSEWHERE');
  await cashier.atTerminal(world, 'ELSEWHERE', 'cancel');
  await cashier.untilHeadline(page, 'Cobro cancelado');
  await page.getByText('Se canceló fuera de esta pantalla').waitFor();
  await cashier.press(page, /^Cobrar de nuevo/);
  await cashier.untilWaiting(page, 'ELSEWHERE');
  await cashier.press(page, 'Cancelar cobro');
  await page.getByText('No se cobró nada. Puedes cobrar de nuevo.').waitFor();
  await page.reload();
  await page.getByText('No se cobró nada. Puedes cobrar de nuevo.').waitFor();
  await close();
});
