// What the dialog says of the shop's rules. Earlier Workers do not say it.
import { make } from './element.js';

/** Returns why the payer's data are asked for, with links to what the shop says of it. They open beside what was typed. */
export function legalNote(host) {
  const { shop } = host.catalog;
  if (!shop) return [];
  const names = ['privacyNotice', 'terms', 'returns'].filter((name) => /^https?:/.test(shop[name]));
  const links = names.flatMap((name) => [make('a', { href: shop[name], target: '_blank', rel: 'noopener' }, host.word(name)), ' ']);
  return [make('p', { part: 'note' }, host.word('dataUse')), make('p', { part: 'legal' }, ...links)];
}
