// Describes why an order could not be retried.
import { seconds, word } from './words.js';

export function retryTrouble({ code, status, earlier, retryAfterMs = 30_000 }) {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  if (earlier) return word('earlierTrouble', { reference: earlier.reference });
  if (code === 'too-many-open-links') return word('tooManyOpen', { minutes });
  if (code === 'shop-busy') return word('shopBusy', { minutes });
  return status === 429 ? word('tooMany', { seconds: seconds(retryAfterMs) }) : word('notRetried');
}
