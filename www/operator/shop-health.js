// Whether the shop can take orders, as far as the files that its merchant edits are concerned.
import { language } from '/lib/words.js';

const timeoutMs = 5_000;

/** The files, by their names in the Worker's answer. */
const files = ['shop', 'catalog'];

/** Returns the mistakes of each file, a line each; an empty list if it is valid. A file of which nothing is known is missing. */
export async function shopMistakes() {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeoutMs);
  try {
    const answer = await fetch('/healthz', { headers: { 'accept-language': language() }, signal: limit.signal });
    const health = await answer.json();
    return Object.fromEntries(files.map((file) => [file, mistakesOf(health[file])]).filter(([, mistakes]) => mistakes));
  } catch {
    return {};
  } finally {
    clearTimeout(timer);
  }
}

/** Returns undefined for a file that could not be checked. */
function mistakesOf({ status, problems = [] } = {}) {
  if (status === 'ok') return [];
  return status === 'unreadable' ? problems.map(({ detail }) => detail) : undefined;
}

/** Returns the names of the files that keep the shop closed. */
export const wrongFiles = (mistakes) => files.filter((file) => mistakes[file]?.length > 0);

/** Returns whether the shop may be closed for all that is known. */
export const isUnsure = (mistakes) => wrongFiles(mistakes).length === 0 && files.some((file) => !mistakes[file]);
