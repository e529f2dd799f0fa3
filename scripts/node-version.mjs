import { readFileSync } from 'node:fs';
import { Failure } from './failure.mjs';
import { inRoot } from './paths.mjs';

/** Fails where Node is older than the manifest of the product says. */
export function checkNode() {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const needed = engines.node.replace('>=', '');
  if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) >= 0) return;
  throw new Failure(`Node ${process.versions.node} is too old: install Node ${needed} or newer from https://nodejs.org.`);
}
