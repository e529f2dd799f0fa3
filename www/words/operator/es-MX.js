// Every word of the operator's desk, in Spanish of Mexico: each part has a file. The markup carries the same ones for the
// first paint.
import desk from './es-MX/desk.js';
import lists from './es-MX/lists.js';

export default { ...desk, ...lists };
