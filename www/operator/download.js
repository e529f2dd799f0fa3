// A long CSV file, read as it comes: whole, or not at all.
import { ShopError } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { reasonOf } from './api.js';
import { signedIn } from './signed-in.js';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * Reads the file at `path`, below `/api/`. `onProgress(records, total)` is told how many records came so far, without the
 * head, and how many Compago counts. Resolves to `{ blob, name, records }`; rejects with a `ShopError` if there is no file, with
 * what `signal` says, or with an error whose `broken` is the number of records that came before the rest was lost.
 */
export async function download(path, { signal, onProgress }) {
  const response = await ask(path, signal);
  const total = Number(response.headers.get('x-total-count') ?? NaN);
  const count = recordCounter();
  const parts = [];
  let records = 0;
  let isWhole = false;
  try {
    const reader = response.body.getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      const counted = count(value);
      records = Math.max(0, counted.records - 1);
      isWhole = counted.isLineEnd;
      onProgress(records, total);
    }
  } catch {
    signal.throwIfAborted();
    isWhole = false;
  }
  // An answer may break off and look as if it had ended: a whole file ends with a line break.
  if (!isWhole) throw Object.assign(new Error('the file broke off'), { broken: records });
  return { blob: new Blob(parts, { type: 'text/csv;charset=utf-8' }), name: nameOf(response), records };
}

/** Has the browser save what was read. */
export function save({ blob, name }) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has taken it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function ask(path, signal) {
  for (;;) {
    const headers = { accept: 'text/csv, application/problem+json', 'accept-language': language() };
    const response = await fetch(`/api/${path}`, { headers, cache: 'no-store', signal }).catch((error) => {
      signal.throwIfAborted();
      throw new ShopError({ detail: String(error) });
    });
    if (response.ok && response.body) return response;
    const problem = await response.json().catch(() => undefined);
    const error = new ShopError(problem, response.status, response.headers.get('retry-after'));
    const reason = reasonOf(error);
    if (!reason) throw error;
    await signedIn(reason);
    signal.throwIfAborted();
  }
}

/** Counts records over all the chunks it is given, and tells whether one ends there: a line break within quotes ends none. */
function recordCounter() {
  let isQuoted = false;
  let records = 0;
  return (bytes) => {
    for (const byte of bytes) {
      if (byte === QUOTE) isQuoted = !isQuoted;
      else if (byte === LINE_FEED && !isQuoted) records += 1;
    }
    return { records, isLineEnd: !isQuoted && bytes.at(-1) === LINE_FEED };
  };
}

const nameOf = (response) =>
  /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition'))?.[1] ?? 'compago.csv';
