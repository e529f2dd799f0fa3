import { readFile } from 'node:fs/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const file = new URL('../../www/openapi.json', import.meta.url);

/** The document that the site serves as `/openapi.json`. */
export const openapi = JSON.parse(await readFile(file, 'utf8'));

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
addFormats(ajv);
// The document is addressed as one schema: its own top-level words say nothing about values.
ajv.addVocabulary(Object.keys(openapi));
ajv.addSchema(openapi, 'openapi.json');

/** Statuses that any path may answer and no operation lists: nothing there, or not with this method. */
const EVERYWHERE = new Map([[404, 'not-found'], [405, 'method-not-allowed']]);

/**
 * Throws unless the Worker's answer is as `/openapi.json` says.
 *
 * @param {string} method such as `POST`
 * @param {string} path as the document writes it, such as `/api/shop/orders/{order}`
 * @param {number} status
 * @param {unknown} body parsed JSON; `undefined`, `null` or `''` for an answer without a body
 */
export function assertAnswer(method, path, status, body) {
  const name = `${method} ${path} ${status}`;
  const operation = openapi.paths[path]?.[method.toLowerCase()];
  const listed = operation?.responses[status];
  const shared = listed?.$ref?.split('/').at(-1);
  const answer = shared ? openapi.components.responses[shared] : listed;
  if (!answer) {
    // What is no operation of the shop's API is refused to pages elsewhere like the operations.
    const isForeign = status === 403 && !operation && path.startsWith('/api/shop/');
    const code = isForeign ? 'foreign-origin' : EVERYWHERE.get(status);
    if (!code || (operation && status === 405)) throw new Error(`${name} is not documented: ${JSON.stringify(body)}`);
    check(name, 'openapi.json#/components/schemas/Problem', body);
    if (body.code !== code || body.status !== status) throw new Error(`${name} has another code: ${JSON.stringify(body)}`);
    return;
  }
  const [type] = Object.keys(answer.content ?? {});
  if (!type) {
    if (body !== undefined && body !== null && body !== '') throw new Error(`${name} has a body: ${JSON.stringify(body)}`);
    return;
  }
  const place = shared ? ['components', 'responses', shared] : ['paths', path, method.toLowerCase(), 'responses', status];
  check(name, `openapi.json#/${[...place, 'content', type, 'schema'].map(escaped).join('/')}`, body);
}

/**
 * Throws unless the body is a webhook's as documented.
 *
 * @param {{ type: string }} event
 */
export function assertEvent(event) {
  const pointer = ['webhooks', event?.type, 'post', 'requestBody', 'content', 'application/json', 'schema'];
  if (!openapi.webhooks[event?.type]) throw new Error(`no such webhook: ${JSON.stringify(event)}`);
  check(event.type, `openapi.json#/${pointer.map(escaped).join('/')}`, event);
}

function check(name, $ref, value) {
  const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
  if (validate(value)) return;
  const errors = ajv.errorsText(validate.errors, { dataVar: 'body', separator: '\n  ' });
  throw new Error(`${name} is not as documented:\n  ${errors}\n${JSON.stringify(value, null, 2)}`);
}

/** A segment of a JSON pointer in a URI fragment. */
function escaped(segment) {
  return encodeURIComponent(String(segment).replaceAll('~', '~0').replaceAll('/', '~1'));
}
