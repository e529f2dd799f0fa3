import { readFileSync } from 'node:fs';
import path from 'node:path';
import { inPackage } from '../../scripts/paths.mjs';
import { start } from '../../scripts/serve.mjs';
import { updateSite } from '../../scripts/update-site.mjs';

/** Runs the shop of the project, with the sandbox of npm. @param {string[]} args */
export const startHere = (args) => start(args, { build: updateSite, sandbox });

/** @param {string} data @returns {import('../../scripts/processes.mjs').SandboxProgram} */
function sandbox(data) {
  const name = 'compago-edge-sandbox';
  const { bin } = JSON.parse(readFileSync(inPackage(name, 'package.json'), 'utf8'));
  return { command: process.execPath, args: [inPackage(name, bin[name]), '--data', path.join(data, 'sandbox')] };
}
