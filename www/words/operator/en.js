// Every word of the operator's desk, in English: each part has a file.
import cards from './en/cards.js';
import day from './en/day.js';
import desk from './en/desk.js';
import link from './en/link.js';
import lists from './en/lists.js';

export default { ...desk, ...lists, ...link, ...cards, ...day };
