// A merchant's backend: receives the Worker's webhooks, hands over what was paid, and reports that to the Worker.
//
//   WEBHOOK_SECRET=whsec_... OPERATOR_TOKEN=... WORKER=https://caja.shop.example node backend.mjs
//
// It delivers at once, as downloads are. What is shipped is reported as `prepared` here, and as `handed-over`, with carrier and tracking
// number, when the carrier has it: 72 hours later the address is deleted.
//
// Point WEBHOOK_URL of the Worker at /webhooks of this server. In `demo` and `local` no money moves: pass ENVIRONMENT to try them.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { operator } from 'compago-edge/operator';
import { verifyWebhook } from 'compago-edge/webhook';

const { WEBHOOK_SECRET, OPERATOR_TOKEN, WORKER, ENVIRONMENT = 'production', LEDGER = 'handled.txt', PORT = '8790' } = process.env;
const { orders } = operator({ origin: WORKER, token: OPERATOR_TOKEN });
/** What was done about each event, by its id. In a real backend the ledger is a table. */
const handled = new Map(existsSync(LEDGER) ? readFileSync(LEDGER, 'utf8').split('\n').map((id) => [id, Promise.resolve()]) : []);

/** The event names all that is handed over. To whom it goes is personal: `orders.delivery(reference)` reads it for the label. */
async function handOver({ id, data: { reference, items, shipping, metadata, metadataSource } }) {
  if (items.length === 0) return; // a payment link without items, such as for an invoice
  const parcel = items.map(({ quantity, name, sku }) => `${quantity} × ${name} (${sku ?? 'no SKU'})`).join(', ');
  // A payer can write anything into the metadata of a shop's order: only what our own backend wrote names an invoice.
  const invoice = metadataSource === 'backend' ? metadata.invoice : undefined;
  await orders.fulfil(reference, { status: 'handed-over' }); // the same again changes nothing
  appendFileSync(LEDGER, `${id}\n`);
  console.log(`${reference}: ${parcel}; ${shipping?.method ?? 'no shipping'}; ${invoice ? `invoice ${invoice}` : 'no invoice'}`);
}

/** An event comes again if our answer was lost, even while it is still being handled. One that failed is handled again. */
function once(event) {
  const failed = (error) => {
    handled.delete(event.id);
    throw error;
  };
  if (!handled.has(event.id)) handled.set(event.id, handOver(event).catch(failed));
  return handled.get(event.id);
}

/** Returns the status to answer. With 500 the Worker sends the event again. */
async function statusFor(request) {
  let event;
  try {
    event = await verifyWebhook({ headers: request.headers, body: await buffer(request) }, WEBHOOK_SECRET);
  } catch (error) {
    return error.status || 500;
  }
  const isMoney = event.environment === ENVIRONMENT;
  const failed = (error) => console.error(error) ?? 500;
  return isMoney && event.type === 'order.paid' ? once(event).then(() => 204, failed) : 204;
}

const server = createServer(async (request, response) => {
  const isWebhook = request.method === 'POST' && request.url === '/webhooks';
  response.writeHead(isWebhook ? await statusFor(request) : 404).end();
});
server.listen(Number(PORT), '127.0.0.1');
