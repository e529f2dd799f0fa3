// What is sent with a link: whose it is, what for, until when, and whom to ask.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { shop as testShop } from '../support/shop.mjs';
import { startBrowsing } from './support/browsing.mjs';
import { untilHeading } from './support/desk.mjs';
import { ORDERS, fillIn, linkOn, make } from './support/link-desk.mjs';
import { forgetSession, open, signIn } from './support/operator.mjs';
import { answers } from './support/shopper.mjs';

const world = await startBrowsing();
after(() => world.stop());

/** @typedef {import('playwright-core').Page} Page */

const { name: shop, phone, email } = testShop;
const until = {
  'es-MX': /\d+ de \w+ de \d{4} a las? \d+:\d\d [ap]\.m\., hora de la Ciudad de México/,
  en: /\w+ \d+, \d{4} at \d+:\d\d [AP]M, Mexico City time/,
};

/** What is sent, by each way. @param {Page} page @param {string} [label] of the e-mail's link */
async function sent(page, label = 'Correo') {
  const hrefOf = async (/** @type {string} */ name) =>
    new URL(await page.getByRole('link', { name, exact: true }).getAttribute('href') ?? '');
  const [chat, mail] = [await hrefOf('WhatsApp'), await hrefOf(label)];
  assert.equal(chat.origin, 'https://wa.me');
  assert.deepEqual([...chat.searchParams.keys()], ['text'], 'what people typed adds nothing to the address');
  assert.deepEqual([...mail.searchParams.keys()], ['subject', 'body']);
  const text = chat.searchParams.get('text') ?? '';
  assert.equal(mail.searchParams.get('body'), text.replaceAll('\n', '\r\n'));
  return { number: chat.pathname.slice(1), to: decodeURIComponent(mail.pathname), subject: mail.searchParams.get('subject'), text };
}

/** A text in which the end of the link is a word. @param {string} text @param {RegExp} when */
const withoutEnd = (text, when) => {
  assert.match(text, when);
  return text.replace(when, 'END');
};

/** Sends Ana's name to the Worker, whatever was typed: it takes fewer names than a page may show. @param {Page} page */
const sendAna = (page) =>
  page.route(ORDERS, (route) => {
    const typed = route.request().postDataJSON();
    return route.continue({ postData: JSON.stringify({ ...typed, billingInformation: { ...typed.billingInformation, firstName: 'Ana' } }) });
  });

test('a payment link is sent in the shop\'s name to its payer: by WhatsApp to their number, by e-mail to their address', async () => {
  const { page, close } = await open(world, 'view=link');
  const link = await make(page);
  const reference = new URL(page.url()).searchParams.get('reference');
  const { number, to, subject, text } = await sent(page);
  assert.equal(number, '525512340000');
  assert.equal(to, 'ana@example.com');
  assert.equal(subject, `[SANDBOX] ${shop}: enlace para pagar $1,250.50 MXN`);
  assert.equal(
    withoutEnd(text, until['es-MX']),
    `[SANDBOX] Hola, Ana: ${shop} te comparte el enlace para pagar $1,250.50 MXN (Factura 881, mantenimiento). Vence el END. Referencia ${reference}.\n¿Dudas o no lo esperabas? Llama al ${phone} o escribe a ${email}.\n${link}`,
  );

  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Email', exact: true }).waitFor();
  const english = await sent(page, 'Email');
  assert.equal(english.subject, `[SANDBOX] ${shop}: link to pay $1,250.50 MXN`);
  assert.equal(
    withoutEnd(english.text, until.en),
    `[SANDBOX] Hi Ana. ${shop} sent you this link to pay $1,250.50 MXN (Factura 881, mantenimiento). It expires on END. Reference ${reference}.\nQuestions, or didn’t expect this? Call ${phone} or write to ${email}.\n${link}`,
  );
  await close();
});

test('who pays is known to the page that created the link alone, until it is closed or somebody signs out', async () => {
  const { page, close } = await open(world, 'view=link');
  const known = async () => {
    await page.getByLabel('Enlace', { exact: true }).waitFor();
    const { number, to, text } = await sent(page);
    return { number, to, isGreeted: text.includes('Hola, Ana:') };
  };
  const nobody = { number: '', to: '', isGreeted: false };
  await make(page);
  assert.deepEqual(await known(), { number: '525512340000', to: 'ana@example.com', isGreeted: true });
  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
  assert.doesNotMatch(kept, /Ana|5512340000|ana@/);
  await page.reload();
  assert.deepEqual(await known(), nobody);

  await page.goto(`${world.url}/operator?view=link`);
  await make(page);
  await page.getByRole('button', { name: 'Salir' }).click();
  forgetSession(world);
  await signIn(page);
  assert.deepEqual(await known(), nobody);
  assert.match((await sent(page)).text, /^\[SANDBOX\] Hola: /);
  await close();
});

test('WhatsApp opens with the number of the payer, however it was typed and of any country', async () => {
  const { page, close } = await open(world, 'view=link');
  for (const [typed, number] of [['+1 (415) 555-0132', '14155550132'], ['+65 8123 4567', '6581234567'], ['+52 1 55 1234 0000', '525512340000'], ['044 55 1234 0000', '525512340000']]) {
    await page.goto(`${world.url}/operator?view=link`);
    await fillIn(page);
    await page.getByLabel('Teléfono', { exact: true }).fill(typed);
    await page.getByRole('button', { name: /^Crear enlace/ }).click();
    await page.waitForURL(/reference=/);
    await linkOn(page);
    assert.equal((await sent(page)).number, number, typed);
  }
  await close();
});

for (const [what, name, concept, shown] of /** @type {[string, string, string, string?][]} */ ([
  ['quotes and signs of addresses', 'María “Güera” O\'Neil & Hijos', 'Mesa "4" & 50% + café #2 ?x=1 <b>{sum}</b>'],
  ['emoji', '🌮 Ñoño 👩🏽‍🍳', 'Cena 🎉 para 2 👨‍👩‍👧'],
  ['line breaks and controls of direction', 'Ana\u2028Bcc: otra@example.com', 'Renta\nnoviembre\u2028y \u202Ediciembre\u202C', 'Renta noviembre y diciembre'],
  ['all that fits', 'N'.repeat(250), '😀'.repeat(125)],
])) {
  test(`a name and a concept with ${what} stay text in one line, before the link`, async () => {
    const { page, close } = await open(world, 'view=link');
    await page.route(/\/api\/operator\/orders\/[^/]+watch=true/, async (route) => {
      const response = await route.fetch();
      const detail = await response.json();
      await route.fulfill({ response, json: { ...detail, order: { ...detail.order, description: concept } } });
    });
    await sendAna(page);
    await fillIn(page);
    await page.getByLabel('Nombre(s)', { exact: true }).fill(name);
    await page.getByRole('button', { name: /^Crear enlace/ }).click();
    await page.waitForURL(/reference=/);
    const link = await linkOn(page);
    const reference = new URL(page.url()).searchParams.get('reference');
    const { subject, to, text } = await sent(page);
    assert.equal(to, 'ana@example.com');
    assert.equal(subject, `[SANDBOX] ${shop}: enlace para pagar $1,250.50 MXN`);
    assert.equal(
      withoutEnd(text, until['es-MX']),
      `[SANDBOX] Hola, ${name.replace('\u2028', ' ')}: ${shop} te comparte el enlace para pagar $1,250.50 MXN (${shown ?? concept}). Vence el END. Referencia ${reference}.\n¿Dudas o no lo esperabas? Llama al ${phone} o escribe a ${email}.\n${link}`,
    );
    await close();
  });
}

test('a message about real money has no mark, one of the demo has its own', async () => {
  const { page, close } = await open(world, 'view=link');
  for (const [environment, start] of [['production', 'Hola, Ana:'], ['demo', '[DEMO] Hola, Ana:']]) {
    await page.goto(`${world.url}/operator?view=link`);
    await page.evaluate((mode) => (document.documentElement.dataset.environment = mode), environment);
    await make(page);
    const { subject, text } = await sent(page);
    assert.ok(text.startsWith(start), text);
    assert.equal(subject, `${start.replace('Hola, Ana:', '')}${shop}: enlace para pagar $1,250.50 MXN`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.handout .paper-mark').count(), environment === 'demo' ? 1 : 0);
    await page.emulateMedia({ media: 'screen' });
  }
  await close();
});

test('the link of a card says what it is, that nothing is charged today, and whom to ask', async () => {
  const { page, close } = await open(world, 'view=cards&new=card');
  for (const { label, value } of answers('es-MX').slice(0, 4)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel('Para qué se usará (opcional)').fill('la mensualidad del "taller".');
  const asked = page.waitForRequest(/\/api\/operator\/payment-methods$/);
  await page.getByRole('button', { name: 'Crear el enlace' }).click();
  assert.doesNotMatch((await asked).postData() ?? '', /mensualidad/, 'only the message has it');
  await untilHeading(page, 'Tarjeta pendiente');
  const link = await linkOn(page);
  const { number, to, subject, text } = await sent(page);
  assert.deepEqual([number, to, subject], ['525512340000', 'ana@example.com', `[SANDBOX] ${shop}: enlace para guardar tu tarjeta`]);
  const [intro, today, contact, end, url] = withoutEnd(text, until['es-MX']).split('\n');
  assert.equal(intro, `[SANDBOX] Hola, Ana: ${shop} te comparte el enlace para guardar tu tarjeta. La usará para: la mensualidad del "taller".`);
  assert.equal(today, 'Hoy no se te cobra nada: la tarjeta se verifica con un cargo que se cancela enseguida. Escribes los datos en el formulario seguro de Compago; la tienda no los ve.');
  assert.equal(contact, `Para pedir que se elimine, o si no esperabas este mensaje, llama al ${phone} o escribe a ${email}.`);
  assert.deepEqual([end, url], ['El enlace vence el END:', link]);

  // The tab knows the link again, and nobody's name; a shop may have no telephone.
  await page.reload();
  await page.getByLabel('Enlace', { exact: true }).waitFor();
  await page.evaluate(() => /** @type {any} */ (document.getElementById('paper-seller')).content.querySelector('[data-contact="phone"]').remove());
  await page.getByRole('button', { name: 'English' }).click();
  await page.getByRole('link', { name: 'Email', exact: true }).waitFor();
  assert.deepEqual(withoutEnd((await sent(page, 'Email')).text, until.en).split('\n'), [
    `[SANDBOX] Hi. ${shop} sent you this link to save your card for the charges that you agree on.`,
    'Nothing is charged today: the card is verified with a charge that is voided right away. You enter the card details in Compago’s secure form; the shop does not see them.',
    `To have it removed, or if you did not expect this message, write to ${email}.`,
    'The link expires on END:',
    link,
  ]);
  await close();
});
