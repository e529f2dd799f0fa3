// The routes and the problems of the Worker are those of openapi.json: neither has one that the other lacks.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { inRoot } from '../../scripts/paths.mjs';
import { filesIn } from '../../scripts/stamp.mjs';
import { fetchOnce } from '../support/fetch-once.mjs';
import { openapi } from './openapi.mjs';
import { newAddress } from './support/client.mjs';
import { startWorld } from './support/world.mjs';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
/** What a request names in place of a path's parameters: whether there is such a thing is not asked before the method is known. */
const PLACEHOLDER = 'x';

const world = await startWorld();
after(() => world.stop());
const sources = (await filesIn('worker/src')).filter((name) => path.extname(name) === '.rs');
const texts = await Promise.all(sources.map((name) => readFile(inRoot(name), 'utf8')));

/** @param {string} text @param {RegExp} pattern */
const found = (text, pattern) => [...text.matchAll(pattern)].map(([, name]) => name);

test('every route of the Worker is an operation of the document, and the other way round', () => {
  const routes = texts.flatMap((text) => {
    const [, ...named] = text.split('/// Its `operationId` in `/openapi.json`.');
    return named.flatMap((part) => found(part, /=> "([a-z][A-Za-z]*)",/g));
  });
  const operations = Object.values(openapi.paths).flatMap((methods) => Object.values(methods).map(({ operationId }) => operationId));
  // A static file is no operation.
  assert.deepEqual(routes.filter((name) => name !== 'file').sort(), operations.sort());
});

test('every path of the document has its methods in the Worker, and no others', async () => {
  for (const [template, operations] of Object.entries(openapi.paths)) {
    const documented = METHODS.filter((method) => method in operations);
    assert.deepEqual(Object.keys(operations).sort(), [...documented].sort(), template);
    const allowed = documented.flatMap((method) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    const url = world.url + template.replaceAll(/\{\w+\}/g, PLACEHOLDER);
    for (const method of METHODS.filter((name) => !documented.includes(name))) {
      const answer = await fetchOnce(url, { method: method.toUpperCase(), headers: { 'cf-connecting-ip': newAddress() } });
      await answer.text();
      assert.equal(answer.status, 405, `${method} ${template}`);
      assert.equal(answer.headers.get('allow'), allowed.join(', '), `${method} ${template}`);
    }
  }
});

test('every problem of the Worker is a code of the document, and the other way round', () => {
  const codes = texts.flatMap((text) => found(text, /(?:\bcode: |\) \d{3} )"([a-z-]+)"/g));
  assert.deepEqual([...new Set(codes)].sort(), [...openapi.components.schemas.ProblemCode.enum].sort());
});
