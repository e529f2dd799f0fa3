// What is configured, as the Worker reads it, with the names under which it is changed.

/** Each setting that is shown: the variable's name and its place in the Worker's answer. */
const SETTINGS = [
  ['MODE', 'environment'],
  ['SHOP_ORIGIN', 'shopOrigin'],
  ['STAFF_ORIGIN', 'staffOrigin'],
  ['EMBED_ORIGINS', 'embedOrigins'],
  ['COMPAGO_BASE_URL', 'compagoBaseUrl'],
  ['CHECKOUT_ORIGINS', 'checkoutOrigins'],
  ['WEBHOOK_URL', 'webhookUrl'],
  ['RETAIN_DAYS', 'retainDays'],
  ['SOLE_CHARGER', 'soleCharger'],
];

const LIMITS = [
  ['LIMIT_CREATE_PER_MINUTE', 'createPerMinute'],
  ['LIMIT_OPEN_PER_ADDRESS', 'openPerAddress'],
  ['LIMIT_OPEN_PER_NETWORK', 'openPerNetwork'],
  ['LIMIT_OPEN_PER_SHOP', 'openPerShop'],
  ['LIMIT_CHARGE_PER_MINUTE', 'chargePerMinute'],
  ['LIMIT_FAILURES_PER_MINUTE', 'failuresPerMinute'],
];

export function configurationSections(settings, tools) {
  const { counted, element, number, soft, word } = tools;
  const text = (key, given) => {
    if (key === 'environment') return word(`settings.environment.${given}`) || given;
    if (key === 'retainDays') return counted('settings.days', given);
    if (key === 'soleCharger') return word(given ? 'settings.yes' : 'settings.notKnown');
    const values = [given ?? []].flat();
    return values.length > 0 ? values.map((value) => element('span', { className: 'line', textContent: value })) : soft(word('settings.none'));
  };
  const rows = SETTINGS.map(([name, key]) => ({ name, label: word(`settings.${key}`), value: text(key, settings[key]) }));
  const { limits: most } = settings;
  const limits = LIMITS.map(([name, key]) => ({ name, label: word(`limits.${key}`), value: number(most[key]) }));
  return [
    part('settings.configuration', element('p', { className: 'soft', textContent: word('settings.configurationText') }), rows, tools),
    part('limits.title', undefined, limits, tools),
    element('p', { className: 'soft', textContent: `${word('settings.version')} ${settings.version}` }),
  ];
}

function part(key, about, rows, tools) {
  const { code, element, word } = tools;
  const title = element('h2', { id: key.replace('.', '-'), textContent: word(key) });
  const list = rows.map(({ name, label, value }) =>
    element('div', {}, element('dt', {}, `${label} `, code(name)), element('dd', {}, ...[value].flat())),
  );
  return element(
    'section',
    { attributes: { 'aria-labelledby': title.id } },
    title,
    ...(about ? [about] : []),
    element('dl', { className: 'facts configuration' }, ...list),
  );
}
