// Reads which module of a crate uses which other one: from `use` declarations and from paths in the code that begin with `crate`,
// `self` or `super`. No compiler is asked, so the answer takes milliseconds and is the same on every machine.

import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/**
 * A module that is named in another one.
 *
 * @typedef {object} Import
 * @property {string[]} from the module that names it, as a path from the crate's root
 * @property {string[]} to the module that defines what is named, also where that was reached through a re-export
 * @property {string} file relative to the crate's sources
 * @property {number} line
 */

/** @typedef {{ text: string, line: number }} Token */
/** @typedef {{ names: Map<string, string[]>, paths: { segments: string[], line: number }[], file: string }} Module */

/** @param {string} folder a crate's sources @returns {Promise<Import[]>} each pair of modules once for each line */
export async function rustImports(folder) {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.rs'));
  /** @type {Map<string, Module>} */
  const modules = new Map();
  for (const file of files.sort()) {
    const parts = file.replace(/\.rs$/, '').split(path.sep);
    const isRoot = parts.length === 1 && ['lib', 'main'].includes(parts[0]);
    if (parts.at(-1) === 'mod') parts.pop();
    readModule(tokens(await readFile(path.join(folder, file), 'utf8')), isRoot ? [] : parts, file, modules);
  }
  const found = [...modules].flatMap(([name, { paths, file }]) => {
    const from = split(name);
    return paths.flatMap(({ segments, line }) => {
      const to = definingModule(segments, from, modules);
      return to && to.join('::') !== name ? [{ from, to, file, line }] : [];
    });
  });
  return found;
}

/** @param {string} name */
const split = (name) => (name === '' ? [] : name.split('::'));

/**
 * Reads one file, and the modules that stand in it between braces. Modules for tests are passed over: a test may use everything.
 *
 * @param {Token[]} all @param {string[]} own @param {string} file @param {Map<string, Module>} modules
 */
function readModule(all, own, file, modules) {
  /** @param {string[]} at @returns {Module} */
  const moduleAt = (at) => {
    const name = at.join('::');
    const module = modules.get(name) ?? { names: new Map(), paths: [], file };
    modules.set(name, module);
    return module;
  };
  /** @type {{ at: string[], depth: number, isTest: boolean }[]} */
  const stack = [{ at: own, depth: 0, isTest: false }];
  moduleAt(own);
  let depth = 0;
  for (let index = 0; index < all.length; index += 1) {
    const { text, line } = all[index];
    const { at, isTest } = stack[stack.length - 1];
    if (isTestAttribute(all, index)) {
      index = endOfAttribute(all, index);
      continue;
    }
    if (text === '{') depth += 1;
    if (text === '}') {
      depth -= 1;
      if (stack.length > 1 && depth === stack[stack.length - 1].depth) stack.pop();
    }
    const isPathStart = all[index - 1]?.text !== '::' && all[index - 1]?.text !== '.';
    if (text === 'mod' && all[index + 2]?.text === '{') {
      stack.push({ at: [...at, all[index + 1].text], depth, isTest: isTest || isForTests(all, index) });
      if (!stack[stack.length - 1].isTest) moduleAt(stack[stack.length - 1].at);
      index += 2;
      depth += 1;
    } else if (text === 'use' && isPathStart && !isTest) {
      const end = all.findIndex((token, place) => place > index && token.text === ';');
      const module = moduleAt(at);
      for (const { segments, alias } of useTree(all.slice(index + 1, end))) {
        module.paths.push({ segments, line });
        if (alias) module.names.set(alias, segments);
      }
      index = end;
    } else if (['crate', 'self', 'super'].includes(text) && isPathStart && all[index + 1]?.text === '::' && !isTest) {
      const segments = [text];
      while (all[index + 1]?.text === '::' && /^\w+$/.test(all[index + 2]?.text ?? '')) {
        segments.push(all[index + 2].text);
        index += 2;
      }
      moduleAt(at).paths.push({ segments, line });
    }
  }
}

/** Whether an attribute begins here that only test builds have: `#[cfg_attr(test, ...)]`. @param {Token[]} all @param {number} index */
const isTestAttribute = (all, index) =>
  all.slice(index, index + 5).map(({ text }) => text).join('') === '#[cfg_attr(test';

/** The place of the bracket that closes an attribute. @param {Token[]} all @param {number} start */
function endOfAttribute(all, start) {
  let open = 0;
  for (let index = start + 1; index < all.length; index += 1) {
    if (all[index].text === '[') open += 1;
    if (all[index].text === ']') open -= 1;
    if (open === 0) return index;
  }
  return all.length;
}

/** Whether `#[cfg(test)]` stands before the declaration. @param {Token[]} all @param {number} index */
function isForTests(all, index) {
  const before = all.slice(Math.max(0, index - 12), index).map(({ text }) => text).join('');
  return /#\[cfg\(test\)\](#\[[^#]*\]|pub|\(\w+\))*$/.test(before);
}

/**
 * Unfolds what follows `use` into one path for each name.
 *
 * @param {Token[]} tree @returns {{ segments: string[], alias: string | undefined }[]}
 */
function useTree(tree) {
  let place = 0;
  /** @param {string[]} prefix @returns {{ segments: string[], alias: string | undefined }[]} */
  const branch = (prefix) => {
    const segments = [...prefix];
    for (;;) {
      const text = tree[place]?.text;
      if (text === '::') {
        if (segments.length === 0) segments.push('');
        place += 1;
      } else if (text === '{') {
        const found = [];
        place += 1;
        while (tree[place] && tree[place].text !== '}') {
          found.push(...branch(segments));
          if (tree[place]?.text === ',') place += 1;
        }
        place += 1;
        return found;
      } else if (text === '*') {
        place += 1;
        return [{ segments, alias: undefined }];
      } else if (text === 'as') {
        const alias = tree[place + 1]?.text;
        place += 2;
        return [{ segments, alias }];
      } else if (text === undefined || text === ',' || text === '}') {
        return [{ segments, alias: segments.at(-1) }];
      } else {
        if (text !== 'self' || segments.length === 0) segments.push(text);
        place += 1;
      }
    }
  };
  return branch([]);
}

/**
 * The module that defines what a path names; nothing for another crate's.
 *
 * @param {string[]} segments @param {string[]} from @param {Map<string, Module>} modules @param {number} [hops] re-exports so far
 * @returns {string[] | undefined}
 */
function definingModule(segments, from, modules, hops = 0) {
  if (hops > 8) return undefined;
  let [at, rest] = [/** @type {string[]} */ ([]), segments];
  if (segments[0] === 'crate') rest = segments.slice(1);
  else if (segments[0] === 'self' || segments[0] === 'super') {
    at = from;
    while (rest[0] === 'self' || rest[0] === 'super') {
      if (rest[0] === 'super') at = at.slice(0, -1);
      rest = rest.slice(1);
    }
  } else if (modules.has([...from, segments[0]].join('::'))) at = from;
  else return undefined;
  for (const [index, segment] of rest.entries()) {
    if (modules.has([...at, segment].join('::'))) at = [...at, segment];
    else {
      const reexported = modules.get(at.join('::'))?.names.get(segment);
      if (!reexported) return at;
      return definingModule([...reexported, ...rest.slice(index + 1)], at, modules, hops + 1) ?? at;
    }
  }
  return at;
}

/** Words and `::` and punctuation, without comments, texts and lifetimes. @param {string} source @returns {Token[]} */
function tokens(source) {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\]|\\(?:u\{[^}]*\}|x..|.))'|'\w+|r#\w+|\w+|::|\S/g;
  const found = [];
  let [line, last] = [1, 0];
  for (const match of source.matchAll(pattern)) {
    line += source.slice(last, match.index).split('\n').length - 1;
    last = match.index;
    if (!/^(?:\/\/|\/\*|b?r#*"|b?"|b?')/.test(match[0])) found.push({ text: match[0].replace(/^r#/, ''), line });
  }
  return found;
}
