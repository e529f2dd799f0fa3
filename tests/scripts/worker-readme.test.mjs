// What the README of the package compago-edge-worker and that of a new shop say is so.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { filesBelow } from '../../scripts/mirror.mjs';
import { inRoot } from '../../scripts/paths.mjs';
import { commandsOf, wordsOf } from '../support/documents.mjs';

const ofPackage = 'worker/npm/README.md';
const ofShop = 'worker/npm/template/README.md';
const [packageText, shopText, help] = await Promise.all([ofPackage, ofShop, 'worker/npm/bin.js'].map((name) => readFile(inRoot(name), 'utf8')));
const template = await filesBelow(inRoot('worker/npm/template'));
const { scripts, engines } = JSON.parse(await readFile(inRoot('worker/npm/template/package.json'), 'utf8'));

/** What a document says in `code`, its blocks left out. @param {string} text */
const spans = (text) => [...text.replaceAll(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, code]) => code ?? '');

test('each command of npm is one of a shop, and each program one that is installed there', async () => {
  const commands = [...(await commandsOf(ofShop)), ...[...spans(shopText), ...spans(packageText)].filter((code) => /^(npm|npx) /.test(code))];
  assert.ok(commands.length > 10, commands.join('; '));
  for (const command of commands) {
    const [program, ...args] = wordsOf(command);
    const name = args[0] === 'run' ? args[1] : args[0];
    if (program === 'npx') assert.ok(['wrangler', 'compago-edge-worker'].includes(args[0] ?? ''), command);
    else assert.ok(['install', 'update'].includes(name ?? '') || (name ?? '') in scripts, command);
  }
});

test('the package describes each of its commands, and no other', () => {
  const described = [...packageText.matchAll(/^\| `([a-z]+)/gm)].map(([, name]) => name);
  assert.deepEqual(described, [...help.matchAll(/^ {2}([a-z]+) .* {2}/gm)].map(([, name]) => name));
});

test('the files that they name are in a new shop', () => {
  const named = [...shopText.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name ?? '');
  for (const name of named) assert.ok(template.some((file) => new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '[^/]+')}`).test(file)), name);
  assert.equal(named.length, 12, 'each in both languages');
});

test('the documents that they lead to are there', () => {
  const links = [packageText, shopText].flatMap((text) => [...text.matchAll(/compago-edge\/blob\/main\/([\w./-]+)/g)].map(([, name]) => name ?? ''));
  assert.ok(links.length > 6);
  for (const name of links) assert.ok(existsSync(inRoot(name)), name);
});

test('they name the Node that is needed', () => {
  const version = /\d+\.\d+\.\d+/.exec(engines.node)?.[0] ?? '';
  assert.ok(packageText.includes(`${version} or newer`) && shopText.includes(`${version} or newer`) && shopText.includes(`${version} o más reciente`));
});
