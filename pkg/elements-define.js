// The one module that registers the elements when it is imported.
import { define } from './elements.js';

define();
