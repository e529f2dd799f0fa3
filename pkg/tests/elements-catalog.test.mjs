// Loading the catalog: once for all elements of a page, and what a page learns that the Worker does not answer.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';
import { loadCatalog } from '../elements/catalog.js';

const worker = 'https://pay.example';
const real = globalThis.fetch;
beforeEach(() => {
  globalThis.location = /** @type {any} */ (new URL('https://blog.example/cafe'));
});
afterEach(() => {
  globalThis.fetch = real;
  delete (/** @type {any} */ (globalThis).location);
});

const catalog = { currency: 'MXN', items: [], shippingMethods: [] };
const silence = () => Promise.reject(new TypeError('Failed to fetch'));

/** @param {{ api: () => Promise<Response>, styles?: () => Promise<Response> }} answers @returns what was asked */
function answering({ api, styles = silence }) {
  /** @type {string[]} */
  const asked = [];
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return String(url).endsWith('/pkg/elements.css') ? styles() : api();
  };
  return asked;
}
/** @param {string} [from] */
const failure = (from = worker) => loadCatalog(from, 'en').then(() => assert.fail('it was loaded'), (error) => error);

test('elements that ask at the same time share a call, and a later one asks again', async () => {
  const asked = answering({ api: async () => Response.json(catalog) });
  assert.deepEqual(await Promise.all([loadCatalog(worker, 'en'), loadCatalog(worker, 'en')]), [catalog, catalog]);
  assert.equal(asked.length, 1);
  await loadCatalog(worker, 'en');
  assert.equal(asked.length, 2);
  answering({ api: silence });
  await failure();
  answering({ api: async () => Response.json(catalog) });
  assert.deepEqual(await loadCatalog(worker, 'en'), catalog, 'a failure is not shared for ever');
});

test('a Worker that answers, but not to this page, is told apart from one that is not reached', async () => {
  answering({ api: silence, styles: async () => new Response('') });
  const foreign = await failure();
  assert.deepEqual([foreign.code, foreign.status, foreign.temporary, foreign.didNothing], ['foreign-origin', 403, false, true]);
  assert.match(foreign.message, /https:\/\/pay\.example .*https:\/\/blog\.example.*EMBED_ORIGINS/);
  for (const styles of [silence, async () => new Response('', { status: 502 })]) {
    answering({ api: silence, styles });
    const unreached = await failure();
    assert.deepEqual([unreached.code, unreached.temporary], ['unreachable', true]);
  }
});

test('nothing else is asked after an answer, or on a page of the Worker', async () => {
  const asked = answering({ api: async () => Response.json({ code: 'catalog-unreadable' }, { status: 503 }) });
  assert.equal((await failure()).code, 'catalog-unreadable');
  assert.equal(asked.length, 1);
  const own = answering({ api: silence, styles: async () => new Response('') });
  assert.equal((await failure('https://blog.example')).code, 'unreachable');
  assert.equal(own.length, 1);
});
