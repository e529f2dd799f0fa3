// Registers the elements when it is imported: built into one file, for pages without a bundler.
import { define } from './elements.js';

define();
