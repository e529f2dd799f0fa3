import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import { ESLint } from 'eslint';
import { data, isThere } from '../../scripts/floor/support.mjs';
import { inRoot, root, testSiteDir } from '../../scripts/paths.mjs';

const eslint = new ESLint({ cwd: root });

/** What the lint says of each line, as if all of them were a file of the pages. @param {string} file @param {string[]} lines */
async function complaints(file, lines) {
  const results = await Promise.all(lines.map((text) => eslint.lintText(`${text}\n`, { filePath: inRoot('www', file) })));
  return Object.fromEntries(lines.map((line, at) => [line, results[at][0].messages.map(({ message }) => message)]));
}

/** Lines that must be refused, each for one reason. @param {string} file @param {string[]} lines */
async function refused(file, lines) {
  const told = await complaints(file, lines);
  assert.deepEqual(Object.keys(told).filter((line) => told[line].length === 0), [], 'the lint passed these over');
}

/** @param {string} file @param {string[]} lines */
async function accepted(file, lines) {
  const told = await complaints(file, lines);
  assert.deepEqual(Object.entries(told).filter(([, messages]) => messages.length > 0), []);
}

test('syntax that a supported browser cannot read is refused', () =>
  refused('planted.js', [
    'class A { static { A.b = 1; } }',
    'class A { #b; has(c) { return #b in c; } }',
    'export const a = /(?<=b)c/;',
    'export const a = /[b--c]/v;',
    'export const a = /(?i:b)/;',
    "import a from './a.json' with { type: 'json' };",
    "export { a as 'b c' } from './a.js';",
  ]));

test('APIs that a supported browser lacks are refused: globals, constructors, statics, members, events, properties', () =>
  refused('planted.js', [
    "URL.canParse('a');",
    'structuredClone({});',
    'globalThis.structuredClone({});',
    'window.reportError(1);',
    'AbortSignal.timeout(5);',
    'AbortSignal.any([]);',
    'export const reason = ({ signal }) => signal.reason;',
    'export const end = (signal) => signal?.throwIfAborted();',
    'crypto.randomUUID();',
    'Object.hasOwn({}, 1);',
    'Object.groupBy([], String);',
    'Promise.withResolvers();',
    'Array.fromAsync([]);',
    'export const last = (list) => list.at(-1);',
    'export const last = (list) => list.findLast(Boolean);',
    'export const sorted = (list) => list.toSorted();',
    'export const both = (one, other) => one.union(other);',
    "export const is = (text) => text['isWellFormed']();",
    'export const seen = (element) => element.checkVisibility();',
    'export const open = (dialog) => dialog.showModal();',
    'export const send = (form) => form.requestSubmit();',
    'export const off = (element) => (element.inert = true);',
    "export const name = (element) => (element.ariaLabel = 'a');",
    "export const pop = (element) => element.showPopover();",
    "element('div', { inert: true });",
    'new CSSStyleSheet();',
    'document.adoptedStyleSheets = [];',
    "document.startViewTransition(() => {});",
    'navigator.share({});',
    "navigator.locks.request('a', () => {});",
    'requestIdleCallback(() => {});',
    'new Intl.DurationFormat();',
    "Intl.supportedValuesOf('unit');",
    "addEventListener('scrollend', () => {});",
  ]));

test('what is guarded on its line is accepted, and so is what all supported browsers have', () =>
  accepted('planted.js', [
    "URL.canParse?.('a');",
    'globalThis.structuredClone?.({});',
    "typeof structuredClone === 'function' && structuredClone({});",
    "export const reason = (signal) => 'reason' in signal && signal.reason;",
    'export const active = () => navigator.userActivation?.isActive;',
    'export const make = () => { try { return new CSSStyleSheet(); } catch { return undefined; } };',
    'class A { #b = 1; #c() { return this.#b; } static d = 2; get e() { return this.#c(); } } export const a = (b) => (b ??= new A());',
    "const { a } = await import('./a.js'); export const b = a?.b ?? 1_000n;",
    "'a'.replaceAll('a', 'b'); [].flat(); Object.fromEntries([]); Promise.any([]);",
    'new AbortController().abort(); document.body.replaceChildren(); new URL(location).searchParams;',
    'const structuredClone = () => {}; structuredClone();',
  ]));

test('style that a supported browser lacks is refused', () =>
  refused('planted.css', [
    'a:has(b) { color: red; }',
    'a { & b { color: red; } }',
    'a:user-invalid { color: red; }',
    'a { height: 100dvh; }',
    'a { width: 10cqi; }',
    'a { color: color-mix(in srgb, red, blue); }',
    'a { color: light-dark(red, blue); }',
    'a { color: oklch(50% 0.1 20); }',
    'a { translate: 1px; }',
    'a { overflow: clip; }',
    'a { width: round(1px, 2px); }',
    'a { grid-template-columns: subgrid; }',
    '@container (min-width: 3px) { a { color: red; } }',
    '@layer b { a { color: red; } }',
    '@media (width >= 40rem) { a { color: red; } }',
    '@starting-style { a { color: red; } }',
  ]));

test('style with a fallback is accepted, and so is what all supported browsers have', () =>
  accepted('planted.css', [
    'a { height: 100vh; height: 100dvh; }',
    '@supports selector(:has(a)) { a:has(b) { color: red; } }',
    'a { inset: 0; aspect-ratio: 1; gap: 1px; padding-inline: 1px; }',
    'a:is(b, c):focus-visible { color: rgb(0 0 0 / 50%); }',
    '@media (min-width: 40rem) and (prefers-reduced-motion: reduce) { a { width: min(1px, 2rem); } }',
  ]));

test('the markup of the pages is known to all supported browsers, but for dialogs, which open without them', async () => {
  const { elements, global_attributes: common } = data.html;
  const lackingParts = new Set();
  // They spare somebody who types or translates a moment.
  const hints = ['autocapitalize', 'enterkeyhint', 'inputmode', 'translate'];
  for (const name of (await readdir(testSiteDir)).filter((name) => name.endsWith('.html'))) {
    const markup = await readFile(path.join(testSiteDir, name), 'utf8');
    for (const [, tag, attributes] of markup.matchAll(/<([a-z][a-z0-9]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)) {
      if (!isThere(elements[tag])) lackingParts.add(tag);
      for (const [, attribute] of attributes.matchAll(/\s([\w-]+)(?:="[^"]*")?/g))
        if (!hints.includes(attribute) && !isThere(elements[tag]?.[attribute] ?? common[attribute])) lackingParts.add(`${tag}[${attribute}]`);
    }
  }
  assert.deepEqual([...lackingParts].sort(), ['dialog']);
});
