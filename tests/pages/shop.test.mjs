// What pages read of the shop from their markup: a wrong mark would take test money for real, or real money for a test.
import assert from 'node:assert/strict';
import { test } from 'node:test';

/** The stand-in for the page's document, which a test fills. @type {{ dataset: Record<string, string>, found: Record<string, object> }} */
const page = { dataset: {}, found: {} };
// @ts-expect-error: only what the module reads.
globalThis.document = { documentElement: { dataset: page.dataset }, querySelector: (/** @type {string} */ selector) => page.found[selector] ?? null };
const shop = await import('../../www/lib/shop.js');

/** @param {Record<string, string>} dataset of `html` @param {Record<string, object>} [found] elements by selector */
function showPage(dataset, found = {}) {
  for (const name of Object.keys(page.dataset)) delete page.dataset[name];
  Object.assign(page.dataset, dataset);
  page.found = found;
}

test('a page served by a Worker without real money has its mark, any other one has none', () => {
  for (const [environment, mark] of [['local', 'SANDBOX'], ['demo', 'DEMO'], ['production', ''], ['unknown', '']]) {
    showPage({ environment });
    assert.equal(shop.testMark(), mark, environment);
  }
  showPage({});
  assert.equal(shop.environment(), 'unknown');
});

test('the zone is the one of the markup, or of Mexico City for one that this browser does not know', () => {
  showPage({ timeZone: 'America/Tijuana' });
  assert.equal(shop.shopZone(), 'America/Tijuana');
  for (const dataset of [{ timeZone: 'America/Nowhere' }, { timeZone: '' }, {}]) {
    showPage(dataset);
    assert.equal(shop.shopZone(), 'America/Mexico_City');
  }
});

test('the name is the one of the head, or else of the masthead', () => {
  const masthead = { '.brand [translate="no"]': { textContent: ' Café Uno ' } };
  showPage({}, { ...masthead, 'meta[name="application-name"]': { content: 'Café Dos' } });
  assert.equal(shop.shopName(), 'Café Dos');
  showPage({}, masthead);
  assert.equal(shop.shopName(), 'Café Uno');
  showPage({});
  assert.equal(shop.shopName(), '');
});

test('the address is the one of the foot', () => {
  showPage({}, { '.foot address > :last-child': { textContent: ' Calle 60 núm. 412 ' } });
  assert.equal(shop.shopAddress(), 'Calle 60 núm. 412');
  showPage({});
  assert.equal(shop.shopAddress(), '');
});
