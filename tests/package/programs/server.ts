// A server, whose compiler knows Node's globals and no page's.

import { check, load, shop } from 'compago-edge';
import { compago } from 'compago-edge/compago';
import { statuses } from 'compago-edge/status';
import { verifyWebhook } from 'compago-edge/webhook';

export async function serve(request: Request, secret: string): Promise<number> {
  await load(new Uint8Array(8));
  const { type } = await verifyWebhook(request, secret);
  const { items } = await compago({ apiKey: 'key', environment: 'demo' }).paymentMethods.list();
  for await (const { status } of statuses('an-order')) if (status === 'paid' || type === 'order.paid') break;
  return items.length + check(await shop().catalog()).length;
}
