/** Adds an item to the list under a key. Lists of hubs grow long, so they grow in place. */
export function add<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
