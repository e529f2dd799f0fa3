// A page of Vue with the elements; each mistake stands on a line that ends with the code of its error.
import 'compago-edge/elements/vue';
import type { GlobalComponents } from 'vue';

/** What a template may write. */
type Attributes<Name extends keyof GlobalComponents> = InstanceType<GlobalComponents[Name]>['$props'];

export const pay: Attributes<'compago-pay'> = { sku: 'taza-barro', quantity: 2, 'return-url': '/gracias', cart: true, class: 'buy', onCompagoCreated: (event) => event.preventDefault() };
export const cart: Attributes<'compago-cart'> = { worker: 'https://shop.example', onCompagoCart: ({ detail }) => console.log(detail.items.length) };
export const order: Attributes<'compago-order'> = { order: undefined, key: 'order', onCompagoStatus: ({ detail }) => console.log(detail.status === 'paid') };
export const Page = () => <compago-pay sku="taza-barro" shipping="none" cart onCompagoError={({ detail }) => console.warn(detail.code)} />;

export const nothing: Attributes<'compago-pay'> = {}; // TS2322
export const many: Attributes<'compago-pay'> = { sku: 'taza-barro', quantity: 'two' }; // TS2322
export const german: Attributes<'compago-order'> = { language: 'de' }; // TS2322
export const paid: Attributes<'compago-cart'> = { onCompagoCart: ({ detail }) => detail.status }; // TS2339
export const mistakes = [
  <compago-pay />, // TS2322
  <compago-order language="de" />, // TS2322
];
