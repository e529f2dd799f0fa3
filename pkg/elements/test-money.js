// The notice where payments move no real money. Earlier Workers do not say.
import { make } from './element.js';

const marks = { local: 'SANDBOX', demo: 'DEMO' };

/** Returns a notice where payments move no real money; otherwise nothing. */
export function testNotice(host) {
  const mark = marks[host.catalog?.environment];
  return mark ? [make('p', { part: 'test' }, host.word('test', { mark }))] : [];
}
