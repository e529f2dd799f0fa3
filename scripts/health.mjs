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
 * @typedef {{ status: string, version?: string, environment?: string, missing: string[], malformed: string[], reasons?: Record<string, string>,
 *   shop?: FileHealth, catalog?: FileHealth }} Health
 * @typedef {{ status?: string, problems?: { detail: string }[] }} FileHealth
 */

/** @param {Health} health @returns {string | undefined} what is wrong: a line about the settings, and one for each mistake in the shop's files */
export function complaintOf(health) {
  const { status, missing, malformed, reasons = {} } = health;
  if (status === 'ok') return undefined;
  const lines = missing.length + malformed.length > 0 ? [complaintOfSettings({ missing, malformed, reasons })] : [];
  return [...lines, ...complaintsOfFiles(health)].join('\n');
}

/** @param {Pick<Health, 'shop' | 'catalog'>} health @returns {string[]} a line for each mistake in the shop's files */
export function complaintsOfFiles({ shop, catalog }) {
  return Object.entries({ 'shop/shop.json': shop, 'shop/catalog.json': catalog }).flatMap(([file, health]) => [
    ...(health?.status === 'unknown' ? [`The Worker cannot read ${file} at the moment.`] : []),
    ...(health?.problems ?? []).map(({ detail }) => detail),
  ]);
}

/** @param {string} text of an answer @returns {Health | undefined} nothing unless it is what /healthz of this Worker answers */
export function healthOf(text) {
  try {
    const health = JSON.parse(text);
    const isHealth = ['ok', 'misconfigured'].includes(health?.status) && [health.missing, health.malformed].every(Array.isArray);
    return isHealth ? health : undefined;
  } catch {
    return undefined;
  }
}

/** @param {Required<Pick<Health, 'missing' | 'malformed' | 'reasons'>>} health */
function complaintOfSettings({ missing, malformed, reasons }) {
  const why = (/** @type {string} */ name) => (reasons[name] ? `${name} (${reasons[name]})` : name);
  const kinds = [missing.length > 0 && `missing: ${missing.join(', ')}`, malformed.length > 0 && `malformed: ${malformed.map(why).join(', ')}`];
  return `The Worker cannot take orders with these settings; ${kinds.filter(Boolean).join('; ')}.`;
}
