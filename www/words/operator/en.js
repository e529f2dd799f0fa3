// Every word of the operator's desk, in English: each part has a file.
import cards from './en/cards.js';
import charges from './en/charges.js';
import day from './en/day.js';
import desk from './en/desk.js';
import link from './en/link.js';
import lists from './en/lists.js';
import needs from './en/needs.js';
import reconciliation from './en/reconciliation.js';
import story from './en/story.js';

export default { ...cards, ...charges, ...day, ...desk, ...link, ...lists, ...needs, ...reconciliation, ...story };
