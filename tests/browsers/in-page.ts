/** What is looked for on a page: by role and accessible name, as a person with a screen reader would. */
export interface Query {
  readonly role: string;
  /** The name, or a regular expression for it between slashes; any name without. */
  readonly name?: string;
  /** Looked for only in there. */
  readonly within?: Query;
}

/** Something of the page, as it is now. */
export interface Found {
  readonly name: string;
  readonly text: string;
  readonly value: string;
  readonly selected: boolean;
  readonly checked: boolean;
  readonly focused: boolean;
  /** Has the focus, and the browser shows it. */
  readonly ringed: boolean;
  /** Its line below: `solid`, `dashed`; empty without one. */
  readonly underline: string;
  /** Where its middle is, in the window. */
  readonly x: number;
  readonly y: number;
}

/**
 * All that a query finds and a person sees, in the page's order. Runs in the page: it is handed over as text, so that nothing
 * from outside may be used in it.
 * @param show scrolls the first one into view before places are told.
 */
export function lookInPage(query: Query, show: boolean): Found[] {
  const ROLES: Readonly<Record<string, string>> = {
    button: 'button,summary',
    checkbox: 'input[type=checkbox]',
    combobox: 'select',
    heading: 'h1,h2,h3',
    radio: 'input[type=radio]',
    region: 'section[aria-label],section[aria-labelledby]',
    searchbox: 'input[type=search]',
    textbox: 'input:not([type]),input[type=text],input[type=url],textarea',
  };
  const words = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby')?.split(' ') ?? [];
    if (by.length > 0) return words(by.map((id) => document.getElementById(id)?.textContent).join(' '));
    const labels = 'labels' in element ? (element.labels as NodeListOf<HTMLElement> | null) : null;
    return words(element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent);
  };
  const is = (element: Element, name: string | undefined): boolean => {
    if (name === undefined) return true;
    const pattern = /^\/(.*)\/$/s.exec(name)?.[1];
    return pattern === undefined ? nameOf(element) === name : new RegExp(pattern).test(nameOf(element));
  };
  const all = ({ role, name, within }: Query): Element[] => {
    const roots: readonly ParentNode[] = within === undefined ? [document] : all(within);
    const selector = [`[role=${role}]`, ROLES[role]].filter((part) => part !== undefined).join();
    return roots
      .flatMap((root) => Array.from(root.querySelectorAll(selector)))
      .filter((element) => (element.getAttribute('role') ?? role) === role)
      .filter((element) => element.checkVisibility() && is(element, name));
  };
  const found = all(query);
  if (show) found[0]?.scrollIntoView({ block: 'nearest' });
  return found.map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const { textDecorationLine, textDecorationStyle } = getComputedStyle(element);
    return {
      name: nameOf(element),
      text: words(element instanceof HTMLElement ? element.innerText : element.textContent),
      value: 'value' in element ? String(element.value) : '',
      selected: element.getAttribute('aria-selected') === 'true',
      checked: 'checked' in element && element.checked === true,
      focused: element.contains(document.activeElement),
      ringed: element.matches(':focus-visible'),
      underline: textDecorationLine === 'underline' ? textDecorationStyle : '',
      x: left + width / 2,
      y: top + height / 2,
    };
  });
}

/** A file to drop: what a page is handed. */
export interface PageFile {
  readonly name: string;
  /** Its bytes in Base64. */
  readonly data: string;
}

/**
 * Drops files on the middle of the page, with the events of a drag from outside. As in a browser, nothing is dropped where
 * nobody takes it, and that is answered. Runs in the page.
 */
export function dropInPage(files: readonly PageFile[]): boolean {
  const transfer = new DataTransfer();
  for (const { name, data } of files) {
    const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
    transfer.items.add(new File([bytes], name));
  }
  const at = { clientX: innerWidth / 2, clientY: innerHeight / 2 };
  const send = (type: string): boolean => {
    const target = document.elementFromPoint(at.clientX, at.clientY) ?? document.body;
    return !target.dispatchEvent(
      new DragEvent(type, { ...at, bubbles: true, cancelable: true, dataTransfer: transfer }),
    );
  };
  return send('dragenter') && send('dragover') && send('drop');
}
