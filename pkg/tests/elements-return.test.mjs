// Which page a payer of the elements comes back to.
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
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

test('a page that is named is relative to this one, and named as it is if it is no address', () => {
  at('https://you.github.io/tienda/cafe.html?order=abc');
  assert.equal(returnUrlOf('gracias.html', worker), 'https://you.github.io/tienda/gracias.html');
  assert.equal(returnUrlOf('https://otra.example/gracias?x=1', worker), 'https://otra.example/gracias?x=1');
  assert.equal(returnUrlOf('https://', worker), 'https://', 'the Worker says what is wrong');
});

test('a frame without an address of its own names the page around it', () => {
  at('about:srcdoc', 'https://blog.example/cafe?order=abc');
  assert.equal(returnUrlOf('', worker), 'https://blog.example/cafe');
  at('about:blank', 'about:blank');
  assert.equal(returnUrlOf('', worker), undefined);
});
