// What needs a person: the first thing an operator sees. Each item leads to its story.
export async function show(main, query, { api, element, empty, word, tellAttention }) {
  const list = await api.get('operator/attention', { page: query.get('page'), pageSize: 50 });
  tellAttention(list.count);
  main.replaceChildren(empty({ title: String(list.count) }));
}
