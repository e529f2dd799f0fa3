// Registers the elements when it is imported: built into one file, for pages without a bundler.
import { define } from './elements.js';

// Beside this file, wherever a page has copied both to.
define(undefined, { stylesheet: new URL('elements.css', import.meta.url).href });
