// A page of Solid with the elements; each mistake stands on a line that ends with the code of its error.
import 'compago-edge/elements/solid';
import type { CompagoPay } from 'compago-edge/elements';

export function Page({ sku, order }: { sku: string; order?: string }) {
  const onCreated = (event: CustomEvent<{ checkoutUrl: string }>) => event.preventDefault();
  return (
    <main>
      <compago-pay sku={sku} quantity={2} worker="https://shop.example" language="en" return-url="/gracias" shipping="none" class="buy" on:compago-created={onCreated} ref={(pay: CompagoPay) => console.log(pay.returnUrl)}>
        Call 222 123 4567.
      </compago-pay>
      <compago-pay sku={sku} cart on:compago-error={({ detail }) => console.warn(detail.code)} />
      <compago-cart shipping="estandar" on:compago-cart={({ detail }) => console.log(detail.items.length)} />
      <compago-order order={order} on:compago-status={({ detail }) => console.log(detail.status === 'paid')} hidden />
    </main>
  );
}

export const mistakes = [
  <compago-pay />, // TS2322
  <compago-pay sku="taza-barro" quantity="two" />, // TS2322
  <compago-pay sku="taza-barro" quantities={2} />, // TS2322
  <compago-order language="de" />, // TS2322
  <compago-cart on:compago-cart={({ detail }) => detail.status} />, // TS2339
];
