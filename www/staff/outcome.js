// What a refusal tells of a request that moves money and may have been sent before.

/** Refusals that the Worker answers to the request itself: they hold for every try under its key. */
const outcomes = [
  'invalid-body',
  'not-found',
  'terminal-busy',
  'terminal-not-found',
  'intent-paid',
  'intent-unknown',
  'card-busy',
  'card-not-active',
  'payment-not-confirmed',
  'payment-refused',
  'refund-refused',
  'provider-refused',
];

/**
 * Whether a refusal tells what became of all tries. Any other turned one try away, such as for a session of another role, and
 * tells nothing of those before.
 */
export const isOutcome = ({ code }) => outcomes.includes(code);

/**
 * Whether the Worker refused this try before it did anything. What stands between here and the Worker can refuse as well, after
 * the Worker did it: that has no code.
 */
export const didNothing = ({ code, status }) =>
  code === 'misconfigured' || (status >= 400 && status < 500 && !['request-in-flight', 'unknown'].includes(code));
