// What the dialog says of the shop's rules, and of payments that move no real money. Earlier Workers say neither.
import { make } from './element.js';

const marks = { local: 'SANDBOX', demo: 'DEMO' };

/** Returns a notice where payments move no real money; otherwise nothing. */
export function testNotice(host) {
  const mark = marks[host.catalog?.environment];
  return mark ? [make('p', { part: 'test' }, host.word('test', { mark }))] : [];
}

/** Returns why the payer's data are asked for, with links to what the shop says of it. They open beside what was typed. */
export function legalNote(host) {
  const { shop } = host.catalog;
  if (!shop) return [];
  const names = ['privacyNotice', 'terms', 'returns'].filter((name) => /^https?:/.test(shop[name]));
  const links = names.flatMap((name) => [make('a', { href: shop[name], target: '_blank', rel: 'noopener' }, host.word(name)), ' ']);
  return [make('p', { part: 'note' }, host.word('dataUse')), make('p', { part: 'legal' }, ...links)];
}
