import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import { formIn, saveThere, shopOf, untilHeadline } from './support/holder.mjs';
import { fact, tabTo } from './support/shopper.mjs';
import { until } from './support/until.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { shop as seller } from '../support/shop.mjs';

const world = await startBrowsing();
after(() => world.stop());

const shop = shopOf(world);
const { sandbox } = world;
const SAVED = 'Tu tarjeta está guardada';

test('on Compago\'s own page: what will happen is said first, and the state is read afterwards', async () => {
  const { page, close } = await world.visit();
  const card = await shop.begun({ returnUrl: `${world.url}/index.html?cuenta=1` });
  await page.goto(card.page);
  await untilHeadline(page, 'Guarda tu tarjeta');
  await page.getByText('Hoy no se te cobra nada').waitFor();
  assert.equal(await page.locator('iframe').count(), 0);
  await page.getByRole('link', { name: 'Ir al formulario seguro' }).click();
  await page.waitForURL(card.checkoutUrl);
  await saveThere(page);
  await page.waitForURL(/\/card\?card=/);
  await untilHeadline(page, SAVED);
  const { lastFourDigits } = (await shop.upstream(card.id)).card;
  assert.equal(await fact(page, 'Tarjeta'), `Visa terminación ${lastFourDigits}`);
  await shop.untilEvent(card.id, 'payment-method.active');
  await page.getByRole('link', { name: 'Volver a la tienda' }).click();
  await page.waitForURL(`${world.url}/index.html?cuenta=1`);
  await close();
});

test('before the card is saved, and only then, the page says what the details are for, with the shop\'s notices', async () => {
  const { page, context, close } = await world.visit({ width: 360, height: 740 });
  const card = await shop.begun();
  await page.goto(card.page);
  await untilHeadline(page, 'Guarda tu tarjeta');
  await page.getByText('Puedes pedir a la tienda que la elimine cuando quieras.').waitFor();
  const use = page.getByText('Usamos tus datos para guardar tu tarjeta y hacer los cobros que acuerden.');
  await use.waitFor();
  const [notice] = await Promise.all([context.waitForEvent('page'), page.locator('main').getByRole('link', { name: 'Aviso de privacidad' }).click()]);
  assert.equal(notice.url(), world.url + seller.privacyNotice);
  await notice.close();
  await page.getByRole('link', { name: 'Ir al formulario seguro' }).click();
  await page.waitForURL(card.checkoutUrl);
  await saveThere(page);
  await untilHeadline(page, SAVED);
  assert.equal(await page.title(), `${SAVED} · ${seller.name}`);
  assert.equal(await use.isVisible(), false);
  await close();
});

test('inside the page: a declined card stays in the form, a saved one takes the form away', async () => {
  const { page, expect, close } = await world.visit();
  // The form's own page would put the focus on its error.
  expect(/Blocked autofocusing .*\/checkout\/card\//);
  const card = await shop.begun({ displayMode: 'EMBEDDED', buttonText: 'Guardar ahora', buttonColor: '#16a34a' });
  await page.goto(card.page);
  const form = formIn(page);
  await form.getByRole('button', { name: 'Probar una tarjeta rechazada' }).click();
  await form.getByRole('alert').waitFor();
  const frame = page.frames().find((inner) => inner.parentFrame());
  assert.equal(await frame?.evaluate(() => document.featurePolicy.allowsFeature('payment')), true, 'the form may ask for a wallet');
  await page.getByRole('button', { name: 'English' }).click();
  await untilHeadline(page, 'Save your card');
  assert.ok(await form.getByRole('alert').isVisible(), 'another language leaves the form as it is');
  await page.getByRole('button', { name: 'Español' }).click();
  await saveThere(form, 'Guardar ahora');
  await untilHeadline(page, SAVED);
  assert.equal(page.url(), card.page, 'the page stayed');
  assert.equal(await page.locator('iframe').count(), 0);
  await until('the focus goes where one goes on', () => page.evaluate(() => document.activeElement?.textContent === 'Volver a la tienda'));
  await close();
});

test('a form that leaves its frame comes back to the whole page', async () => {
  const { page, close } = await world.visit();
  await sandbox.settings({ embeddedReturn: 'top' });
  const card = await shop.begun({ displayMode: 'EMBEDDED' });
  await page.goto(card.page);
  await saveThere(formIn(page));
  await untilHeadline(page, SAVED);
  assert.match(page.url(), /&id=/);
  await sandbox.settings({ embeddedReturn: 'frame' });
  await close();
});

test('a form that says nothing at all is followed all the same', async () => {
  const { page, close } = await world.visit();
  const card = await shop.begun({ displayMode: 'EMBEDDED' });
  await page.goto(card.page);
  await formIn(page).getByRole('button', { name: 'Guardar tarjeta' }).waitFor();
  await shop.act(card.id, 'save', { card: 'amex' });
  await untilHeadline(page, SAVED);
  assert.match(await fact(page, 'Tarjeta'), /^American Express terminación \d{4}$/);
  await close();
});

test('who comes back is not believed, nor is a message; the form is still there for them', async () => {
  const { page, samples, close } = await world.visit();
  const link = await shop.begun();
  await page.goto(`${link.page}&id=${link.id}&externalId=cli-7&status=ACTIVE`);
  await untilHeadline(page, 'Estamos confirmando tu tarjeta');
  await page.getByRole('link', { name: 'Volver al formulario' }).click();
  await page.waitForURL(link.checkoutUrl);

  const embedded = await shop.begun({ displayMode: 'EMBEDDED' });
  await page.goto(`${embedded.page}&id=${embedded.id}`);
  await page.getByRole('button', { name: 'Volver al formulario' }).click();
  await formIn(page).getByRole('button', { name: 'Guardar tarjeta' }).waitFor();
  const answered = page.waitForResponse(/\/api\/shop\/cards\//);
  await page.evaluate(() => window.postMessage({ type: 'payment-method.active', status: 'ACTIVE' }, '*'));
  await answered;
  await untilHeadline(page, 'Guarda tu tarjeta');
  assert.deepEqual(samples.filter(({ headline }) => headline === SAVED), []);
  await close();
});

test('in the form\'s frame the page shows one word, asks for nothing and follows nothing', async () => {
  const { page, close } = await world.visit();
  const card = await shop.begun();
  await page.goto(card.page);
  await untilHeadline(page, 'Guarda tu tarjeta');
  /** @type {import('playwright-core').Frame[]} */
  const askers = [];
  page.on('request', (request) => void (/\/api\//.test(request.url()) && askers.push(request.frame())));
  await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src, id: 'inner' })), card.page);
  const inner = page.frameLocator('#inner');
  await inner.getByRole('heading', { name: 'Ya terminaste aquí' }).waitFor();
  assert.equal(await inner.locator('.masthead, .foot, #actions > *').filter({ visible: true }).count(), 0);
  await page.waitForResponse(/\/api\/shop\/cards\//);
  assert.ok(askers.length > 0 && askers.every((frame) => frame === page.mainFrame()));
  await close();
});

test('frames are allowed to this page alone, and of the checkout\'s origin alone', async () => {
  const policyOf = async (/** @type {string} */ path) => (await fetchOnce(`${world.url}${path}`)).headers;
  const card = await policyOf('/card?card=x');
  assert.equal(card.get('x-frame-options'), 'SAMEORIGIN');
  const policy = card.get('content-security-policy') ?? '';
  assert.ok(policy.endsWith(`; frame-ancestors 'self'; frame-src 'self' ${sandbox.origin}`), policy);
  for (const path of ['/', '/pos', '/return.html', '/card.js', '/card.html']) {
    const headers = await policyOf(path);
    assert.equal(headers.get('x-frame-options'), 'DENY', path);
    assert.match(headers.get('content-security-policy') ?? '', /frame-ancestors 'none'$/, path);
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /frame-src/, path);
  }
});

test('offline, the page says so, and goes on by itself', async () => {
  const { page, context, expect, close } = await world.visit();
  expect(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
  const card = await shop.begun();
  await page.goto(card.page);
  await untilHeadline(page, 'Guarda tu tarjeta');
  await context.setOffline(true);
  await page.getByRole('status').getByText('Sin conexión. Continuamos en cuanto vuelva la conexión.').waitFor();
  await shop.act(card.id, 'save');
  await context.setOffline(false);
  await untilHeadline(page, SAVED);
  assert.equal(await page.getByText('Sin conexión.').isVisible(), false);
  await close();
});

test('by keyboard alone, into the frame and out of it', async () => {
  const { page, close } = await world.visit();
  const link = await shop.begun();
  await page.goto(link.page);
  await untilHeadline(page, 'Guarda tu tarjeta');
  await tabTo(page, 'Ir al formulario seguro');
  await page.keyboard.press('Enter');
  await page.waitForURL(link.checkoutUrl);

  const card = await shop.begun({ displayMode: 'EMBEDDED' });
  await page.goto(card.page);
  const button = formIn(page).getByRole('button', { name: 'Guardar tarjeta' });
  await button.waitFor();
  await until('Tab leads to the form\'s button', async () => {
    await page.keyboard.press('Tab');
    return button.evaluate((element) => element === document.activeElement && document.hasFocus());
  });
  await page.keyboard.press('Enter');
  await untilHeadline(page, SAVED);
  await until('the focus is not lost', () => page.evaluate(() => document.activeElement?.textContent === 'Volver a la tienda'));
  await page.keyboard.press('Enter');
  await page.waitForURL(`${world.url}/`);
  await close();
});
