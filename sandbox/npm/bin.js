#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { Failure } from '../../scripts/failure.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { HELP, readCommand } from './options.js';
import { serve } from './serve.js';

/** @returns {string} */
const version = () => JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version;

try {
  const command = readCommand(process.argv.slice(2));
  if (command === 'help') console.log(HELP);
  else if (command === 'version') console.log(`compago-edge-sandbox ${version()}`);
  else await serve(command);
  process.exit(0);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(error.message);
  process.exit(2);
}
