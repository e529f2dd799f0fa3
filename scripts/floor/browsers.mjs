import browserslist from 'browserslist';
import { root } from '../paths.mjs';

/** The oldest supported version of each browser, by browserslist's names: `browserslist` in package.json. @type {Map<string, number>} */
export const oldest = new Map();
for (const entry of browserslist(undefined, { path: root })) {
  const [name, versions] = entry.split(' ');
  const version = Number.parseFloat(versions);
  oldest.set(name, Math.min(version, oldest.get(name) ?? version));
}

/** The same as targets of esbuild. */
export const buildTargets = [...oldest].map(([name, version]) => `${name === 'ios_saf' ? 'ios' : name}${version}`);
