// What a phone keeps until the server has it: the words of a form and its photos, in IndexedDB, by the form's name.
const open = () =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("bihuan", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("drafts");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const run = async (mode, act) => {
  const base = await open();
  return new Promise((resolve, reject) => {
    const asked = act(base.transaction("drafts", mode).objectStore("drafts"));
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }).finally(() => base.close());
};

export const read = (key) => run("readonly", (store) => store.get(key)).catch(() => undefined);
export const write = (key, value) => run("readwrite", (store) => store.put(value, key)).catch(() => undefined);
export const drop = (key) => run("readwrite", (store) => store.delete(key)).catch(() => undefined);
export const dropAll = async (prefix) => {
  const keys = await run("readonly", (store) => store.getAllKeys()).catch(() => []);
  for (const key of keys) if (key === prefix || key.startsWith(`${prefix}:`)) await drop(key);
};
