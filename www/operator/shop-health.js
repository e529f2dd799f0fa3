// Whether the shop can take orders, as far as its catalog is concerned.
import { language } from '/lib/words.js';

const timeoutMs = 5_000;

/** Returns the mistakes of the catalog, a line each; an empty list if it is valid, undefined if unknown. */
export async function catalogMistakes() {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  try {
    const answer = await fetch('/healthz', { headers: { 'accept-language': language() }, signal: limit.signal });
    const { catalog } = await answer.json();
    return { ok: () => [], unreadable: () => catalog.problems.map(({ detail }) => detail) }[catalog.status]?.();
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
