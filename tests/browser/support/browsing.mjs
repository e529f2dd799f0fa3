import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { setupBrowser } from '../../../scripts/browser.mjs';
import { startStack } from '../../support/stack.mjs';
import { until } from './until.mjs';
import { watch } from './watch.mjs';
import { fetchOnce } from '../../support/fetch-once.mjs';

/** Chromium with nothing that calls home: whatever leaves the machine is then the pages' own doing. */
const args = [
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--force-color-profile=srgb',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** People's browsers bring a page back as they left it; playwright would switch that off. */
const ignoreDefaultArgs = ['--disable-back-forward-cache'];

/** Long enough for a busy machine; what is waited for is always a condition. */
const TIMEOUT_MS = 30_000;

/** The body of an order of one thing. */
export const body = {
  items: [{ sku: 'taza-barro', quantity: 1 }],
  billingInformation: {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Ruiz',
    phoneNumber: '5512340000',
    address: { addressLine: 'Calle 5 10', city: 'Puebla', state: 'PUE', zip: '72000' },
  },
};

/**
 * The whole stack and a browser.
 *
 * @param {Parameters<typeof startStack>[0] & { pages?: string[] }} [options] pages: other origins whose pages people open
 */
export async function startBrowsing({ pages = [], ...options } = {}) {
  const executablePath = process.env.CHROME_PATH ?? (await setupBrowser()).chrome;
  const [stack, browser] = await Promise.all([startStack(options), chromium.launch({ executablePath, args, ignoreDefaultArgs })]);

  /** Browsers of their own that are open, such as after a test that failed. @type {Set<import('playwright-core').BrowserContext>} */
  const profiles = new Set();

  /**
   * Somebody with a browser of their own; `close` fails if a page complained or asked a third party for anything.
   *
   * @param {import('playwright-core').BrowserContextOptions & { width?: number, height?: number, preferences?: object }} [options] preferences:
   *   what they chose in the settings of Chromium
   */
  async function visit({ width = 1280, height = 900, preferences, ...rest } = {}) {
    const settings = { locale: 'es-MX', timezoneId: 'America/Mexico_City', viewport: { width, height }, ...rest };
    const context = await (preferences ? withPreferences(preferences, settings) : browser.newContext(settings));
    context.setDefaultTimeout(TIMEOUT_MS);
    const watched = await watch(context, { shop: stack.url, checkout: stack.sandbox.origin, pages });
    return {
      ...watched,
      context,
      page: await context.newPage(),
      close: async () => {
        await watched.settled();
        await context.close();
        watched.assertQuiet();
      },
    };
  }

  /**
   * A browser of its own: preferences are a profile's.
   *
   * @param {object} preferences
   * @param {import('playwright-core').BrowserContextOptions} settings
   */
  async function withPreferences(preferences, settings) {
    const folder = await mkdtemp(path.join(tmpdir(), 'compago-edge-profile-'));
    await mkdir(path.join(folder, 'Default'));
    await writeFile(path.join(folder, 'Default', 'Preferences'), JSON.stringify(preferences));
    const context = await chromium.launchPersistentContext(folder, { executablePath, args, ignoreDefaultArgs, ...settings });
    profiles.add(context);
    context.once('close', () => profiles.delete(context));
    context.once('close', () => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    return context;
  }

  /** @param {string} reference @returns what the merchant has heard of an order */
  const events = (reference) => stack.receiver.events().filter((event) => event.data.reference === reference);

  /** @param {string} reference @returns the same, as soon as there is something */
  const untilEvents = (reference) =>
    until(`a webhook about ${reference}`, () => (events(reference).length > 0 ? events(reference) : undefined));

  /** An order that no browser knows of, as the Worker answers it, with its payment's id at Compago. */
  async function placeOrder(more = {}) {
    const response = await fetchOnce(`${stack.url}/api/shop/orders`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      body: JSON.stringify({ ...body, ...more }),
    });
    const created = await response.json();
    if (response.status !== 201) throw new Error(`no order: ${JSON.stringify(created)}`);
    return { ...created, paymentId: created.checkoutUrl.split('/').at(-1) };
  }

  /** An order whose link ran out some time ago, and the Worker has not looked since. */
  async function placeLateOrder() {
    const minutes = 10;
    // Compago's clock goes back for the making alone. The Worker lets two minutes pass before it believes in an end.
    const back = (minutes + 2.5) * 60_000;
    await stack.sandbox.advance(-back);
    const order = await placeOrder({ ttlMinutes: minutes });
    await stack.sandbox.advance(back);
    return order;
  }

  return {
    ...stack,
    visit,
    events,
    untilEvents,
    placeOrder,
    placeLateOrder,
    stop: async () => {
      await Promise.all([browser, ...profiles].map((one) => one.close()));
      await stack.stop();
    },
  };
}
