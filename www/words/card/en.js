// Every word of the page that saves a card, in English.
export default {
  otherLanguage: 'Español',
  pageTitle: '{headline} · Casa Jacaranda',

  loading: 'Looking up your link',
  save: 'Save your card',
  saveText: 'The shop can then charge it what you agree on, without asking for its details again.',
  promiseNothing: 'You are charged nothing today: the card is only verified, with a charge that is voided at once.',
  promiseSafe: 'You type its details into Compago’s secure form. The shop neither sees nor keeps them.',
  expires: 'The link expires',
  deviceTime: '{time} (your device’s time)',
  goToForm: 'Go to the secure form',
  formTitle: 'Compago’s secure form to save your card',
  formMissing: 'Is the form not showing?',
  openForm: 'Open it on its own page',

  checking: 'We are confirming your card',
  checkingText: 'It usually takes a few seconds. You may close this page: the shop is notified automatically.',
  notFinished: 'Did you not finish?',
  backToForm: 'Back to the form',

  active: 'Your card is saved',
  activeText: 'You were charged nothing: the verification charge is voided. The shop can now charge what you agree on.',
  card: 'Card',
  ending: '{name} ending in {digits}',
  backToShop: 'Back to the shop',

  expired: 'The link expired',
  expiredText: 'No card was saved. Ask the shop for a new link.',
  endedText: 'It can no longer be used. If you did not get to save your card, ask the shop for a new link.',
  revoked: 'This card is no longer saved',
  revokedText: 'The shop can no longer charge it. If you want to save it again, ask for a new link.',
  unknown: 'We are reviewing your card',
  unknownText: 'We do not know yet whether it is saved. Please do not save it again: this page tells you as soon as it is known.',
  missing: 'We could not find this link',
  missingText: 'It may be incomplete. Open it again as the shop gave it to you, or ask for a new one.',
  stuck: 'We could not look up your card',
  stuckText: 'If you have saved it, all is well: the shop is notified automatically. Try again in a moment.',
  tryAgain: 'Try again',
  help: 'Questions? Write to {email}.',

  framed: 'You are done here',
  framedText: 'The shop’s page tells you in a moment how your card stands.',

  offlineWait: 'You’re offline. We’ll continue as soon as you’re back online.',
  'wait.slow': 'This is taking longer than usual. We’re still trying.',
};
