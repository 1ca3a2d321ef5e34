import { type DebugSections, openDebugInfo, type SourceLine } from '../../src/dwarf/debug-info';
import type { CodeRange } from '../../src/dwarf/model';
import { sectionsOf } from '../dwarf/sections';
import { random } from './mutations';

const LONGEST_MS = 5000;

/** One damage of one debug section. */
export interface DwarfMutation {
  readonly name: string;
  readonly section: string;
  readonly bytes: Uint8Array;
}

/** Cuts and changed bytes anywhere in the debug sections, as many in each; the same for the same seed. */
export function* dwarfMutations(
  content: Readonly<Record<string, Uint8Array>>,
  inEach: number,
  seed: number,
): Generator<DwarfMutation> {
  const next = random(seed);
  for (const [section, bytes] of Object.entries(content)) {
    if (!section.startsWith('.debug_') || bytes.length === 0) continue;
    for (let count = 0; count < inEach; count += 1) {
      // Half of them at the front, where the first unit's header and abbreviations are.
      const reach = next() < 0.5 ? Math.min(bytes.length, 256) : bytes.length;
      const place = Math.floor(next() * reach);
      const value = [null, 0x00, 0xff, (bytes[place] ?? 0) ^ 0x80, (bytes[place] ?? 0) ^ 0x01][
        Math.floor(next() * 5)
      ];
      if (value === null || value === undefined) {
        yield { name: `${section} cut at ${place}`, section, bytes: bytes.slice(0, place) };
        continue;
      }
      const copy = Uint8Array.from(bytes);
      copy[place] = value;
      yield { name: `${section} byte ${place} = 0x${value.toString(16)}`, section, bytes: copy };
    }
  }
}

/**
 * Opens damaged debug information and asks for lines and rows of bodies. Returns what is wrong, or null: nothing may
 * throw, take long, or answer what cannot be.
 */
export async function checkDwarf(
  content: Readonly<Record<string, Uint8Array>>,
  bodies: readonly CodeRange[],
  companions: readonly DebugSections[] = [],
): Promise<string | null> {
  const begun = performance.now();
  try {
    const info = await openDebugInfo(sectionsOf(content), companions);
    if (info === null) return content['.debug_info']?.length ? 'no DWARF' : null;
    for (const body of bodies) {
      const lines = await info.lines(body.start + ((body.end - body.start) >>> 1), body);
      if (!lines.every(isPossible)) return `lines ${JSON.stringify(lines)}`;
      let last = body.start;
      for (const { address } of await info.rows(body)) {
        if (address < last || address >= body.end) return `row at ${address} in ${body.start} to ${body.end}`;
        last = address;
      }
    }
    const strange = info.problems().find(({ offset, message }) => !(offset >= 0) || message === '');
    if (strange !== undefined) return `problem ${JSON.stringify(strange)}`;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
  const took = performance.now() - begun;
  return took < LONGEST_MS ? null : `${Math.round(took)} ms`;
}

function isPossible({ line, column }: SourceLine): boolean {
  return [line, column].every((number) => number === null || (Number.isInteger(number) && number > 0));
}

/** Some of the bodies, spread over the module. */
export function someBodies(bodies: readonly (CodeRange | null)[], count: number): CodeRange[] {
  const own = bodies.filter((body) => body !== null);
  const step = Math.max(1, Math.floor(own.length / count));
  return own.filter((_, index) => index % step === 0);
}
