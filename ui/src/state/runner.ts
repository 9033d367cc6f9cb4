// Runs one asynchronous piece of work at a time; a call during a run makes exactly one more run. A burst of
// changes from the core thus costs two reloads, not one each.

export function runner(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  const loop = async () => {
    do {
      again = false;
      await work();
    } while (again);
  };
  return () => {
    if (running) {
      again = true;
      return running;
    }
    running = loop().finally(() => (running = null));
    return running;
  };
}
