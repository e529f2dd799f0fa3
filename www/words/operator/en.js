// Every word of the operator's desk, in English: each part has a file.
import desk from './en/desk.js';
import lists from './en/lists.js';

export default { ...desk, ...lists };
