// Downloads a long CSV file completely, or not at all.
import { CompagoError } from '/pkg/status.js';
import { language } from '/lib/words.js';
import { reasonOf, throwIfAborted } from './api.js';
import { signedIn } from './signed-in.js';

const QUOTE = 0x22;
const LINE_FEED = 0x0a;

/**
 * Reads the file at `path`, below `/api/`, with the pages that its `Link` headers name. `onProgress(records, total)` gets how many records have arrived, without the header, and how
 * many Compago counts. Resolves to `{ blob, name, records }`; rejects with a `CompagoError` if there is no file, with the reason of
 * `signal`, or with an error whose `broken` is the number of records before the connection broke.
 */
export async function download(path, { signal, onProgress }) {
  let response = await request(path, signal);
  const total = Number(response.headers.get('x-total-count') ?? NaN);
  const table = reading();
  const parts = [];
  try {
    for (;;) {
      const reader = response.body.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        parts.push(value);
        table.take(value);
        onProgress(table.records(), total);
      }
      const next = nextOf(response);
      if (!next || !table.isWhole()) break;
      response = await request(next, signal);
    }
  } catch (error) {
    throwIfAborted(signal);
    throw error instanceof CompagoError ? error : brokenAfter(table.records());
  }
  // Proxies may hide a broken connection: the last line of a complete file has a line break.
  if (!table.isWhole()) throw brokenAfter(table.records());
  return {
    blob: new Blob(parts, { type: 'text/csv;charset=utf-8' }),
    name: nameOf(response),
    records: table.records(),
  };
}

/** Returns the path, below `/api/`, of the next page of a table that comes in pages. */
function nextOf(response) {
  const link = /<([^>]+)>;\s*rel="?next"?/.exec(response.headers.get('link') ?? '')?.[1];
  if (!link) return undefined;
  const { pathname, search } = new URL(link, response.url);
  return `${pathname.replace(/^\/api\//, '')}${search}`;
}

const brokenAfter = (records) => Object.assign(new Error('the file broke off'), { broken: records });

/** Saves the file. */
export function save({ blob, name }) {
  const href = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href, download: name }).click();
  // The browser has read it by then.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

async function request(path, signal) {
  for (;;) {
    const headers = { accept: 'text/csv, application/problem+json', 'accept-language': language() };
    const response = await fetch(`/api/${path}`, { headers, cache: 'no-store', signal }).catch((error) => {
      throwIfAborted(signal);
      throw new CompagoError({ detail: String(error) });
    });
    if (response.ok && response.body) return response;
    const problem = await response.json().catch(() => undefined);
    const error = new CompagoError(problem, response.status, response.headers.get('retry-after'));
    const reason = reasonOf(error);
    if (!reason) throw error;
    await signedIn(reason);
    throwIfAborted(signal);
  }
}

/** Counts the records of a table that arrives in chunks. A line break within quotes ends no record. */
function reading() {
  let isQuoted = false;
  let lines = 0;
  let last;
  return {
    take(bytes) {
      for (const byte of bytes) {
        if (byte === QUOTE) isQuoted = !isQuoted;
        else if (byte === LINE_FEED && !isQuoted) lines += 1;
        last = byte;
      }
    },
    /** The number of records so far, without the header. */
    records: () => Math.max(0, lines - 1),
    isWhole: () => last === LINE_FEED && !isQuoted,
  };
}

const nameOf = (response) =>
  /filename="([^"/\\]+)"/.exec(response.headers.get('content-disposition'))?.[1] ?? 'compago.csv';
