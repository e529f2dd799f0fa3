import { Failure } from './failure.mjs';

/** Fails where Node is too old for the scripts. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 10)) return;
  throw new Failure(`Node ${process.versions.node} is too old: install Node 20.10 or newer from https://nodejs.org.`);
}
