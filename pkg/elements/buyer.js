// What a buyer has typed: kept in the tab until an order is paid, one for all elements of a page that sell for the same Worker.
import { read, write } from './kept.js';

const placeOf = (worker) => `compago-buyer ${worker}`;

/** Returns what was typed, by the names of the fields, and the `method` of shipping that was chosen. */
export const readBuyer = (worker) => read(placeOf(worker)) ?? {};

export const writeBuyer = (worker, typed) => write(placeOf(worker), typed);

/** Forgets what was typed. */
export const forgetBuyer = (worker) => write(placeOf(worker), undefined);
