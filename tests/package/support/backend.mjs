/** A program that uses what is for servers; it calls nobody. */
export const backend = `
import { CompagoError, compago } from 'compago-edge/compago';
import { verifyWebhook } from 'compago-edge/webhook';

export async function served() {
  const calls = [];
  const client = compago({ apiKey: 'key-of-the-test', environment: 'demo', fetch: async (url, { method, headers }) => {
    calls.push(method + ' ' + url + ' ' + headers['x-api-key']);
    return new Response('{"id":"12121212-3434-4565-8787-909090909090","status":"CONFIRMED"}', { headers: { 'content-type': 'application/json' } });
  } });
  const wrong = await client.oneTimePayments.create({ amount: '0' }).catch((error) => error);
  const { status } = await client.oneTimePayments.get({ id: '12121212-3434-4565-8787-909090909090' });
  const forged = new Request('https://shop.example/hook', { method: 'POST', body: '{}' });
  const refusal = await verifyWebhook(forged, 'whsec_d2ViaG9vay1zZWNyZXQtb2YtdGhlLXRlc3RzLTAxMjM0NQ==').catch((error) => error);
  return {
    wrong: wrong instanceof CompagoError && wrong.code,
    calls,
    status,
    webhook: refusal instanceof CompagoError && [refusal.code, refusal.status],
  };
}
`;

export const expectedOfBackend = {
  wrong: 'invalid-input',
  calls: ['GET https://demo.api.harmony.compago.com/api/one-time-payment/12121212-3434-4565-8787-909090909090 key-of-the-test'],
  status: 'CONFIRMED',
  webhook: ['webhook-header-missing', 401],
};
