// Whether the shop can take orders, as far as its catalog goes.
import { language } from '/lib/words.js';

const timeoutMs = 5_000;

/** What is wrong with the shop's catalog, a line for each mistake; none if it can be read; undefined if that is not known. */
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
