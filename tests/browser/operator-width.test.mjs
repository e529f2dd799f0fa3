import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as desk from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** The desk's lists, and the headline of each in Spanish and in English. */
const lists = /** @type {const} */ ([
  ['attention', 'Por atender', 'Needs attention'],
  ['fulfilment', 'Por surtir', 'To fulfill'],
  ['orders', 'Pedidos', 'Orders'],
  ['payments', 'Pagos', 'Payments'],
  ['charges', 'Cobros en terminal y a tarjetas', 'Terminal and card charges'],
  ['webhooks', 'Notificaciones (webhooks)', 'Webhooks'],
]);

test('no list scrolls the page sideways, from a telephone to a wide screen, in either language', async () => {
  await desk.placeHeldOrder(world);
  const paid = await world.placeOrder({ items: [{ sku: 'taza-barro', quantity: 3 }], shipping: { method: 'estandar' } });
  await desk.pay(world, paid);
  for (const [locale, at] of /** @type {const} */ ([['es-MX', 1], ['en-US', 2]])) {
    const { page, close } = await desk.open(world, 'view=attention', { locale });
    for (const list of lists) {
      await page.goto(`${world.url}/operator?view=${list[0]}`);
      await desk.untilView(page, list[at]);
      for (const width of [360, 768, 1024, 1100, 1279, 1280, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beyond <= 0, `${list[0]} in ${locale} at ${width} px: ${beyond} px too wide`);
      }
    }
    await close();
  }
});
