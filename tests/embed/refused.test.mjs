// Pages whose origin is not in EMBED_ORIGINS order nothing, and say so.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { until } from '../browser/support/until.mjs';
import { pageWith, startEmbedding, threeLines } from './support/embedding.mjs';

const world = await startEmbedding({ embed: false, env: { EMBED_ORIGINS: 'http://localhost:5173 https://blog.example' } });
after(() => world.stop());
world.site.files['index.html'] = pageWith(world.url, threeLines);
world.site.files['cart.html'] = pageWith(world.url, '<compago-cart></compago-cart>');
world.site.files['order.html'] = pageWith(world.url, '<compago-order></compago-order>');

/** Browsers report each answer that a page may not read. */
const refusals = [/CORS policy/, /ERR_FAILED/, /ERR_BLOCKED_BY_RESPONSE/, /status of 403/];

/** What the elements of a page report. @param {import('playwright-core').Page} page */
async function errorsOf(page) {
  /** @type {{ code: string, message: string }[]} */
  const errors = [];
  await page.exposeFunction('heard', (/** @type {{ code: string, message: string }} */ error) => errors.push(error));
  await page.addInitScript(() => addEventListener('compago-error', ({ detail: { code, message } }) => globalThis.heard({ code, message })));
  return errors;
}

test('an element that sells says that the page may not, and the event names what to set', async () => {
  const { page, expect, close } = await world.visit();
  expect(...refusals);
  const errors = await errorsOf(page);
  await page.goto(world.site.url);
  await page.getByText('no se puede pagar').waitFor();
  await until('the event', () => errors.length > 0);
  assert.equal(errors[0].code, 'foreign-origin');
  assert.ok(errors[0].message.includes(world.site.origin), errors[0].message);
  assert.match(errors[0].message, /EMBED_ORIGINS/);
  assert.equal(await page.getByRole('button', { name: 'Comprar' }).count(), 0);
  await close();
});

test('the cart says the same', async () => {
  const { page, expect, close } = await world.visit();
  expect(...refusals);
  const errors = await errorsOf(page);
  await page.goto(world.site.url);
  await page.goto(`${world.site.url}cart.html`);
  // An empty cart sells nothing, and asks nobody.
  await until('a word', async () => (await page.locator('compago-cart').evaluate((cart) => cart.shadowRoot.textContent.trim())) !== '');
  await page.evaluate(() => document.querySelector('compago-cart').add('cafe-altos-340'));
  await page.getByText('no se puede pagar').waitFor();
  assert.equal(errors.at(-1)?.code, 'foreign-origin');
  await close();
});

test('a script of the page cannot order either, with or without its key sent before, and nothing was made', async () => {
  const { page, expect, close } = await world.visit();
  expect(...refusals);
  const order = await world.placeOrder();
  const made = (await world.sandbox.payments()).length;
  await page.goto(world.site.url);
  const results = await page.evaluate(
    async ({ worker, order }) => {
      const { call, createOrder, cancelOrder, orderStatus } = await import(`${worker}/pkg/status.js`);
      const origin = worker;
      const tries = [
        () => createOrder({ items: [{ sku: 'taza-barro', quantity: 1 }] }, crypto.randomUUID(), { origin }),
        () => orderStatus(order, { origin }),
        () => cancelOrder(order, { origin }),
        () => call('operator/orders', { origin }),
        () => call('session', { origin }),
      ];
      // Without CORS a page may still send, and reads nothing.
      await fetch(`${worker}/api/shop/orders/${order}/cancel`, { method: 'POST', mode: 'no-cors' }).catch(() => {});
      return Promise.all(tries.map((one) => one().then(() => 'answered', (error) => `${error.code}: ${error.message}`)));
    },
    { worker: world.url, order: order.order },
  );
  for (const result of results) assert.match(result, /^unreachable: /);
  assert.match(results[0], /EMBED_ORIGINS/);
  const payments = await world.sandbox.payments();
  assert.equal(payments.length, made);
  assert.equal(payments.find(({ id }) => id === order.paymentId).status, 'PENDING', 'nothing was cancelled');
  await close();
});
