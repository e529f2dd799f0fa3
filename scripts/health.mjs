import { Failure } from './failure.mjs';
import { askLocally } from './loopback.mjs';

/**
 * Makes sure that the Worker has all it needs: it answers without, but it takes no order.
 *
 * @param {string} url of the Worker
 */
export async function checkConfigured(url) {
  const { text } = await askLocally(`${url}/healthz`, { headers: { 'accept-language': 'en' } });
  const complaint = complaintOf(JSON.parse(text));
  if (complaint) throw new Failure(complaint);
}

/**
 * What /healthz answers.
 *
 * @typedef {{ status: string, missing: string[], malformed: string[], reasons?: Record<string, string>,
 *   catalog?: { status?: string, problems?: { detail: string }[] } }} Health
 */

/** @param {Health} health @returns {string | undefined} what is wrong: a line about the settings, and one for each mistake in the catalog */
export function complaintOf({ status, missing, malformed, reasons = {}, catalog }) {
  if (status === 'ok') return undefined;
  const lines = missing.length + malformed.length > 0 ? [complaintOfSettings({ missing, malformed, reasons })] : [];
  if (catalog?.status === 'unknown') lines.push('The Worker cannot read shop/catalog.json at the moment.');
  return [...lines, ...(catalog?.problems ?? []).map(({ detail }) => detail)].join('\n');
}

/** @param {Required<Pick<Health, 'missing' | 'malformed' | 'reasons'>>} health */
function complaintOfSettings({ missing, malformed, reasons }) {
  const why = (/** @type {string} */ name) => (reasons[name] ? `${name} (${reasons[name]})` : name);
  const kinds = [missing.length > 0 && `missing: ${missing.join(', ')}`, malformed.length > 0 && `malformed: ${malformed.map(why).join(', ')}`];
  return `The Worker cannot take orders with these settings; ${kinds.filter(Boolean).join('; ')}.`;
}
