// Formatters take longer to make than to answer, and are asked with every row: each is made once.

export function keeper<T>(): (key: string, make: () => T) => T {
  const kept = new Map<string, T>();
  return (key, make) => {
    let found = kept.get(key);
    if (found === undefined) kept.set(key, (found = make()));
    return found;
  };
}
