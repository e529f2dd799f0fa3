// What needs a person, payments, orders and their stories.
export default {
  'attention.title': 'Needs attention',
  'payments.title': 'Payments',
  'orders.title': 'Orders',
  'story.title': 'Story',
  'webhooks.title': 'Webhooks',
  'reconciliation.title': 'Reconciliation',
};
