import { readFileSync } from 'node:fs';
import { inRoot, isPackage } from '../../scripts/paths.mjs';

/** The package.json of this package, which is at its root once it is built. @type {{ name: string, version: string, dependencies: Record<string, string> }} */
export const manifest = JSON.parse(readFileSync(isPackage ? inRoot('package.json') : new URL('package.json', import.meta.url), 'utf8'));
