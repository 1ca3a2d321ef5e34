import { lastName } from '../../app/intake/given';
import type { SourceText } from '../../app/sources/text';
import { visible } from '../../coredump/visible';
import type { FrameLine, Snapshot } from '../../session/types';
import { counted, grouped } from '../../ui/numbers';

/** `shapes.cpp:47:21`, the file by its last name; what is not known is left out. */
export function placeText({ file, line, column }: FrameLine): string {
  const name = file === null ? '?' : visible(lastName(file), 80);
  return name + (line === null ? '' : `:${line}`) + (line === null || column === null ? '' : `:${column}`);
}

/** Where the line is not in the file that was given: it is another version. Else null. */
export function versionProblem(source: SourceText, path: string, line: number | null): string | null {
  const count = source.starts.length;
  if (line === null || line <= count) return null;
  return `${visible(lastName(path), 80)} has ${counted(count, 'line')}, and the frame stands at line ${grouped(line)}: it is another version.`;
}

/** Why a frame has no line, and what helps. */
export function noLineText(snapshot: Snapshot): string {
  const fits = snapshot.modules.find(({ verdict }) => verdict === 'matches' || verdict === 'doubtful');
  if (fits === undefined) {
    const name = snapshot.dump.modules[0]?.name ?? '';
    return `No line is known for this frame. Drop ${name === '' ? "the program's .wasm" : visible(lastName(name), 80)} with debug information, or its debug file.`;
  }
  return `No line is known for this frame: ${visible(fits.name, 80)} has ${fits.debug}. Build with -g to get lines.`;
}
