import { fetchOnce } from '../../support/fetch-once.mjs';

/** @typedef {{ key?: string | null, type?: string, form?: Record<string, string>, json?: unknown, text?: string, as?: string }} How key: null sends none; as names the first id of the answer, which must be a success */
/** @typedef {readonly [method: string, path: string, how?: How]} Call a path may name ids: `/api/one-time-payment/{coffee}` */

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What an answer is compared by. */
const headerNames = ['content-type', 'location', 'cache-control', 'content-security-policy', 'referrer-policy', 'x-content-type-options', 'allow'];

/**
 * One of the two sandboxes, asked so that its answers can be compared with those of the other: each id is replaced by its number in the
 * order in which it appeared, each time by a word.
 *
 * @param {{ url: string, origin: string }} sandbox
 */
export function sideOf({ url, origin }) {
  /** @type {Map<string, string>} */
  const named = new Map();
  /** @type {string[]} */
  const seen = [];
  const fill = (/** @type {string} */ text) => text.replaceAll(/\{(\w+)\}/g, (whole, name) => named.get(name) ?? whole);
  const numbered = (/** @type {string} */ id) => {
    if (!seen.includes(id)) seen.push(id);
    return `<id ${seen.indexOf(id)}>`;
  };
  const comparable = (/** @type {string} */ text) =>
    text
      .replaceAll(origin, '<origin>')
      .replaceAll(uuid, numbered)
      .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, (_, fraction) => (fraction ? '<time with fraction>' : '<time>'))
      .replaceAll(/\d{1,2} [a-zA-Z]{3} \d{4}, \d\d:\d\d/g, '<date>')
      .replaceAll(/data-seconds-left="\d+"( data-next="[^"]*")?>[^<]*</g, '<time left>$1')
      .replaceAll(/(<dt>(?:Operación|Operation)<\/dt><dd>)[^<]*/g, '$1<operation>')
      .replaceAll(/("operationCode":)\d+/g, '$1<operation>');

  /** @param {Call} call */
  return async ([method, path, { key = 'sandbox-key', type, form, json, text, as } = {}]) => {
    const body = form ? String(new URLSearchParams(mapValues(form, fill))) : json === undefined ? text : fill(JSON.stringify(json));
    const contentType = type ?? (form ? 'application/x-www-form-urlencoded' : json === undefined ? undefined : 'application/json');
    const headers = { ...(key !== null && { 'x-api-key': key }), ...(contentType && { 'content-type': contentType }) };
    const answer = await fetchOnce(`${url}${fill(path)}`, { method, headers, body });
    const content = await answer.text();
    if (as) {
      if (answer.status >= 300) throw new Error(`${method} ${path} answers ${answer.status}: ${content}`);
      named.set(as, content.match(uuid)?.[0] ?? '');
    }
    const compared = headerNames.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, comparable(value)]];
    });
    // Times and ids may differ in length; what an answer without a body declares means nothing.
    const length = answer.headers.get('content-length');
    const isOwn = method === 'HEAD' || Number(length) === Buffer.byteLength(content);
    const declares = [204, 304].includes(answer.status) ? 'nothing' : length === null ? 'no length' : isOwn ? 'its length' : 'another length';
    return { status: answer.status, declares, headers: Object.fromEntries(compared), body: comparable(content) };
  };
}

/** @param {Record<string, string>} values @param {(value: string) => string} change */
const mapValues = (values, change) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
