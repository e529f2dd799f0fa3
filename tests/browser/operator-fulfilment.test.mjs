// What was sold is prepared and handed over at the desk, and who looked is recorded.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from './support/accessible.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { answer } from './support/desk.mjs';
import * as desk from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

test('a paid order is prepared, handed over with its carrier, and this is undone', async () => {
  const [first, second] = [await world.placeOrder(), await world.placeOrder()];
  for (const order of [first, second]) await desk.pay(world, order);
  const { page, close } = await desk.open(world, 'view=fulfilment');
  const rows = await desk.rows(page);
  assert.ok(rows[0].includes(first.reference) && rows[1].includes(second.reference), 'the longest waiting is first');
  await assertAccessible(page, 'to fulfil');
  await desk.press(page, 'button', `Marcar como preparado el pedido ${first.reference}`);
  await page.getByRole('status').getByText(`El pedido ${first.reference} quedó preparado.`).waitFor();

  await page.goto(`${world.url}/operator?view=story&reference=${first.reference}`);
  await desk.press(page, 'button', 'Mostrar datos de entrega');
  await page.getByText('Calle 5 10, 72000 Puebla, Puebla').waitFor();
  await page.locator('[data-what="delivery-read"]').getByText('con la clave de operación').waitFor();
  await desk.press(page, 'button', `Marcar como entregado el pedido ${first.reference}`);
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

  await desk.press(page, 'button', `Deshacer: pedido ${first.reference}`);
  await answer(page, 'Deshacer la entrega');
  await page.locator('[data-what="fulfilment-undone"]').waitFor();
  await close();
});
