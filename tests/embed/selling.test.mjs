// A static page on another origin, with three lines of HTML: it sells, follows the order, and gets its payer back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from '../browser/support/accessible.mjs';
import * as shopper from '../browser/support/shopper.mjs';
import { buy, pageWith, payAndReturn, startEmbedding, threeLines } from './support/embedding.mjs';

const world = await startEmbedding();
after(() => world.stop());
world.site.files['index.html'] = pageWith(world.url, threeLines);

const payments = () => world.sandbox.payments();

test('a page of another origin sells, gets its payer back and says when it is paid', async () => {
  const { page, close } = await world.visit();
  await page.goto(world.site.url);
  await page.getByText('Café de los Altos').waitFor();
  await assertAccessible(page, 'the page that sells');
  const id = await buy(page);
  const payment = (await payments()).find((/** @type {{ id: string }} */ one) => one.id === id);
  assert.equal(payment.amount, 189);
  await payAndReturn(page, world.site.url);
  await shopper.untilHeadline(page, 'Pago recibido');
  const reference = await shopper.fact(page, 'Referencia');
  const events = await world.untilEvents(reference);
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.paid', id]]);
  await close();
});
