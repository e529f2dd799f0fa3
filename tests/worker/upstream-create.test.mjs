// Failures while a payment is created. The oracle is Compago's own state: at the end at most one payment can be
// paid, and it is the one whose link was shown.
import { describe, test } from 'node:test';
import { assertOneShown, buyWithRetries } from './support/purchase.mjs';
import { inWorld } from './support/world.mjs';

const CREATE = 'one-time-payment.create';

describe('an unusable answer to creating', { concurrency: 6 }, () => {
  const cases = [
    ['late', { kind: 'delay', ms: 12_000 }, 2],
    ['lost', { kind: 'lose-answer' }, 2],
    ['truncated', { kind: 'truncate' }, 2],
    ['huge', { kind: 'huge', bytes: 6 * 1024 * 1024 }, 2],
    ['not JSON', { kind: 'answer', status: 201, body: '<html>ok</html>', contentType: 'text/html' }, 2],
    ['of the wrong type', { kind: 'answer', status: 201, body: { redirectUrl: { url: 7 } } }, 2],
    ['empty', { kind: 'answer', status: 200, body: {} }, 2],
    ['500 after all was done', { kind: 'answer', status: 500, body: { message: 'boom' } }, 2],
    ['500', { kind: 'refuse', status: 500 }, 1],
    ['429', { kind: 'refuse', status: 429 }, 1],
    ['a redirect', { kind: 'redirect', location: 'http://127.0.0.1:9/evil' }, 1],
  ];
  for (const [name, fault, made] of cases) {
    test(name, () =>
      inWorld(async (world) => {
        await world.sandbox.fault(CREATE, fault);
        await assertOneShown(world, await buyWithRetries(world), made);
      }));
  }
});
