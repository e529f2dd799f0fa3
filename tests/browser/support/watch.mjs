import assert from 'node:assert/strict';

/** Words that may be in sight only once an order or a charge is paid, other than in a condition. */
const PAID = /(?<!\bif you have already )\b(paid|received|receipt|pagad[oa]s?|recibid[oa]s?|comprobante)\b/i;

/** An answer whose body went with its page. */
const lost = Symbol('lost');

/**
 * @typedef {object} Sample what a shop's page said after a change
 * @property {number} at milliseconds since 1970
 * @property {string} path
 * @property {string} headline
 * @property {string | null} paid the first word that claims a payment, also in what only a screen reader hears
 */

/**
 * Listens to every page of a context: to what it requests, what it complains about, and what it says.
 *
 * @param {import('playwright-core').BrowserContext} context
 * @param {{ shop: string, checkout: string, pages?: string[] }} origins pages: those of other pages that are opened
 */
export async function watch(context, { shop, checkout, pages = [] }) {
  /** @type {string[]} */
  const complaints = [];
  /** @type {RegExp[]} */
  const expected = [];
  /** @type {Sample[]} */
  const samples = [];
  /** What the Worker has told: since when, of what, and whether that was paid. @type {{ at: number, of: string, paid: boolean }[]} */
  const told = [];

  context.on('request', (request) => {
    const { origin, pathname, protocol } = new URL(request.url());
    const ours = origin === shop || pages.includes(origin) || (origin === checkout && (request.isNavigationRequest() || /^\/assets\/|\/button\.css$/.test(pathname)));
    if (!ours && protocol !== 'data:') complaints.push(`third party: ${request.url()}`);
  });
  // A violation of the content security policy and a failed request are console errors as well.
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`console ${message.type()}: ${message.text()} ${message.location().url}`);
  });
  context.on('weberror', (error) => complaints.push(`uncaught: ${error.error().stack}`));
  /** Whole answers that are still being read. @type {Set<Promise<void>>} */
  const reading = new Set();
  context.on('requestfinished', (request) => {
    const read = hear(request).finally(() => reading.delete(read));
    reading.add(read);
  });

  /** @param {import('playwright-core').Request} request */
  async function hear(request) {
    const isTill = /\/api\/pos\//.test(request.url());
    if (!isTill && !/\/api\/shop\/orders\/\w+$/.test(request.url())) return;
    const body = await request.response().then((response) => response?.text()).catch(() => lost);
    const answer = typeof body === 'string' ? parsed(body) : undefined;
    // What a page has read before it was left cannot be read here any more.
    const paid = body === lost || answer?.status === 'paid' || answer?.code === 'intent-paid';
    // A till goes on to the next charge; an order that was paid stays so.
    if (paid || isTill) told.push({ at: request.timing().startTime, of: answer?.externalId ?? request.url(), paid });
  }
  await context.exposeBinding('tellSample', (_, /** @type {Sample} */ sample) => void samples.push(sample));
  await context.addInitScript(sample, { origins: [shop, ...pages], paid: PAID.source });

  return {
    samples,
    /** @param {...RegExp} patterns of complaints that are no fault of the pages */
    expect: (...patterns) => void expected.push(...patterns),
    /** All that has arrived was read. */
    settled: () => Promise.all(reading),
    assertQuiet: () => {
      assert.deepEqual(
        complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint))),
        [],
        'pages complained, or asked a third party',
      );
      told.sort((one, other) => one.at - other.at);
      const isKnown = (/** @type {number} */ at) => {
        const heard = told.filter((answer) => answer.at <= at);
        // Answers overtake each other: what is paid stays so, whatever was asked meanwhile.
        return heard.some(({ of, paid }) => paid && of === heard.at(-1)?.of);
      };
      const early = samples.filter(({ at, paid }) => paid && !isKnown(at));
      assert.deepEqual(early, [], 'a page claimed a payment before the Worker did');
    },
  };
}

/** @param {string} text @returns {any} nothing for what is not JSON */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Runs in the page: tells what is to be read there, after every change. */
function sample({ origins, paid }) {
  // The list of problems tells of payments, and of nobody's; the operator's desk of many at once.
  if (!origins.includes(location.origin) || /^\/(problems\/|operator$)/.test(location.pathname)) return;
  const claim = new RegExp(paid, 'i');
  /** The shadow trees of elements, which a page's own text does not contain. @type {ShadowRoot[]} */
  const trees = [];
  const textOf = (root) => (root.host.isConnected && root.host.getClientRects().length > 0 ? [...root.children].map((child) => child.innerText ?? '') : []);
  let last = '';
  const look = () => {
    const text = [document.title, document.body?.innerText ?? '', ...trees.flatMap(textOf)].join('\n');
    if (text === last) return;
    last = text;
    const headline = [...document.querySelectorAll('h1')].find((heading) => heading.getClientRects().length > 0)?.innerText ?? '';
    const told = { at: Date.now(), path: location.pathname, headline, paid: claim.exec(text)?.[0] ?? null };
    globalThis.tellSample(told);
  };
  const observe = (root) => new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  observe(document);
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (...options) {
    const root = attachShadow.apply(this, options);
    trees.push(root);
    observe(root);
    return root;
  };
  addEventListener('DOMContentLoaded', look);
}
