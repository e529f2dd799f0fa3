// What runs in browsers uses only what the oldest supported ones know: `browserslist` in package.json.
import css from '@eslint/css';
import es from 'eslint-plugin-es-x';
import { browserApi } from './scripts/floor/script-rule.mjs';
import { browserStyle } from './scripts/floor/style-rule.mjs';

const floor = { rules: { 'browser-api': browserApi, 'browser-style': browserStyle } };

/** Syntax that one of the oldest supported browsers cannot read. Such a module does not run at all: there is no guard. */
const syntax = [
  'no-arbitrary-module-namespace-names',
  'no-class-static-block',
  'no-dynamic-import-options',
  'no-hashbang',
  'no-import-attributes',
  'no-json-modules',
  'no-private-in',
  'no-regexp-duplicate-named-capturing-groups',
  'no-regexp-lookbehind-assertions',
  'no-regexp-modifiers',
  'no-regexp-v-flag',
  'no-using-declarations',
];

/** Members of our own objects, whose names APIs have as well that are not everywhere. */
const own = [
  ...['address', 'check', 'day', 'draw', 'drop', 'element', 'forget', 'inputs', 'last', 'lines', 'lost', 'minutes', 'number'],
  ...['query', 'records', 'role', 'show', 'states', 'take', 'to'],
];

/** Without these a page is whole, if plainer: nuances of looks, printing, and media features that older browsers skip. */
const optional = [
  '@page',
  'accent-color',
  'color-scheme',
  'container-type',
  'cursor',
  'font-family',
  'forced-colors',
  'page',
  'scripting',
  'size',
  'text-size-adjust',
  'text-wrap',
  'user-select',
];

export default [
  {
    files: ['www/**/*.js', 'pkg/*.js', 'pkg/elements/*.js'],
    // Of these no page loads anything.
    ignores: ['pkg/server.js', 'pkg/incoming.js', 'pkg/verify.js', 'pkg/operator.js', 'pkg/node.js', 'pkg/*workerd.js', 'pkg/compago.js', 'pkg/webhook.js'],
    languageOptions: { ecmaVersion: 'latest', sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { es, floor },
    rules: { 'floor/browser-api': ['error', { own, ownFields: ['at'], assigning: ['element'] }], ...Object.fromEntries(syntax.map((name) => [`es/${name}`, 'error'])) },
  },
  {
    files: ['www/**/*.css'],
    language: 'css/css',
    plugins: { css, floor },
    rules: { 'floor/browser-style': ['error', { optional }] },
  },
];
