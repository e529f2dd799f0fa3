// Who comes back gets only what has changed.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { startBrowsing } from './support/browsing.mjs';
import * as cashier from './support/cashier.mjs';
import * as operator from './support/operator.mjs';

const world = await startBrowsing();
after(() => world.stop());

/**
 * Loads an address and counts what the Worker answered, but for its API: what came over the network, not what the browser made of it.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {string} address
 * @param {(page: import('playwright-core').Page) => Promise<unknown>} untilShown
 */
async function load(context, address, untilShown) {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const addresses = new Map();
  const answers = [];
  devtools.on('Network.requestWillBeSent', ({ requestId, request }) => addresses.set(requestId, new URL(request.url)));
  devtools.on('Network.responseReceivedExtraInfo', ({ requestId, statusCode }) => answers.push({ requestId, statusCode }));
  await page.goto(world.url + address);
  await untilShown(page);
  await page.waitForLoadState('networkidle');
  await page.close();
  return answers
    .map(({ requestId, statusCode }) => ({ path: addresses.get(requestId)?.pathname ?? '', statusCode }))
    // The Worker's own answers are no files.
    .filter(({ path }) => !path.startsWith('/api/') && path !== '/healthz');
}

const pages = {
  shop: { address: '/', prepare: () => {}, untilShown: (page) => page.getByRole('button', { name: /^Agregar al carrito/ }).first().waitFor() },
  till: { address: '/pos', prepare: (page) => cashier.signIn(page, world.url), untilShown: (page) => page.getByRole('button', { name: /^Terminal/ }).waitFor() },
  desk: {
    address: '/operator',
    prepare: async (page) => {
      await page.goto(`${world.url}/operator`);
      await operator.signIn(page);
      await operator.untilView(page, 'Por atender');
    },
    untilShown: (page) => operator.untilView(page, 'Por atender'),
  },
};

for (const [name, { address, prepare, untilShown }] of Object.entries(pages)) {
  test(`the second visit of the ${name} transfers no file again`, async () => {
    // Signing in is another context's business: this one has seen nothing yet.
    const signedIn = await world.visit();
    await prepare(signedIn.page);
    const storageState = await signedIn.context.storageState();
    await signedIn.close();
    const { context, page, close } = await world.visit({ storageState });
    await page.close();
    const first = await load(context, address, untilShown);
    assert.ok(first.filter(({ statusCode }) => statusCode === 200).length > 10, JSON.stringify(first));
    const second = await load(context, address, untilShown);
    assert.ok(second.length > 10, `${second.length} answers`);
    assert.deepEqual(second.filter(({ statusCode }) => statusCode !== 304), []);
    await close();
  });
}
