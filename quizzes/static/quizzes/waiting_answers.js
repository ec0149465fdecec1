// Answers not yet acknowledged by the server, kept in IndexedDB: they outlive reloads and closed browsers.
// Where the browser keeps nothing (private windows), they wait in memory.

const STORE = "answers";

export function waitingAnswers(attempt) {
  const memory = new Map();
  const ready = open();
  const opened = ready.catch(() => null);

  async function inStore(mode, use) {
    const database = await opened;
    if (!database) return undefined;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = use(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    /** Rejected where nothing can be kept. */
    ready,
    /** One waiting change a slot: a newer one takes the place of an older. */
    async put(change) {
      memory.set(change.slot, change);
      await inStore("readwrite", (store) => store.put({ ...change, attempt })).catch(() => {});
    },
    async all() {
      const stored = await inStore("readonly", (store) => store.getAll(range(attempt))).catch(() => undefined);
      const changes = stored ? stored.map(({ attempt: _whose, ...change }) => change) : [...memory.values()];
      return changes;
    },
    /** Forgets the change, unless a newer one waits in its place. */
    async drop(change) {
      if (memory.get(change.slot)?.key === change.key) memory.delete(change.slot);
      await inStore("readwrite", (store) => {
        const found = store.get([attempt, change.slot]);
        found.onsuccess = () => {
          if (found.result?.key === change.key) store.delete([attempt, change.slot]);
        };
        return found;
      }).catch(() => {});
    },
    async clear() {
      memory.clear();
      await inStore("readwrite", (store) => store.delete(range(attempt))).catch(() => {});
    },
  };
}

function range(attempt) {
  return IDBKeyRange.bound([attempt, 0], [attempt, Number.MAX_SAFE_INTEGER]);
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("neu-guong-answers", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: ["attempt", "slot"] });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}
