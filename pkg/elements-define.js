// Registers the elements when it is imported: built into one file, for pages without a bundler.
import { define } from './elements.js';

const { origin, href } = new URL('elements.css', import.meta.url);

// The style sheet is beside this file, wherever a page has copied both to. A page loads this file from its Worker, unless it has a copy.
define(undefined, { stylesheet: href, worker: /^http/.test(origin) ? origin : undefined });
