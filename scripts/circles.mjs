// Holds the direction in which the modules of each crate use each other.

import path from 'node:path';
import { Failure } from './failure.mjs';
import { root } from './paths.mjs';
import { rustImports } from './rust-imports.mjs';

/** @typedef {import('./rust-imports.mjs').Import} Import */

/**
 * A crate: its name, where its sources are, and which modules of its root each of them may use (ARCHITECTURE.md, "Dependencies point
 * one way"). A module that is not listed is on top: it may use all others, and none of those that are listed may use it. A crate without
 * such a list is held to have no circles alone.
 *
 * @typedef {{ name: string, sources: string, mayUse?: Record<string, string[]> }} Crate
 */

const calls = ['endpoint', 'error', 'json', 'value'];

/** @type {Crate[]} */
const crates = [
  {
    name: 'compago',
    sources: 'src',
    mayUse: {
      mac: [],
      json: [],
      value: ['json', 'mac'],
      endpoint: ['json', 'value'],
      error: ['endpoint', 'json', 'value'],
      api: calls,
      problem: ['value'],
      body: ['json', 'problem', 'value'],
      webhook: ['json', 'mac', 'value'],
      edge: [...calls, 'api', 'body', 'mac', 'problem', 'webhook'],
      flow: [...calls, 'api', 'edge', 'problem', 'webhook'],
    },
  },
  {
    name: 'compago-client',
    sources: 'client/src',
    mayUse: {
      base_url: [],
      limits: [],
      retry: [],
      checkout: [],
      client: ['limits'],
      edge_client: ['limits'],
      outgoing: ['base_url'],
      settings: ['base_url', 'limits'],
      edge_settings: ['base_url', 'limits', 'settings'],
      transport: ['base_url', 'client', 'edge_client', 'edge_settings', 'limits', 'outgoing', 'retry', 'settings'],
    },
  },
  {
    name: 'compago-worker',
    sources: 'worker/src',
    mayUse: {
      runtime: [],
      config: [],
      http: ['config', 'runtime'],
      compago: ['http', 'config', 'runtime'],
      objects: ['compago', 'http', 'config', 'runtime'],
      routes: ['objects', 'compago', 'http', 'config', 'runtime'],
    },
  },
  { name: 'compago-js', sources: 'pkg/src' },
  { name: 'compago-sandbox', sources: 'sandbox/src' },
  { name: 'compago-sandbox-worker', sources: 'sandbox/worker/src' },
];

/**
 * Refuses circles of modules, imports against the declared direction, and declarations that hide what a module uses.
 *
 * @param {Crate[]} [checked]
 */
export async function checkImports(checked = crates) {
  const found = [];
  for (const { name, sources, mayUse } of checked) {
    const imports = await rustImports(path.resolve(root, sources));
    if (imports.length === 0) throw new Failure(`${sources} has no imports to check.`);
    const refused = imports.filter((one) => one.refused);
    found.push(...refused.map((one) => `${name}: ${sources}/${one.file}:${one.line} ${one.refused}.`));
    found.push(...circles(imports).map((circle) => `${name}: ${described(circle, sources)}`));
    if (mayUse) found.push(...against(imports, mayUse).map((line) => `${name}: ${sources}/${line}`));
  }
  if (found.length > 0) throw new Failure(found.join('\n'));
}

/**
 * Modules of one folder that use each other in a circle. A module and its submodules count as one: that a parent uses its
 * children, and they it, is no circle.
 *
 * @param {Import[]} imports
 * @returns {{ folder: string, steps: { from: string, to: string, imports: Import[] }[] }[]} one circle for each tangle
 */
function circles(imports) {
  const found = [];
  for (const [folder, edges] of levels(imports)) {
    const targets = new Map([...edges].map(([from, to]) => [from, [...to.keys()]]));
    const done = new Set();
    for (const from of [...targets.keys()].sort()) {
      if (done.has(from)) continue;
      const names = shortestCircle(from, targets);
      if (!names) continue;
      for (const name of tangle(from, targets)) done.add(name);
      const steps = names.map((name, index) => {
        const to = names[(index + 1) % names.length];
        return { from: name, to, imports: edges.get(name)?.get(to) ?? [] };
      });
      found.push({ folder, steps });
    }
  }
  return found;
}

/**
 * Imports that a list of `mayUse` does not allow.
 *
 * @param {Import[]} imports @param {Record<string, string[]>} mayUse @returns {string[]} a line for each, with its file
 */
function against(imports, mayUse) {
  // What the root defines, no module may use that has a place in the list: the root is above all of them.
  const forbidden = imports.filter(({ from: [from], to: [to], refused }) => {
    return !refused && from && from !== to && mayUse[from] && !mayUse[from].includes(to);
  });
  return forbidden.map(({ from: [from], to, file, line }) => {
    const allowed = mayUse[from].join(', ') || 'no other module';
    const used = to.length > 0 ? to.join('::') : "an item of the crate's root";
    return `${file}:${line} uses ${used}, but ${from} may use ${allowed} only.`;
  });
}

/** The imports between modules that are neighbours, by the folder in which they are. @param {Import[]} imports */
function levels(imports) {
  /** @type {Map<string, Map<string, Map<string, Import[]>>>} */
  const found = new Map();
  for (const one of imports) {
    let depth = 0;
    while (depth < one.from.length && one.from[depth] === one.to[depth]) depth += 1;
    // One of them is above the other.
    if (depth === one.from.length || depth === one.to.length) continue;
    const edges = at(found, one.from.slice(0, depth).join('::'), () => new Map());
    const targets = at(edges, one.from[depth], () => new Map());
    at(targets, one.to[depth], () => []).push(one);
  }
  return found;
}

/** @template K, V @param {Map<K, V>} map @param {K} key @param {() => V} create @returns {V} */
function at(map, key, create) {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

/** @param {string} from @param {Map<string, string[]>} targets @returns {string[] | undefined} the way back to where it began */
function shortestCircle(from, targets) {
  const ways = [[from]];
  const seen = new Set();
  for (const way of ways) {
    for (const next of targets.get(way[way.length - 1]) ?? []) {
      if (next === from) return way;
      if (!seen.has(next)) ways.push([...way, next]);
      seen.add(next);
    }
  }
  return undefined;
}

/** All that `from` reaches and that reaches it. @param {string} from @param {Map<string, string[]>} targets */
function tangle(from, targets) {
  /** @param {string} start */
  const reached = (start) => {
    const all = new Set([start]);
    for (const name of all) for (const next of targets.get(name) ?? []) all.add(next);
    return all;
  };
  return [...reached(from)].filter((name) => reached(name).has(from));
}

/** @param {ReturnType<typeof circles>[number]} circle @param {string} sources */
function described({ folder, steps }, sources) {
  const names = [...steps.map(({ from }) => from), steps[0].from].join(' -> ');
  const lines = steps.map(({ from, to, imports: [first, ...others] }) => {
    const more = others.length > 0 ? ` and ${others.length} more` : '';
    return `  ${from} uses ${to}: ${sources}/${first.file}:${first.line}${more}`;
  });
  return [`a circle of modules${folder ? ` in ${folder}` : ''}: ${names}`, ...lines].join('\n');
}
