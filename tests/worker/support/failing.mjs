import { startStack } from '../../support/stack.mjs';
import { cart } from './bodies.mjs';
import { clientOf } from './client.mjs';

/**
 * Runs a test in its own stack in which objects fail on purpose: unlike a world's, its log may contain errors.
 *
 * @param {(stack: Awaited<ReturnType<typeof startStack>> & ReturnType<typeof clientOf> & { make: () => Promise<any> }) => Promise<void>} act
 *   `make()` creates an order
 * @param {Parameters<typeof startStack>[0]} [options]
 */
export async function inFailingStack(act, options) {
  const stack = await startStack({ movable: true, ...options });
  const client = clientOf(stack.url);
  const make = async () => {
    const { body } = await client.send('POST', '/api/shop/orders', { body: cart, headers: { 'idempotency-key': crypto.randomUUID() } });
    return { order: body.order, reference: body.reference, id: new URL(body.checkoutUrl).pathname.split('/').at(-1) };
  };
  try {
    await act({ ...stack, ...client, make });
  } finally {
    client.close();
    await stack.stop();
  }
}
