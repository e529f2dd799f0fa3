#!/usr/bin/env node
// npm start: see options.mjs for what it runs and how to change that.

import path from 'node:path';
import { build } from './build.mjs';
import { nativeSandbox } from './processes.mjs';
import { start } from './serve.mjs';

await start(process.argv.slice(2), {
  build: (shop) => build(undefined, shop),
  sandbox: (data) => nativeSandbox(['--data', path.join(data, 'sandbox.json')]),
});
