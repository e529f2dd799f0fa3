// Registers the elements when it is imported, with the modules of the other entries, so that there is one class of each error.
import { define } from '../elements.js';

define();
