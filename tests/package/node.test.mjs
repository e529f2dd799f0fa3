// The installed package in Node, with no configuration.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backend, expectedOfBackend } from './support/backend.mjs';
import { newProject } from './support/project.mjs';
import { expected, shop } from './support/shop.mjs';

/** Where `require` takes ES modules, Node says so. */
const requires = process.features.require_module === true;

/** @param {string} call */
const printed = (call) => `process.stdout.write(JSON.stringify(await ${call}));`;

test('a program imports the checks and clients', async (t) => {
  const project = await newProject(t, { 'shop.js': shop, 'main.js': `import { told } from './shop.js';${printed('told()')}` });
  assert.deepEqual(JSON.parse(await project.node('main.js')), expected);
});

test('a server imports the client of Compago and the check of webhooks', async (t) => {
  const project = await newProject(t, { 'backend.js': backend, 'main.js': `import { served } from './backend.js';${printed('served()')}` });
  assert.deepEqual(JSON.parse(await project.node('main.js')), expectedOfBackend);
});

test('a CommonJS program requires each entry', { skip: !requires && `Node ${process.version} does not require ES modules` }, async (t) => {
  const entries = ['compago-edge', 'compago-edge/status', 'compago-edge/compago', 'compago-edge/webhook'];
  const project = await newProject(t, {
    'main.cjs': `const entries = ${JSON.stringify(entries)}.map((name) => require(name));
entries[0].load().then(() => process.stdout.write(JSON.stringify([
  entries[0].check({ items: [] })[0].code,
  ...entries.map(({ CompagoError }) => CompagoError === entries[1].CompagoError),
  typeof entries[2].compago, typeof entries[3].verifyWebhook,
])));`,
  });
  const told = await project.node('--no-warnings', 'main.cjs');
  assert.deepEqual(JSON.parse(told), ['items-empty', true, true, true, true, 'function', 'function']);
});
