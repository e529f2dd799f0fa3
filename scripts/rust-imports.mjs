// Reads which module of a crate uses which other one: from `use` declarations, and from paths that begin with `crate`, `self`,
// `super` or an imported module, in the code and in the texts of attributes. No compiler is asked, so the answer takes milliseconds
// and is the same on every machine.
//
// Methods are not seen: a call of an inherent method needs no `use`, whichever file defines the method.

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
 * @property {string} [refused] why the declaration is refused: names that are used through it could not be followed
 */

/** @typedef {{ text: string, line: number }} Token */
/** @typedef {{ segments: string[], line: number, refused?: string }} Path */
/** @typedef {{ names: Map<string, string[]>, paths: Path[], file: string }} Module */

const ownPath = /^(?:crate|self|super)$/;

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
  return [...modules].flatMap(([name, { names, paths, file }]) => {
    const from = split(name);
    return paths.flatMap(({ segments, line, refused }) => {
      const to = definingModule(segments, from, modules);
      if (!to || (!refused && to.join('::') === name)) return [];
      // A type through which something is named was imported from the module that defines it, which counts already.
      const imported = names.get(segments[0]);
      if (imported && segments.length > 1 && same(to, definingModule(imported, from, modules))) return [];
      return [{ from, to, file, line, ...(refused && { refused }) }];
    });
  });
}

/** @param {string[]} one @param {string[] | undefined} other */
const same = (one, other) => one.join('::') === other?.join('::');

/** @param {string} name */
const split = (name) => (name === '' ? [] : name.split('::'));

/**
 * Reads one file, and the modules in it that are written between braces. Modules for tests are skipped: a test may use everything.
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
  let [depth, attributeEnd] = [0, 0];
  for (let index = 0; index < all.length; index += 1) {
    const { text, line } = all[index];
    const { at, isTest } = stack[stack.length - 1];
    if (isTestAttribute(all, index)) {
      index = endOfAttribute(all, index);
      continue;
    }
    if (/^#!?\[/.test(all.slice(index, index + 3).map((token) => token.text).join(''))) attributeEnd = endOfAttribute(all, index);
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
    } else if (isTest) {
      continue;
    } else if (text === 'use' && isPathStart && all[index + 1]?.text !== '<') {
      const end = all.findIndex((token, place) => place > index && token.text === ';');
      const module = moduleAt(at);
      for (const { segments, alias, isGlob } of useTree(all.slice(index + 1, end))) {
        const refused = refusal(segments, alias, isGlob);
        module.paths.push({ segments, line, ...(refused && { refused }) });
        if (alias) module.names.set(alias, segments);
      }
      index = end;
    } else if (text.startsWith('"') && index < attributeEnd) {
      const named = tokens(text.slice(1, -1));
      if (ownPath.test(named[0]?.text) && named[1]?.text === '::') moduleAt(at).paths.push({ segments: pathAt(named, 0), line });
    } else if (/^[a-z]\w*$/i.test(text) && isPathStart && all[index + 1]?.text === '::') {
      const segments = pathAt(all, index);
      index += 2 * (segments.length - 1);
      moduleAt(at).paths.push({ segments, line });
    }
  }
}

/** The segments of the path that begins here. @param {Token[]} all @param {number} start */
function pathAt(all, start) {
  const segments = [all[start].text];
  for (let index = start + 1; all[index]?.text === '::' && /^\w+$/.test(all[index + 1]?.text ?? ''); index += 2) {
    segments.push(all[index + 1].text);
  }
  return segments;
}

/**
 * Why a declaration is refused, if it is.
 *
 * @param {string[]} segments @param {string | undefined} alias @param {boolean} isGlob @returns {string | undefined}
 */
function refusal(segments, alias, isGlob) {
  if (!ownPath.test(segments[0])) return undefined;
  if (isGlob) return `imports all of ${segments.join('::')}: name what is used`;
  const isModuleItself = segments.every((segment) => ownPath.test(segment));
  return isModuleItself && alias !== segments.at(-1) ? `gives ${segments.join('::')} the name ${alias}: use the path itself` : undefined;
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

/** Returns whether `#[cfg(test)]` is one of the attributes of a declaration. @param {Token[]} all @param {number} index */
function isForTests(all, index) {
  const before = all.slice(Math.max(0, index - 100), index).map(({ text }) => (text.startsWith('"') ? '""' : text)).join('');
  return /#\[cfg\(test\)\](#\[[^#]*\]|pub|\(\w+\))*$/.test(before);
}

/**
 * Unfolds what follows `use` into one path for each name.
 *
 * @param {Token[]} tree @returns {{ segments: string[], alias: string | undefined, isGlob: boolean }[]}
 */
function useTree(tree) {
  let place = 0;
  /** @param {string[]} prefix @returns {ReturnType<typeof useTree>} */
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
        return [{ segments, alias: undefined, isGlob: true }];
      } else if (text === 'as') {
        const alias = tree[place + 1]?.text;
        place += 2;
        return [{ segments, alias, isGlob: false }];
      } else if (text === undefined || text === ',' || text === '}') {
        return [{ segments, alias: segments.at(-1), isGlob: false }];
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
  else {
    const imported = modules.get(from.join('::'))?.names.get(segments[0]);
    return imported && definingModule([...imported, ...segments.slice(1)], from, modules, hops + 1);
  }
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

/** Words, `::`, punctuation and texts, without comments, characters and lifetimes. @param {string} source @returns {Token[]} */
function tokens(source) {
  const pattern =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|b?r(#*)"[\s\S]*?"\1|b?"(?:[^"\\]|\\[\s\S])*"|b?'(?:[^'\\]|\\(?:u\{[^}]*\}|x..|.))'|'\w+|r#\w+|\w+|::|\S/g;
  const found = [];
  let [line, last] = [1, 0];
  for (const match of source.matchAll(pattern)) {
    line += source.slice(last, match.index).split('\n').length - 1;
    last = match.index;
    const text = match[0].replace(/^b?r?#*(?=")|(?<=")#+$/g, '');
    if (!/^(?:\/\/|\/\*|b?')/.test(text)) found.push({ text: text.replace(/^r#/, ''), line });
  }
  return found;
}
