// The one place from which the page speaks to a screen reader.
import { byId } from '/lib/dom.js';

export const say = (text) => (byId('status').textContent = text);
