// Which page a payer of the elements comes back to.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { checkField, load } from '../dist/node.js';
import { returnUrlOf } from '../elements/navigate.js';

const worker = 'https://pay.example';
const page = globalThis;

/** @param {string} href of the page @param {string} [base] of its document */
function at(href, base = href) {
  page.location = /** @type {any} */ (new URL(href));
  page.document = /** @type {any} */ ({ baseURI: base });
}
afterEach(() => {
  delete page.location;
  delete page.document;
});

test('a page elsewhere is come back to as it is, without what an earlier return left in its address', () => {
  for (const [href, expected] of [
    ['https://blog.example/', 'https://blog.example/'],
    ['https://you.github.io/tienda/cafe.html', 'https://you.github.io/tienda/cafe.html'],
    ['https://blog.example/cafe?p=12&lang=es#comprar', 'https://blog.example/cafe?p=12&lang=es'],
    ['https://blog.example/cafe?p=12&order=abc&reference=X1', 'https://blog.example/cafe?p=12'],
    ['https://blog.example/cafe?order=abc', 'https://blog.example/cafe'],
    ['https://ana:secret@blog.example/cafe', 'https://blog.example/cafe'],
    ['http://localhost:5173/', 'http://localhost:5173/'],
  ]) {
    at(href);
    assert.equal(returnUrlOf('', worker), expected);
  }
});

test('a query that makes the address longer than 1,000 characters is left out', () => {
  const [bare, query] = ['https://blog.example/cafe', (/** @type {number} */ length) => `?utm=${'x'.repeat(length)}`];
  at(bare + query(1000 - bare.length - 5));
  assert.equal(returnUrlOf('', worker)?.length, 1000);
  at(bare + query(1001 - bare.length - 5));
  assert.equal(returnUrlOf('', worker), bare);
});

test('on a page of the Worker none is named, since the Worker has a page for this', () => {
  at('https://pay.example/nosotros.html');
  for (const own of [worker, 'https://pay.example:443', '']) assert.equal(returnUrlOf('', own), undefined, own);
  assert.equal(returnUrlOf('/gracias.html', worker), 'https://pay.example/gracias.html', 'unless the page names one');
});

test('what browsers leave as it is in an address and the Worker refuses is encoded', async () => {
  await load();
  const refusal = (/** @type {string} */ address) => checkField('/returnUrl', address)?.code;
  for (const [href, expected] of [
    ['https://blog.example/p/[id]', 'https://blog.example/p/%5Bid%5D'],
    ['https://blog.example/a|b', 'https://blog.example/a%7Cb'],
    ['https://blog.example/promo-50%/', 'https://blog.example/promo-50%25/'],
    ['https://blog.example/100%%41', 'https://blog.example/100%25%41'],
    ['https://blog.example/%zz/%2', 'https://blog.example/%25zz/%252'],
    ['https://blog.example/a^b', 'https://blog.example/a%5Eb'],
    ['https://blog.example/caf\u00e9 de olla', 'https://blog.example/caf%C3%A9%20de%20olla'],
    ["https://blog.example/it's_(a)~b!$&*+,;=:@-.html", "https://blog.example/it's_(a)~b!$&*+,;=:@-.html"],
    ['https://blog.example/a...b/.c/..d', 'https://blog.example/a...b/.c/..d'],
    ['https://blog.example/a%2fb', 'https://blog.example/a%2fb'],
    [`https://blog.example/${'a'.repeat(1879)}`, `https://blog.example/${'a'.repeat(1879)}`],
  ]) {
    at(href);
    assert.equal(returnUrlOf('', worker), expected);
    assert.equal(refusal(expected), undefined, expected);
    at('https://blog.example/');
    assert.equal(returnUrlOf(href, worker), expected, 'also where it is named');
  }
  at('https://blog.example/');
  const query = returnUrlOf('gracias.html?a=[1]|50%{`}', worker);
  assert.equal(query, 'https://blog.example/gracias.html?a=%5B1%5D%7C50%25%7B%60%7D');
  assert.equal(refusal(query), undefined);
});

test('a page whose address the Worker refuses all the same sells without being come back to', async () => {
  await load();
  for (const path of ['a%2f..%2fb', 'a%2F.', 'a/..%5cb', 'x%5c%2e%2E', 'a/%2e%2fb', 'a'.repeat(2100)]) {
    const href = `https://blog.example/${path}`;
    at(href);
    assert.equal(returnUrlOf('', worker), undefined, path);
    assert.notEqual(checkField('/returnUrl', href), undefined, path);
  }
});

test('a page that is named is relative to this one, and named as it is if it is no address', () => {
  at('https://you.github.io/tienda/cafe.html?order=abc');
  assert.equal(returnUrlOf('gracias.html', worker), 'https://you.github.io/tienda/gracias.html');
  assert.equal(returnUrlOf('https://otra.example/gracias?x=1', worker), 'https://otra.example/gracias?x=1');
  assert.equal(returnUrlOf('gracias.html#x', worker), 'https://you.github.io/tienda/gracias.html', 'without its fragment');
  for (const wrong of ['https://', 'mailto:ana@example.com']) assert.equal(returnUrlOf(wrong, worker), wrong, 'the Worker says what is wrong');
  assert.equal(returnUrlOf('/a%2f..%2fb', worker), 'https://you.github.io/a%2f..%2fb', 'the Worker says what is wrong');
});

test('a frame without an address of its own names the page around it', () => {
  at('about:srcdoc', 'https://blog.example/cafe?order=abc');
  assert.equal(returnUrlOf('', worker), 'https://blog.example/cafe');
  at('about:blank', 'about:blank');
  assert.equal(returnUrlOf('', worker), undefined);
});
