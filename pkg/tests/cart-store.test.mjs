import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { add, clear, keepOrder, orderOf, read, remove, setQuantity, settle, subscribe } from '../elements/cart-store.js';

const shop = 'https://shop.example';
const place = `compago-cart ${shop}`;
const order = 'k7q2m9xd3fht0d3apd9386zf9cqby2xfs9q00a';

/** What the browser stores. @type {Map<string, string>} */
let stored;
/** What a browser lets a page do: `full` refuses to store, `forbidden` everything. @type {'' | 'full' | 'forbidden'} */
let refuses;
/** Dispatches an event at the window. @type {(event: Event) => boolean} */
let dispatch;

beforeEach(() => {
  stored = new Map();
  refuses = '';
  const window = new EventTarget();
  for (const name of ['addEventListener', 'removeEventListener']) globalThis[name] = window[name].bind(window);
  dispatch = window.dispatchEvent.bind(window);
  const storage = {
    getItem: (/** @type {string} */ key) => stored.get(key) ?? null,
    setItem(/** @type {string} */ key, /** @type {string} */ value) {
      if (refuses) throw new DOMException('full', 'QuotaExceededError');
      stored.set(key, value);
    },
    removeItem: (/** @type {string} */ key) => stored.delete(key),
  };
  const get = () => {
    if (refuses === 'forbidden') throw new DOMException('forbidden', 'SecurityError');
    return storage;
  };
  Object.defineProperty(globalThis, 'localStorage', { get, configurable: true });
  clear(shop);
});

/** Each line as text, such as "taza-barro 2". */
const lines = () => read(shop).map(({ sku, quantity }) => `${sku} ${quantity}`);

test('what is added is there after a reload, in the order in which it was added', () => {
  assert.equal(add(shop, 'taza-barro'), true);
  assert.equal(add(shop, 'cafe-altos-340', 2), true);
  assert.equal(add(shop, 'taza-barro', 3), true);
  assert.deepEqual(lines(), ['taza-barro 4', 'cafe-altos-340 2']);
  assert.deepEqual(JSON.parse(stored.get(place) ?? '').lines, [{ sku: 'taza-barro', quantity: 4 }, { sku: 'cafe-altos-340', quantity: 2 }]);
  setQuantity(shop, 'taza-barro', 1);
  assert.deepEqual(lines(), ['taza-barro 1', 'cafe-altos-340 2']);
  remove(shop, 'taza-barro');
  assert.deepEqual(lines(), ['cafe-altos-340 2']);
  clear(shop);
  assert.deepEqual(lines(), []);
});

test('each Worker has a cart of its own', () => {
  add(shop, 'taza-barro');
  assert.deepEqual(read('https://other.example'), []);
});

test('the quantities are those that the Worker accepts', () => {
  assert.equal(add(shop, 'taza-barro', 98), true);
  assert.equal(add(shop, 'taza-barro', 2), false);
  assert.deepEqual(lines(), ['taza-barro 99'], 'what fits is kept');
  for (const quantity of [1.5, Number.NaN, Infinity, '2']) assert.equal(add(shop, 'miel', /** @type {any} */ (quantity)), false);
  for (const sku of ['', undefined]) assert.equal(add(shop, /** @type {any} */ (sku)), false);
  for (let count = 1; count < 50; count += 1) assert.equal(add(shop, `item-${count}`), true);
  assert.equal(add(shop, 'one-too-many'), false);
  assert.equal(read(shop).length, 50);
  assert.equal(add(shop, 'item-1'), true, 'more of one that is in the cart');
});

test('the name of an item stays with its line', () => {
  const name = 'Taza de barro';
  add(shop, 'taza-barro', 1, name);
  add(shop, 'taza-barro');
  assert.deepEqual(read(shop), [{ sku: 'taza-barro', quantity: 2, name }]);
});

test('a value that something else stored there is no error', () => {
  for (const value of ['', '{', 'null', '[]', '7', '{"lines":7}', '{"lines":[null,{},{"sku":7,"quantity":1},{"sku":"a","quantity":0},{"sku":"a","quantity":100}]}', '{"order":7}', '{"order":{"order":7}}']) {
    stored.set(place, value);
    assert.deepEqual([read(shop), orderOf(shop)], [[], undefined], value);
  }
  stored.set(place, '{"lines":[{"sku":"a","quantity":1},{"sku":"a","quantity":5}]}');
  assert.deepEqual(lines(), ['a 1'], 'one line for each item');
  stored.set(place, '[]');
  add(shop, 'taza-barro');
  assert.deepEqual(lines(), ['taza-barro 1']);
});

for (const how of /** @type {const} */ (['full', 'forbidden']))
  test(`the page remembers the cart where storage is ${how}`, () => {
    add(shop, 'taza-barro');
    refuses = how;
    setQuantity(shop, 'taza-barro', 3);
    assert.deepEqual(lines(), ['taza-barro 3']);
    if (how === 'full') assert.equal(stored.has(place), false, 'an outdated value is removed');
    refuses = '';
    stored.delete(place);
    add(shop, 'taza-barro');
    assert.deepEqual(lines(), ['taza-barro 4']);
    assert.equal(stored.has(place), true);
    stored.delete(place);
    assert.deepEqual(lines(), [], 'what another tab removed does not come back');
  });

test('a listener hears of changes in this page and in other tabs, until it ends', () => {
  let heard = 0;
  const end = subscribe(shop, () => (heard += 1));
  let heardOfOther = 0;
  const endOther = subscribe('https://other.example', () => (heardOfOther += 1));
  const hears = (/** @type {() => unknown} */ act, /** @type {number} */ times) => {
    heard = 0;
    act();
    assert.equal(heard, times, String(act));
  };
  const storage = (/** @type {string | null} */ key) => dispatch(Object.assign(new Event('storage'), { key }));
  const shown = (/** @type {boolean} */ persisted) => dispatch(Object.assign(new Event('pageshow'), { persisted }));
  hears(() => add(shop, 'taza-barro'), 1);
  hears(() => setQuantity(shop, 'taza-barro', 2), 1);
  hears(() => remove(shop, 'taza-barro'), 1);
  hears(() => remove(shop, 'taza-barro'), 0);
  hears(() => storage(place), 1);
  hears(() => storage('another'), 0);
  assert.equal(heardOfOther, 0, 'another cart');
  hears(() => shown(true), 1);
  hears(() => shown(false), 0);
  endOther();
  hears(() => storage(null), 1);
  end();
  hears(() => [add(shop, 'taza-barro'), storage(place), shown(true)], 0);
});

test('what an order has bought leaves the cart once it is paid, and what was added since stays', () => {
  add(shop, 'taza-barro', 2);
  add(shop, 'miel');
  keepOrder(shop, order, read(shop));
  assert.equal(orderOf(shop), order);
  add(shop, 'taza-barro');
  add(shop, 'cafe-altos-340');
  settle(shop, 'another', { paid: true });
  assert.equal(read(shop).length, 3, 'another order is not the cart’s');
  settle(shop, order, { paid: true });
  assert.deepEqual([lines(), orderOf(shop)], [['taza-barro 1', 'cafe-altos-340 1'], undefined]);
  settle(shop, order, { paid: true });
  assert.deepEqual(lines(), ['taza-barro 1', 'cafe-altos-340 1'], 'once');
});

test('an order that ended unpaid leaves the cart as it is', () => {
  add(shop, 'taza-barro', 2);
  keepOrder(shop, order, read(shop));
  settle(shop, order, { paid: false });
  assert.deepEqual([lines(), orderOf(shop)], [['taza-barro 2'], undefined]);
});
