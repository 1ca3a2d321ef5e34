import { type CodeTypes, readCodeTypes } from '../symbols/code-types';
import type { ModuleSymbols } from '../symbols/debug-module';
import type { OpenedFile } from './container';

const known = new WeakMap<ModuleSymbols, Promise<CodeTypes>>();

/** What a debug module says of its functions, read once for all who ask. @throws what its source throws. */
export function codeTypesOf(
  { file, symbols }: { readonly file: OpenedFile; readonly symbols: ModuleSymbols },
  signal: AbortSignal,
): Promise<CodeTypes> {
  const before = known.get(symbols);
  if (before !== undefined) return before;
  const reading = readCodeTypes(file.source, symbols.sections, signal);
  known.set(symbols, reading);
  // What was cut short is read anew.
  reading.catch(() => known.delete(symbols));
  return reading;
}
