import type { OffsetBase } from '../../app/code-place';
import type { Bytes } from '../../bytes/units';
import type { Disassembly } from '../../session/code-types';
import { hex } from '../../ui/numbers';

/** What each base is called. */
export const BASE_LABELS: Readonly<Record<OffsetBase, string>> = {
  function: 'function body',
  code: 'code section',
  file: 'file',
};

/** Where the function's body starts in a base. */
function originOf(base: OffsetBase, { start, codeStart }: Disassembly): number {
  if (base === 'function') return 0;
  return base === 'file' ? start : start - codeStart;
}

/** An offset from the body's start in a base: `+0x28`, `0x00009c`, `0x000231`, all of one width in a function. */
export function offsetText(offset: Bytes, base: OffsetBase, code: Disassembly): string {
  const origin = originOf(base, code);
  if (base === 'function') return `+${hex(offset)}`;
  return hex(origin + offset, Math.max(6, (origin + code.size).toString(16).length));
}

/** Characters of the widest offset. */
export function offsetWidth(base: OffsetBase, code: Disassembly): number {
  return offsetText(Math.max(0, code.size - 1), base, code).length;
}

export type GoTo =
  | { readonly kind: 'empty' }
  | { readonly kind: 'offset'; readonly offset: Bytes }
  | { readonly kind: 'function'; readonly index: number }
  | { readonly kind: 'error'; readonly message: string };

/**
 * What is typed into "Go to": `+0x28` from the function's start; `0x231` or `561` in the base that is shown; `func[12]`,
 * `func 12` or `f12` another function.
 */
export function parseGoTo(text: string, base: OffsetBase, code: Disassembly): GoTo {
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  const [, index] = /^f(?:unc)?\s*\[?\s*(\d{1,10})\s*\]?$/i.exec(typed) ?? [];
  if (index !== undefined) return { kind: 'function', index: Number(index) };
  const [, sign, digits] = /^(\+?)\s*(0x[0-9a-f]{1,12}|\d{1,15})$/i.exec(typed) ?? [];
  if (digits === undefined)
    return { kind: 'error', message: 'Expected an offset, as +0x28 or 0x231, or a function, as func[12]' };
  const offset = Number(digits) - (sign === '+' ? 0 : originOf(base, code));
  if (offset >= 0 && offset < code.size) return { kind: 'offset', offset };
  const last = offsetText(code.size - 1, sign === '+' ? 'function' : base, code);
  const first = offsetText(0, sign === '+' ? 'function' : base, code);
  return { kind: 'error', message: `${typed} is outside this function: ${first} to ${last}` };
}
