// Registers the elements when it is imported, by the modules that the package's other entries have: one class each, also for errors.
import { define } from '../elements.js';

define();
