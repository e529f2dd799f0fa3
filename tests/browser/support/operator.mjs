import { randomUUID } from 'node:crypto';
import { secrets } from '../../support/stack.mjs';
import { until } from './until.mjs';
import { fetchOnce } from '../../support/fetch-once.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./browsing.mjs').startBrowsing>>} World */

const authorization = `Bearer ${secrets.OPERATOR_TOKEN}`;

/** Types a key where the desk asks for it. @param {Page} page @param {string} [key] */
export async function signIn(page, key = secrets.OPERATOR_TOKEN) {
  await page.getByLabel(/^(Clave del panel|Dashboard key)$/).fill(key);
  await page.keyboard.press('Enter');
}

/** Waits until the desk shows what the headline says, whole. @param {Page} page @param {string | RegExp} headline */
export async function untilView(page, headline) {
  await page.getByRole('heading', { level: 1, name: headline, exact: true }).waitFor();
  await page.locator('#view[aria-busy="false"]').waitFor();
}

/** @type {Map<World, Promise<Awaited<ReturnType<import('playwright-core').BrowserContext['storageState']>>>>} */
const sessions = new Map();

/**
 * An operator who is signed in, at the view of `query`. The Worker counts who signs in: all of a file do with one session.
 *
 * @param {World} world
 * @param {string} query such as `view=orders`
 * @param {Parameters<World['visit']>[0]} [options]
 */
export async function open(world, query, options) {
  if (!sessions.has(world)) sessions.set(world, beginSession(world));
  const storageState = await sessions.get(world);
  const visit = await world.visit({ ...options, storageState });
  await visit.page.goto(`${world.url}/operator?${query}`);
  await visit.page.locator('#view[aria-busy="false"]').waitFor();
  return visit;
}

/** @param {World} world */
async function beginSession(world) {
  const { page, context, close } = await world.visit();
  await page.goto(`${world.url}/operator`);
  await signIn(page);
  await untilView(page, 'Por atender');
  const state = await context.storageState();
  await close();
  return state;
}

/** The shared session was signed out: whoever opens the desk next begins another. @param {World} world */
export const forgetSession = (world) => sessions.delete(world);

/** Lets the session run out, as far as the Worker is concerned. @param {import('playwright-core').BrowserContext} context */
export const endSession = (context) => context.clearCookies();

/** Presses a button or follows a link. @param {Page} page @param {'button' | 'link'} role @param {string | RegExp} name */
export const press = (page, role, name) => page.getByRole(role, { name, exact: true }).click();

/** The rows of the list that is shown, as text. @param {Page} page */
export const rows = (page) => page.getByRole('table').locator('tbody').getByRole('row').allInnerTexts();

/**
 * What the desk's own API answers.
 *
 * @param {World} world
 * @param {string} path below `/api/operator/`
 * @param {string} [method]
 * @param {object} [body]
 */
export async function ask(world, path, method = 'GET', body) {
  const response = await fetchOnce(`${world.url}/api/operator/${path}`, {
    method,
    headers: { authorization, 'idempotency-key': randomUUID(), ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** Waits until the desk's index has an order in that state. @param {World} world @param {string} reference @param {string} status */
export const untilOrder = (world, reference, status) =>
  until(`${reference} ${status} on the desk`, async () => {
    const { items } = await ask(world, `orders?search=${reference}`);
    return items.find((/** @type {{ status: string }} */ order) => order.status === status);
  });

/** Pays an order and comes back from the checkout. @param {World} world @param {{ reference: string, paymentId: string }} order */
export async function pay(world, { reference, paymentId }) {
  const { redirectTo } = await world.sandbox.act(paymentId, 'pay');
  await fetchOnce(redirectTo);
  return untilOrder(world, reference, 'paid');
}

/** An order that nobody was given a link for, because Compago's led elsewhere: a person must look. @param {World} world */
export async function placeHeldOrder(world) {
  await world.sandbox.settings({ checkoutOrigin: 'https://elsewhere.example' });
  const refused = await world.placeOrder().then(() => undefined, (error) => String(error));
  await world.sandbox.settings({ checkoutOrigin: null });
  const reference = /"reference":"([0-9A-Z-]+)"/.exec(refused ?? '')?.[1];
  if (!reference) throw new Error(`no order is on hold: ${refused}`);
  await untilOrder(world, reference, 'on-hold');
  return reference;
}
