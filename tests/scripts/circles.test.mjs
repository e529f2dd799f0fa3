// Modules that use each other in a circle are refused, each with the files that close it.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkImports } from '../../scripts/circles.mjs';
import { rustImports } from '../../scripts/rust-imports.mjs';

/** A crate's sources on disk. @param {import('node:test').TestContext} context @param {Record<string, string>} files */
async function crate(context, files) {
  const sources = await mkdtemp(path.join(os.tmpdir(), 'circles-'));
  context.after(() => rm(sources, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(sources, name)), { recursive: true });
    await writeFile(path.join(sources, name), text);
  }
  return sources;
}

/** What the check says of a crate; nothing if all is well. @param {string} sources @param {Record<string, string[]>} [mayUse] */
const complaint = (sources, mayUse) =>
  checkImports([{ name: 'planted', sources, mayUse }]).then(
    () => '',
    ({ message }) => message.replaceAll(`${sources}/`, ''),
  );

test('our own crates have no circle, and point in the declared direction', () => checkImports());

test('a circle is found, and named with its files', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod order;\nmod list;\nmod store;\n',
    'order.rs': 'use crate::list::Item;\npub struct Order;\n',
    'list.rs': '//! A list.\nuse crate::store::Row;\npub struct Item;\n',
    'store.rs': 'pub struct Row;\nfn show() {\n    let _ = crate::order::Order;\n}\n',
  });
  assert.equal(
    await complaint(sources),
    [
      'planted: a circle of modules: list -> store -> order -> list',
      '  list uses store: list.rs:2',
      '  store uses order: store.rs:3',
      '  order uses list: order.rs:1',
    ].join('\n'),
  );
});

test('a circle inside a folder is found, also one that a re-export or a longer path hides', async (context) => {
  const hidden = await crate(context, {
    'lib.rs': 'mod edge;\n',
    'edge.rs': 'mod csv;\nmod payment;\npub use csv::Row;\n',
    'edge/csv.rs': 'use super::payment::view::{self, Amount as A};\npub struct Row;\n',
    'edge/payment.rs': 'pub mod view;\n',
    'edge/payment/view.rs': 'use super::super::{Row};\npub struct Amount;\n',
  });
  assert.match(await complaint(hidden), /a circle of modules in edge: csv -> payment -> csv\n {2}csv uses payment: edge\/csv\.rs:1/);
  assert.match(await complaint(hidden), /payment uses csv: edge\/payment\/view\.rs:1/);
});

test('a parent and its children count as one; tests, comments, texts and other crates are passed over', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod order;\nmod list;\n',
    'order.rs': 'mod store;\nuse store::Row;\nuse crate::list::Item;\npub struct Order(Row);\n',
    'order/store.rs': 'use super::Order;\nuse other::list::Item;\npub struct Row;\n',
    'list.rs': [
      '// crate::order::Order',
      '/* use crate::order::Order; */',
      "const TEXT: &str = \"crate::order\"; const RAW: &str = r#\"use crate::order;\"#; const QUOTE: char = '\"';",
      '#[cfg_attr(test, derive(Debug), checked(by = crate::order::Order, as = "[item]"))]',
      'pub struct Item<\'a>(&\'a str);',
      '#[cfg(test)]',
      'mod tests {',
      '    use crate::order::Order;',
      '}',
    ].join('\n'),
  });
  assert.equal(await complaint(sources), '');
  const used = await rustImports(sources);
  assert.ok(used.some(({ from, to }) => from.join('::') === 'order' && to.join('::') === 'list'));
});

test('an import against the declared direction is refused; a module that is not listed is on top', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod http;\nmod routes;\nmod extra;\nmod top;\n',
    'http.rs': 'use crate::routes::Route;\n',
    'routes.rs': 'pub struct Route(crate::extra::Extra);\n',
    'extra.rs': 'use other::Thing;\npub struct Extra;\n',
    'top.rs': 'fn f(_: crate::routes::Route) {}\n',
  });
  assert.equal(
    await complaint(sources, { http: [], routes: ['http'] }),
    [
      'planted: http.rs:1 uses routes, but http may use no other module only.',
      'planted: routes.rs:1 uses extra, but routes may use http only.',
    ].join('\n'),
  );
});

test('an item of the root is no way around the declared direction', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod http;\nmod value;\nmod top;\npub use value::Amount;\npub fn with_query() {}\n',
    'http.rs': 'use crate::with_query;\nuse crate::Amount;\nfn f() { super::with_query(); }\n',
    'value.rs': 'pub struct Amount;\n',
    'top.rs': 'use crate::with_query;\n',
  });
  assert.equal(
    await complaint(sources, { http: ['value'], value: [] }),
    [
      "planted: http.rs:1 uses an item of the crate's root, but http may use value only.",
      "planted: http.rs:3 uses an item of the crate's root, but http may use value only.",
    ].join('\n'),
  );
});

test('a second name for the root or a parent, and all names of a module at once, are refused', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod order;\nmod list;\n',
    'order.rs': 'use crate as root;\nuse crate::{self as again};\nuse super as parent;\nuse self as own;\npub struct Order;\n',
    'list.rs': 'use crate::order::*;\nuse other::prelude::*;\nuse other as another;\nuse crate::order as o;\n',
  });
  assert.equal(
    await complaint(sources),
    [
      'planted: list.rs:1 imports all of crate::order: name what is used.',
      'planted: order.rs:1 gives crate the name root: use the path itself.',
      'planted: order.rs:2 gives crate the name again: use the path itself.',
      'planted: order.rs:3 gives super the name parent: use the path itself.',
      'planted: order.rs:4 gives self the name own: use the path itself.',
    ].join('\n'),
  );
});

test('a path in the text of an attribute counts, other texts do not', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod http;\nmod routes;\n',
    'http.rs': [
      '#[derive(Serialize)]',
      'pub struct Answer {',
      '    #[serde(with = "crate::routes::y", rename = "crate")]',
      '    a: u8,',
      '    #[serde(default, with = r"super::routes::z")]',
      '    b: u8,',
      '    #[cfg_attr(test, schemars(with = "crate::routes::t"))]',
      '    c: u8,',
      '}',
      'const TEXT: &str = "crate::routes::y";',
    ].join('\n'),
    'routes.rs': 'pub mod y {}\n',
  });
  assert.equal(
    await complaint(sources, { http: [] }),
    [
      'planted: http.rs:3 uses routes::y, but http may use no other module only.',
      'planted: http.rs:5 uses routes, but http may use no other module only.',
    ].join('\n'),
  );
});

test('a path through an imported module counts as the module that it reaches', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod a;\nmod objects;\n',
    'a.rs': 'pub struct A;\n',
    'objects.rs': 'pub mod b;\npub mod c;\npub mod d;\n',
    'objects/b.rs': 'use crate::objects;\nuse std::fmt;\npub fn g() { objects::c::h(); fmt::format(); }\n',
    'objects/c.rs': 'use crate::objects as all;\npub fn h() { all::d::Item::new(); }\n',
    'objects/d.rs': 'use super::b;\npub struct Item;\npub fn i() { b::g(); }\n',
  });
  assert.equal(
    await complaint(sources),
    [
      'planted: a circle of modules in objects: b -> c -> d -> b',
      '  b uses c: objects/b.rs:3',
      '  c uses d: objects/c.rs:2',
      '  d uses b: objects/d.rs:1',
    ].join('\n'),
  );
});

test('what a returned type captures is no declaration; test modules with further attributes are passed over', async (context) => {
  const sources = await crate(context, {
    'lib.rs': 'mod order;\nmod list;\n',
    'order.rs': "pub fn lines<'a>(text: &'a str) -> impl Iterator<Item = u8> + use<'a> { crate::list::of(text) }\n",
    'list.rs': [
      'use crate::order::lines;',
      '#[cfg(test)]',
      '#[allow(clippy::unwrap_used, reason = "a failed unwrap [of any kind] is the failure # of the test")]',
      'mod tests {',
      '    use super::*;',
      '}',
    ].join('\n'),
  });
  assert.equal(
    await complaint(sources),
    ['planted: a circle of modules: list -> order -> list', '  list uses order: list.rs:1', '  order uses list: order.rs:1'].join('\n'),
  );
});
