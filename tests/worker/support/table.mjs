import http from 'node:http';
import { once } from 'node:events';
import { operator } from './world.mjs';

/**
 * Parses a whole CSV table according to RFC 4180; throws on anything else.
 *
 * @param {string} text
 * @returns {string[][]}
 */
export function parseTable(text) {
  const rows = [];
  let row = [];
  const cell = /"((?:[^"]|"")*)"(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex;
    const found = cell.exec(text);
    if (!found) throw new Error(`not a cell at ${at}: ${JSON.stringify(text.slice(at, at + 80))}`);
    row.push(found[1].replaceAll('""', '"'));
    if (found[2] === ',') continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error('the last row does not end');
  return rows;
}

/** The text of a cell without the apostrophe of the formula guard. @param {string} cell */
export const unguarded = (cell) => cell.replace(/^'/, '');

/** The rows below the header, each by the header's names. @param {string} text */
export function records(text) {
  const [names, ...rows] = parseTable(text);
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, unguarded(row[at])])));
}

/**
 * Starts loading the report and leaves the rest to the caller.
 *
 * @param {string} origin
 * @param {string} [query] with its question mark
 * @param {object} [headers]
 * @returns {Promise<import('node:http').IncomingMessage>} paused
 */
export async function openReport(origin, query = '', headers = operator) {
  const { port } = new URL(origin);
  const path = `/api/operator/reports/one-time-payments.csv${query}`;
  const request = http.request({ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}`, ...headers }, agent: false });
  request.end();
  const [response] = await once(request, 'response');
  response.pause();
  return response;
}
