import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serverClock } from '../../www/pos/server-clock.js';

const second = 1000;
const noon = Date.UTC(2026, 10, 28, 12);
const header = (/** @type {number} */ at) => new Date(at).toUTCString();

test('the time is the Worker’s, measured from its answers: nothing is known before, and small differences are none', () => {
  let ticks = 5000;
  const clock = serverClock(() => ticks);
  assert.equal(clock.now(), undefined);
  clock.hear(null);
  clock.hear('soon');
  assert.equal(clock.now(), undefined, 'no time yet');

  clock.hear(header(noon));
  assert.equal(clock.now(), noon + 1000);
  ticks += 90 * second;
  assert.equal(clock.now(), noon + 90 * second + 1000);
  clock.hear(header(noon + 91 * second));
  assert.equal(clock.now(), noon + 90 * second + 1000, 'a header counts whole seconds');

  // A tablet that slept: its ticks stood still meanwhile.
  clock.hear(header(noon + 600 * second));
  assert.equal(clock.now(), noon + 600 * second + 1000);
  clock.hear(undefined);
  assert.equal(clock.now(), noon + 600 * second + 1000);
});
