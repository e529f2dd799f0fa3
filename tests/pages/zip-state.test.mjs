// The state that a page chooses by a postal code is the one by which the Worker judges it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, load, states } from '../../pkg/dist/node.js';
import { stateOfZip } from '../../.build/test-site/shop/zip-state.js';

await load();

/** Whether the Worker's rules accept a postal code for a state. @param {string} zip @param {string} state */
const fits = (zip, state) => check({
  items: [{ sku: 'taza', quantity: 1 }],
  billingInformation: {
    email: 'ana@example.com',
    firstName: 'Ana',
    lastName: 'Ruiz',
    phoneNumber: '5512340000',
    address: { addressLine: 'Calle 5 10', city: 'Puebla', state, zip },
  },
}).length === 0;

test('of each prefix the page and the Worker know the same state, or none', () => {
  const known = new Set();
  for (let prefix = 0; prefix < 100; prefix += 1) {
    const zip = `${String(prefix).padStart(2, '0')}000`;
    const state = stateOfZip(zip);
    known.add(state);
    const accepted = states().map(({ code }) => code).filter((code) => fits(zip, code));
    assert.deepEqual(accepted, state ? [state] : states().map(({ code }) => code), zip);
  }
  assert.equal(known.size, 33, 'all 32 states, and none');
});

test('a code counts once it is whole, however it was pasted', () => {
  assert.equal(stateOfZip('7200'), '');
  assert.equal(stateOfZip(''), '');
  assert.equal(stateOfZip('\u{202D}72 000\u{202C}'), 'PUE');
  assert.equal(stateOfZip('720001'), '');
});
