import type { RunState } from '../coredump/model';
import type { MemoryModel } from '../memory/memory-model';

/** Why a byte is what it is: the rest of a sentence that begins with its address. */
export function explainState(memory: MemoryModel, state: RunState, segment: number | null): string {
  const { index, override, rule, size } = memory;
  switch (state) {
    case 'captured':
      return `captured, segment ${segment}`;
    case 'zero-elided':
      return override === 'zero'
        ? 'known zero, set by you: no segment covers it'
        : `known zero: no segment covers it, ${rule?.short ?? ''}`;
    case 'missing':
      return override === 'missing'
        ? 'missing, set by you: no segment covers it'
        : 'missing from the dump: no segment covers it';
    case 'lost':
      return segment === null ? `lost: ${rule?.short ?? ''}` : 'lost: the file ends before it';
    case 'out-of-bounds':
      return `out of bounds: memory ${index} ends at ${size.toLocaleString('en-US')}`;
    case 'pending':
      return 'not indexed yet: no segment so far covers it';
  }
}
