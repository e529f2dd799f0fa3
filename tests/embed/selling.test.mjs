// A static page on another origin, with three lines of HTML: it sells, follows the order, and gets its payer back.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertAccessible } from '../browser/support/accessible.mjs';
import * as shopper from '../browser/support/shopper.mjs';
import { begin, buy, pageWith, payAndReturn, startEmbedding, threeLines } from './support/embedding.mjs';

/** What people choose in the settings of Chromium. */
const settings = {
  'third parties may store': { profile: { cookie_controls_mode: 0 } },
  'third parties may store nothing': { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } },
  'no site may store anything': { profile: { default_content_setting_values: { cookies: 2 } } },
};

/** What in-app browsers call themselves. */
const android = 'Mozilla/5.0 (Linux; Android 11; SM-A125M Build/RP1A.200720.012; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/90.0.4430.210 Mobile Safari/537.36';
const apps = {
  Instagram: `${android} Instagram 190.0.0.32.119 Android (30/11; 280dpi; 720x1424; samsung; SM-A125M; a12; mt6765; es_MX; 293922021)`,
  Facebook: `${android} [FB_IAB/FB4A;FBAV/321.0.0.37.119;]`,
  WhatsApp: 'Mozilla/5.0 (iPhone; CPU iPhone OS 15_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 WhatsApp/22.6.74',
};

const world = await startEmbedding();
after(() => world.stop());
world.site.files['index.html'] = pageWith(world.url, threeLines);
world.site.files['english.html'] = pageWith(world.url, threeLines, { lang: 'en-GB' });

const payments = () => world.sandbox.payments();

/** Buys on the page and pays, and is back on it. @param {import('playwright-core').Page} page @param {string} [address] */
async function buyAndPay(page, address = world.site.url) {
  await page.goto(address);
  const id = await buy(page);
  await payAndReturn(page, world.site.url);
  await shopper.untilHeadline(page, 'Pago recibido');
  return id;
}

test('a page of another origin sells, gets its payer back and says when it is paid', async () => {
  const { page, context, close } = await world.visit();
  const from = [];
  context.on('request', (request) => from.push({ path: new URL(request.url()).pathname, cookie: request.headers().cookie, referrer: request.headers().referer }));
  await page.goto(`${world.site.url}?campaign=mayo#precio`);
  await page.getByText('Café de los Altos').waitFor();
  await assertAccessible(page, 'the page that sells');
  await begin(page);
  await assertAccessible(page, 'the dialog');
  const id = await shopper.goToCheckout(page);
  const payment = (await payments()).find((one) => one.id === id);
  assert.equal(payment.amount, 189 + 99, 'with the first shipping method');
  await payAndReturn(page, world.site.url);
  assert.equal(new URL(page.url()).searchParams.get('campaign'), 'mayo');
  await shopper.untilHeadline(page, 'Pago recibido');
  await assertAccessible(page, 'the page that was returned to');
  const reference = await shopper.fact(page, 'Referencia');
  const events = await world.untilEvents(reference);
  assert.deepEqual(events.map(({ type, data }) => [type, data.paymentId]), [['order.paid', id]]);
  assert.deepEqual(from.filter(({ cookie }) => cookie), [], 'nobody is sent a cookie');
  await close();
});

test('a payer who gives up at the checkout comes back to the page, with what was typed, and buys once', async () => {
  const { page, close } = await world.visit();
  const before = (await payments()).length;
  await page.goto(`${world.site.url}?campaign=mayo`);
  const id = await buy(page);
  await page.getByRole('link', { name: /volver|back/i }).click();
  await page.waitForURL((url) => url.origin === world.site.origin);
  assert.equal(new URL(page.url()).searchParams.get('order'), null);
  await page.getByRole('button', { name: 'Comprar' }).click();
  assert.equal(await page.getByLabel('Correo electrónico').inputValue(), shopper.ana.email);
  assert.equal(await shopper.goToCheckout(page), id, 'the same order');
  assert.equal((await payments()).length, before + 1);
  await close();
});

test('whoever bought once buys again on the page that was returned to, and returns to it again', async () => {
  const { page, close } = await world.visit();
  const first = await buyAndPay(page);
  const order = new URL(page.url()).searchParams.get('order');
  await begin(page);
  await shopper.payButton(page).click();
  await page.getByText(/Ya recibimos tu pago\. Referencia: [0-9A-Z-]{14}\. Si quieres otro igual/).waitFor();
  assert.notEqual(await shopper.goToCheckout(page), first);
  await payAndReturn(page, world.site.url);
  const orders = new URL(page.url()).searchParams.getAll('order');
  assert.equal(orders.length, 1);
  assert.notEqual(orders[0], order);
  await close();
});

test('a page in English sells in English', async () => {
  const { page, close } = await world.visit();
  await page.goto(`${world.site.url}english.html`);
  await page.getByRole('button', { name: 'Buy' }).click();
  for (const { label, value } of shopper.answers('en')) {
    const field = page.getByLabel(label, { exact: true });
    await (label === 'State' ? field.selectOption(value) : field.fill(value));
  }
  await page.getByRole('button', { name: /^Pay \$/ }).click();
  await shopper.atCheckout(page);
  await payAndReturn(page, `${world.site.url}english.html`);
  await shopper.untilHeadline(page, 'Payment received');
  await close();
});

for (const [what, preferences] of Object.entries(settings)) {
  test(`it sells where ${what}`, async () => {
    const { page, close } = await world.visit({ preferences });
    await buyAndPay(page);
    await close();
  });
}

for (const [app, userAgent] of Object.entries(apps)) {
  test(`it sells in the browser of ${app}, on a small telephone`, async () => {
    const { page, close } = await world.visit({ userAgent, width: 360, height: 640, hasTouch: true, isMobile: true });
    await page.goto(world.site.url);
    await shopper.assertFits(page);
    await begin(page);
    await shopper.assertFits(page, 'the dialog');
    await shopper.goToCheckout(page);
    await payAndReturn(page, world.site.url);
    await shopper.untilHeadline(page, 'Pago recibido');
    await shopper.assertFits(page, 'the order');
    await close();
  });
}
