// What search engines and link previews read: schema.org as JSON-LD.

/** How many products the first page lists without scripts, and describes. */
export const LISTED = 100;

/** @param {import('./shop-values.mjs').ShopValues} shop */
const seller = (shop) => ({ '@type': 'Organization', name: shop.legalName ?? shop.name });

/** @param {{ address: string, photo: string, description: { es: string } }} home @param {import('./shop-values.mjs').ShopValues} shop */
export const storeData = (home, shop) => ({
  '@type': 'Store',
  '@id': `${home.address}#store`,
  ...present({
    name: shop.name,
    legalName: shop.legalName,
    taxID: shop.rfc,
    description: home.description.es,
    url: home.address,
    image: home.photo,
    address: shop.address,
    email: shop.email,
    telephone: shop.phone,
  }),
  currenciesAccepted: 'MXN',
});

/** @param {import('./shop-values.mjs').ItemValues[]} items @param {import('./shop-values.mjs').ShopValues} shop */
export const listData = (items, shop) => ({
  '@type': 'ItemList',
  numberOfItems: items.length,
  itemListElement: items.slice(0, LISTED).map((item, at) => ({ '@type': 'ListItem', position: at + 1, item: product(item, shop) })),
});

/** @param {Omit<import('./shop-values.mjs').ItemValues, 'data'>} item @param {import('./shop-values.mjs').ShopValues} shop */
export const productData = (item, shop) => ({ '@context': 'https://schema.org', ...product(item, shop) });

/** @param {Omit<import('./shop-values.mjs').ItemValues, 'data'>} item @param {import('./shop-values.mjs').ShopValues} shop */
const product = (item, shop) => ({
  '@type': 'Product',
  ...present({ name: item.name.es, description: item.description.es, image: item.photo, sku: item.sku, url: item.address }),
  offers: {
    '@type': 'Offer',
    price: item.unitAmount,
    priceCurrency: 'MXN',
    availability: `https://schema.org/${item.isSoldOut ? 'SoldOut' : 'InStock'}`,
    url: item.address,
    seller: seller(shop),
  },
});

/** @param {Record<string, string | null>} fields @returns {Record<string, string>} those that say something */
const present = (fields) => /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(fields).filter(([, value]) => value)));

/** @param {unknown} value @returns {string} JSON that nothing in it can end as the text of a script element */
export const dataText = (value) =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
