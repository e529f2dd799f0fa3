import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import * as shopper from './support/shopper.mjs';

const world = await startBrowsing();
after(() => world.stop());

await world.sandbox.settings({ terminals: ['SHARED', 'TAKEN', 'SETTLED', 'STALE', 'HELD'] });

/** Two tills at one terminal, the first of them charging. @param {string} terminal @param {string} digits */
async function twoTills(terminal, digits) {
  const [first, second] = [await cashier.open(world, terminal), await cashier.open(world, terminal)];
  await cashier.charge(first.page, digits, terminal);
  first.expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  second.expect(/status of 409 .*\/payment-intents$/);
  return { first: first.page, second: second.page, close: () => Promise.all([first.close(), second.close()]) };
}

test('a second till shows the running charge, can follow it, and sends its own once the terminal is free', async () => {
  const { first, second, close } = await twoTills('SHARED', '15000');
  await cashier.send(second, '2200');
  await cashier.untilHeadline(second, 'La terminal SHARED tiene otro cobro');
  await second.getByText('El tuyo de $22.00 MXN todavía no se envía.').waitFor();
  assert.equal(await shopper.fact(second.locator('#facts'), 'El otro cobro'), '$150.00 MXN');
  assert.match(await second.locator('#left').innerText(), /^Tiempo restante: \d+:\d\d$/);

  await cashier.press(second, 'Ver el otro cobro');
  await cashier.untilWaiting(second, 'SHARED');
  await second.getByText('Este cobro se inició en otra caja.').waitFor();
  await second.reload();
  await second.getByText('Este cobro se inició en otra caja.').waitFor();
  await cashier.press(second, 'Volver');
  await cashier.press(second, 'Salir sin cancelarlo');
  await second.getByText('$22.00 MXN', { exact: true }).waitFor();
  await second.keyboard.press('Enter');
  await cashier.untilHeadline(second, 'La terminal SHARED tiene otro cobro');

  await cashier.atTerminal(world, 'SHARED', 'tap');
  await cashier.untilHeadline(first, 'Pago recibido');
  await cashier.untilHeadline(second, 'La terminal SHARED quedó libre');
  await cashier.press(second, 'Cobrar $22.00 MXN');
  await cashier.untilWaiting(second, 'SHARED');
  assert.equal(await first.locator('#sum').innerText(), '$150.00 MXN');
  assert.deepEqual((await cashier.intentsAt(world, 'SHARED')).map(({ status }) => status), ['CONFIRMED', 'PENDING']);
  await close();
});

test('a till that opens at a terminal shows what runs there', async () => {
  const { page, close } = await cashier.open(world, 'HELD');
  await cashier.charge(page, '640', 'HELD');
  const other = await cashier.open(world, 'HELD');
  await other.page.reload();
  await cashier.untilWaiting(other.page, 'HELD');
  await other.page.getByText('Este cobro se inició en otra caja.').waitFor();
  await cashier.atTerminal(world, 'HELD', 'tap');
  for (const till of [page, other.page]) await cashier.untilHeadline(till, 'Pago recibido');
  await Promise.all([close(), other.close()]);
});

test('a take-over leaves one charge that can be paid, and both tills show the status of theirs', async () => {
  const { first, second, close } = await twoTills('TAKEN', '15000');
  await cashier.send(second, '2200');
  await cashier.press(second, 'Usar la terminal de todos modos');
  const question = second.getByRole('alertdialog', { name: '¿Usar la terminal TAKEN de todos modos?' });
  await question.getByText('Se cancela el otro cobro de $150.00 MXN y se envía el tuyo de $22.00 MXN.').waitFor();
  await second.keyboard.press('Escape');
  await cashier.untilHeadline(second, 'La terminal TAKEN tiene otro cobro');
  await cashier.untilWaiting(first, 'TAKEN');

  await cashier.press(second, 'Usar la terminal de todos modos');
  await cashier.press(second, 'Cancelar el otro y cobrar $22.00 MXN');
  await cashier.untilWaiting(second, 'TAKEN');
  await cashier.untilHeadline(first, 'Cobro cancelado');
  const intents = await cashier.intentsAt(world, 'TAKEN');
  assert.deepEqual(intents.map(({ status, amount }) => [status, amount]), [['CANCELLED', 150], ['PENDING', 22]]);
  await cashier.atTerminal(world, 'TAKEN', 'tap');
  await cashier.untilHeadline(second, 'Pago recibido');
  await close();
});

test('a take-over of a charge that turns out to be paid charges nothing, and says so', async () => {
  const { first, second, close } = await twoTills('SETTLED', '15000');
  await cashier.send(second, '2200');
  await cashier.press(second, 'Usar la terminal de todos modos');
  const news = await cashier.withoutNews(second);
  await news.untilAsked();
  // Nobody asks any more: that it is paid comes out only when it is taken back.
  await first.context().setOffline(true);
  await cashier.atTerminal(world, 'SETTLED', 'tap');
  await cashier.press(second, 'Cancelar el otro y cobrar $22.00 MXN');
  news.release();
  await cashier.untilHeadline(second, 'El otro cobro sí se pagó');
  await second.getByText('No se envió nada nuevo: tu cobro de $22.00 MXN sigue pendiente.').waitFor();
  assert.equal(await shopper.fact(second.locator('#facts'), 'El otro cobro'), '$150.00 MXN');
  await first.context().setOffline(false);
  await cashier.untilHeadline(first, 'Pago recibido');
  assert.equal((await cashier.intentsAt(world, 'SETTLED')).length, 1, 'nothing new was made');
  await close();
});

test('a take-over that was confirmed on old news charges nothing either', async () => {
  const { first, second, close } = await twoTills('STALE', '15000');
  await cashier.send(second, '2200');
  await cashier.press(second, 'Usar la terminal de todos modos');
  const news = await cashier.withoutNews(second);
  await news.untilAsked();
  await cashier.atTerminal(world, 'STALE', 'tap');
  await cashier.untilHeadline(first, 'Pago recibido');
  await cashier.press(second, 'Cancelar el otro y cobrar $22.00 MXN');
  news.release();
  await cashier.untilHeadline(second, 'El otro cobro sí se pagó');
  assert.equal((await cashier.intentsAt(world, 'STALE')).length, 1, 'nothing new was made');
  await cashier.press(second, 'Cobrar $22.00 MXN');
  await cashier.untilWaiting(second, 'STALE');
  await close();
});
