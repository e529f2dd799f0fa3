// The settings: the first steps, keys and secrets, and what is configured. No value of a secret is shown but a new one, once.
import { replacePreservingFocus } from './replace-preserving-focus.js';
import { configurationSections } from './settings/configuration.js';
import { secretsSection } from './settings/secrets.js';
import { stepsSection } from './settings/steps.js';

export async function show(main, query, tools) {
  const { api, signal, title, word } = tools;
  let settings = await api.get('operator/settings');
  /** A new secret, as long as it is shown. */
  let rotated;
  draw();
  return translate;

  function draw() {
    // The answer to a press came after the view was left.
    if (signal.aborted) return;
    title(word('settings.title'));
    replacePreservingFocus(main, [
      stepsSection(settings, { onChecked: update }, tools),
      secretsSection(settings, rotated, onRotated, tools),
      ...configurationSections(settings, tools),
    ]);
  }

  function update(answer) {
    settings = answer;
    draw();
  }

  async function onRotated(answer) {
    rotated = answer;
    draw();
    tools.byId(answer ? 'rotate-secret' : 'rotate')?.focus();
    update((await api.tryGet('operator/settings').catch(() => undefined)) ?? settings);
  }

  /** Another language: the Worker's sentences are read again, and a secret that is shown stays. */
  async function translate() {
    draw();
    const answer = await api.tryGet('operator/settings').catch(() => undefined);
    if (answer) update(answer);
  }
}
