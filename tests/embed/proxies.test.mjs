// A proxy in front of the Worker, as in a tunnel, a container or a company's network: no loop of redirects, and one address.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as shopper from '../browser/support/shopper.mjs';
import { ownPort } from '../support/stack.mjs';
import { selfSigned } from './support/certificate.mjs';
import { buy, pageWith, payAndReturn, startEmbedding, threeLines } from './support/embedding.mjs';
import { startProxy } from './support/proxy.mjs';

/** Where redirects led to on the way to a page, from the first address to the last. @param {import('playwright-core').Response | null} response */
function wayTo(response) {
  const way = [];
  for (let request = response?.request() ?? null; request; request = request.redirectedFrom()) way.unshift(request.url());
  return way;
}

for (const [what, scheme, tls] of /** @type {const} */ ([['ends TLS', 'https', selfSigned()], ['speaks plain http', 'http', undefined]])) {
  test(`behind a proxy that ${what} the shop and a page of another origin sell, and another host name leads to the shop`, async (context) => {
    const port = await ownPort();
    const shop = `${scheme}://localhost:${port}`;
    const byAddress = `${scheme}://127.0.0.1:${port}`;
    const world = await startEmbedding({ env: { SHOP_ORIGIN: shop }, strangers: [shop, byAddress] });
    const stop = await startProxy(port, { to: () => world.url, tls });
    context.after(async () => {
      await stop();
      await world.stop();
    });

    const { page, close } = await world.visit({ ignoreHTTPSErrors: true });
    for (const address of ['/', '/return.html?order=o', '/pos', '/operator']) {
      assert.deepEqual(wayTo(await page.goto(shop + address)), [shop + address]);
      assert.deepEqual(wayTo(await page.goto(byAddress + address)), [byAddress + address, shop + address]);
    }
    await shopper.order(page, `${shop}/`);
    await shopper.payThere(page);
    assert.equal(new URL(page.url()).origin, shop);
    await shopper.untilHeadline(page, 'Pago recibido');

    world.site.files['index.html'] = pageWith(shop, threeLines);
    await page.goto(world.site.url);
    await buy(page);
    await payAndReturn(page, world.site.url);
    await shopper.untilHeadline(page, 'Pago recibido');
    await close();
  });
}
