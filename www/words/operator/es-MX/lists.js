// What needs a person, payments, orders and their stories.
export default {
  'attention.title': 'Por atender',
  'payments.title': 'Pagos',
  'orders.title': 'Pedidos',
  'story.title': 'Historia',
  'webhooks.title': 'Avisos a tu sistema',
  'reconciliation.title': 'Conciliación',
};
