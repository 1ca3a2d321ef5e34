const KEY = 'wasmortem.hosts';
/** More than anybody will allow by hand. */
const MOST = 200;

/** The hosts (origins) that the user said may always be asked. */
export function allowedHosts(): readonly string[] {
  return withStorage((storage) => parseHosts(storage.getItem(KEY))) ?? [];
}

export function allowHosts(hosts: readonly string[]): void {
  const all = [...new Set([...allowedHosts(), ...hosts])].slice(-MOST);
  withStorage((storage) => storage.setItem(KEY, JSON.stringify(all)));
}

/** Every host is asked about again. */
export function forgetHosts(): void {
  withStorage((storage) => storage.removeItem(KEY));
}

/** What was stored, as far as it is what `allowHosts` stores: anything else may stand there. */
export function parseHosts(text: string | null): readonly string[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    if (!Array.isArray(value)) return [];
    return value.filter((one): one is string => typeof one === 'string' && isOrigin(one)).slice(0, MOST);
  } catch {
    return [];
  }
}

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Storage can be forbidden (by the user, in a frame): the page then asks each time. */
function withStorage<T>(use: (storage: Storage) => T): T | null {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
