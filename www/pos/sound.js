// Two short tones for a payment. The switch is stored.
import { switches } from './kept.js';

/** Browsers allow sound only after user activation, and warn about earlier attempts. */
let speaker;

export const isOn = () => switches.read()?.sound !== false;

export function turn(on) {
  switches.write({ ...switches.read(), sound: on });
}

/** Enables sound at the next touch or key. Older browsers do not report user activation. */
export function prepare() {
  const begin = () => {
    if (speaker || !globalThis.AudioContext || !(navigator.userActivation?.isActive ?? true)) return;
    try {
      speaker = new AudioContext();
    } catch {
      // Without an audio device, the next touch tries again.
    }
  };
  for (const gesture of ['pointerup', 'keydown']) addEventListener(gesture, begin, { capture: true });
}

export async function chime() {
  if (!isOn() || !speaker) return;
  try {
    await speaker.resume();
  } catch {
    // Refused: the payment is shown all the same.
    return;
  }
  const start = speaker.currentTime + 0.02;
  tone(880, start);
  tone(1318.5, start + 0.14);
}

function tone(frequency, start) {
  const oscillator = new OscillatorNode(speaker, { frequency });
  const volume = new GainNode(speaker, { gain: 0 });
  oscillator.connect(volume).connect(speaker.destination);
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.25, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.4);
  oscillator.start(start);
  oscillator.stop(start + 0.42);
}
