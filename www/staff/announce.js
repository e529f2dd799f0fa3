// Announces text to screen readers: the only place that does.
import { byId } from '/lib/dom.js';

export const announce = (text) => (byId('status').textContent = text);
