import { Failure } from './failure.mjs';
import { askLocally } from './loopback.mjs';

/**
 * Makes sure that the Worker has all it needs: it answers without, but it takes no order.
 *
 * @param {string} url of the Worker
 */
export async function checkConfigured(url) {
  const { text } = await askLocally(`${url}/healthz`);
  const complaint = complaintOf(JSON.parse(text));
  if (complaint) throw new Failure(complaint);
}

/**
 * @param {{ status: string, missing: string[], malformed: string[], reasons?: Record<string, string> }} health what /healthz answers
 * @returns {string | undefined} what is wrong, in one line
 */
export function complaintOf({ status, missing, malformed, reasons = {} }) {
  if (status === 'ok') return undefined;
  const why = (/** @type {string} */ name) => (reasons[name] ? `${name} (${reasons[name]})` : name);
  const kinds = [missing.length > 0 && `missing: ${missing.join(', ')}`, malformed.length > 0 && `malformed: ${malformed.map(why).join(', ')}`];
  return `The Worker cannot take orders with these settings; ${kinds.filter(Boolean).join('; ')}.`;
}
