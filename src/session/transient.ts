/**
 * The first part of the path under which `wasmortem open` serves the page. Host, port and token end with the command
 * and never come again, so the page keeps nothing there: what it kept, nobody would find again to remove it.
 */
export function transientFolder(token: string): string {
  return `open-${token}`;
}

/** Whether a page or its worker stands at an address that ends with the command. */
export function isTransient(pathname: string): boolean {
  return /^\/open-[\w-]{22}\//.test(pathname);
}
