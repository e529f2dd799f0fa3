import { secrets } from '../../support/stack.mjs';
import { until } from './until.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {Awaited<ReturnType<typeof import('./browsing.mjs').startBrowsing>>} World */

/** Opens the till and signs in. @param {Page} page @param {string} url */
export async function signIn(page, url) {
  await page.goto(`${url}/pos`);
  await signInAgain(page);
  await page.getByRole('button', { name: /^Terminal/ }).waitFor();
}

/** Where the till asks for it. @param {Page} page */
export async function signInAgain(page) {
  await page.getByLabel('Clave de caja').fill(secrets.CASHIER_TOKEN);
  await page.keyboard.press('Enter');
}

/** Chooses a terminal, as on the first day. @param {Page} page @param {string} code */
export async function chooseTerminal(page, code) {
  await page.getByRole('button', { name: /^Terminal/ }).click();
  await page.getByLabel('Código de la terminal').fill(code);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: `Terminal ${code}` }).waitFor();
}

/** @type {Promise<object> | undefined} */
let session;

/**
 * Somebody at a till that is signed in, and has its terminal if one is named. The Worker counts who signs in: all tills of a
 * file do with one session.
 *
 * @param {World} world
 * @param {string} [terminal]
 * @param {Parameters<World['visit']>[0]} [options]
 */
export async function open(world, terminal, options) {
  const storageState = await (session ??= beginSession(world));
  const visit = await world.visit({ ...options, storageState });
  await visit.page.goto(`${world.url}/pos`);
  await visit.page.getByRole('button', { name: /^Terminal/ }).waitFor();
  if (terminal) await chooseTerminal(visit.page, terminal);
  return visit;
}

/** The shared session was signed out: whoever opens a till next begins another. */
export const forgetSession = () => void (session = undefined);

/** @param {World} world */
async function beginSession(world) {
  const { page, context, close } = await world.visit();
  await signIn(page, world.url);
  const state = await context.storageState();
  await close();
  return state;
}

/** Types as quick as a person can. What comes quicker is a scanner's. @param {Page} page @param {string} keys */
export const type = (page, keys) => page.keyboard.type(keys, { delay: 60 });

/**
 * Types an amount as digits and sends it off.
 *
 * @param {Page} page
 * @param {string} digits
 */
export async function send(page, digits) {
  await type(page, digits);
  await page.keyboard.press('Enter');
}

/**
 * Scans a code: each key comes `gap` ms after the one before by the browser's own stamps, however busy the machine is. Ends once
 * that time is over, with what may still belong to the code. With `untilFirst`, the keys after the first one arrive only once that is over,
 * as on a slow device, with the stamps that they have.
 *
 * @param {Page} page
 * @param {string} code
 * @param {{ ending?: 'Enter' | 'Tab', gap?: number, untilFirst?: () => Promise<unknown> }} [how] without an `ending` the code has none
 */
export async function scan(page, code, { ending, gap = 10, untilFirst } = {}) {
  const session = await page.context().newCDPSession(page);
  const keys = [...[...code].map((key) => ({ key, text: key })), ...(ending ? [endings[ending]] : [])];
  // Nobody scans within a moment of typing.
  const at = Date.now() + 200;
  const send = (/** @type {number} */ n) => {
    const { key, text, ...more } = /** @type {typeof keys[0]} */ (keys[n]);
    return [
      session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, text, ...more, timestamp: (at + n * gap) / 1000 }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, ...more, timestamp: (at + n * gap + 1) / 1000 }),
    ];
  };
  const first = send(0);
  if (untilFirst) await Promise.all(first).then(untilFirst);
  // All at once: a scanner waits for no answer.
  await Promise.all([...first, ...keys.slice(1).flatMap((_, n) => send(n + 1))]);
  await session.detach();
  await until('the scan is over', () => Date.now() > at + keys.length * gap + 400);
}

const endings = {
  Enter: { key: 'Enter', code: 'Enter', text: '\r', windowsVirtualKeyCode: 13 },
  Tab: { key: 'Tab', code: 'Tab', text: undefined, windowsVirtualKeyCode: 9 },
};

/** Puts a text on the clipboard and pastes it. @param {Page} page @param {string} text */
export async function paste(page, text) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await page.keyboard.press('Control+V');
}

/** Charges, until the terminal waits for the card. @param {Page} page @param {string} digits @param {string} terminal */
export async function charge(page, digits, terminal) {
  await send(page, digits);
  await untilWaiting(page, terminal);
}

/** @param {Page} page @param {string} terminal */
export const untilWaiting = (page, terminal) => untilHeadline(page, `Acerca la tarjeta a la terminal ${terminal}`);

/** @param {Page} page @param {string} text */
export const untilHeadline = (page, text) => page.getByRole('heading', { level: 1, name: text, exact: true }).waitFor();

/** @param {Page} page @param {string | RegExp} name */
export const press = (page, name) => page.getByRole('button', { name }).click();

/** The pad, empty and ready. @param {Page} page */
export async function untilPad(page) {
  await page.getByRole('button', { name: 'Cobrar', exact: true }).waitFor();
  await untilHeadline(page, 'Nueva venta');
}

/**
 * A terminal's intents at Compago, oldest first.
 *
 * @param {World} world
 * @param {string} terminalCode
 */
export async function intentsAt(world, terminalCode) {
  const { intents } = await world.sandbox.control('GET', 'state');
  return intents.filter((/** @type {{ terminalCode: string | null }} */ intent) => intent.terminalCode === terminalCode);
}

/** The terminal's latest intent, as soon as there are `count`. @param {World} world @param {string} code @param {number} [count] */
export const latestAt = (world, code, count = 1) =>
  until(`intent ${count} at ${code}`, async () => (await intentsAt(world, code))[count - 1]);

/**
 * Somebody at a terminal does something to its latest intent.
 *
 * @param {World} world
 * @param {string} terminalCode
 * @param {'tap' | 'decline' | 'cancel'} act
 * @param {object} [how]
 */
export async function atTerminal(world, terminalCode, act, how) {
  const { id } = (await intentsAt(world, terminalCode)).at(-1);
  return world.sandbox.control('POST', `payment-intents/${id}/${act}`, how);
}

/** What the merchant has heard of a terminal. @param {World} world @param {string} terminalCode */
export const eventsOf = (world, terminalCode) =>
  world.receiver.events().filter(({ data }) => data.terminalCode === terminalCode);

/**
 * Keeps the news of how charges stand from a page, until `release()`. `untilAsked()` waits for a question that is kept: what
 * was asked before has been answered then.
 *
 * @param {Page} page
 */
export async function withoutNews(page) {
  /** @type {() => void} */
  let release = () => {};
  /** @type {() => void} */
  let ask = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  const asked = new Promise((resolve) => (ask = () => resolve(undefined)));
  await page.route(/\/payment-intents?\/[^/]+$|\/payment-intent$/, async (route) => {
    ask();
    await released;
    await route.continue();
  });
  return { release, untilAsked: () => asked };
}
