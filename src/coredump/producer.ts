import type { Bytes, FileOffset } from '../bytes/units';
import type { Layout, MemoryDeclaration, Producer, Thread } from './model';

/** The first segment of the data section and how many are declared: enough to tell the producers apart. */
export interface FirstSegment {
  readonly declared: number;
  readonly passive: boolean;
  readonly memory: number;
  readonly address: number;
  readonly fileOffset: FileOffset;
  readonly length: Bytes;
}

/** What the producers are told apart by. */
export interface ProducerEvidence {
  /** Custom names and section names, in file order. */
  readonly order: readonly string[];
  readonly threads: readonly Thread[];
  readonly memories: readonly MemoryDeclaration[];
  readonly instances: number;
  readonly first: FirstSegment | null;
  /** The file's size, or where its last section claims to end if it is cut off. */
  readonly claimedSize: Bytes;
}

const UNKNOWN_ORDER = 'no known producer writes these sections in this order';

/** Nothing is known, and nothing was looked at: other files than dumps. */
export const NO_PRODUCER: Producer = { name: 'unknown', generation: 'unknown', versions: '', evidence: '' };

/** What a Wizer snapshot is known by (json.md, "kind"). */
export const WIZER: Producer = {
  name: 'wizer',
  generation: 'unknown',
  versions: '',
  evidence: 'every segment is a maximal run of non-zero bytes, in ascending order; no start section',
};

const WASMTIME_ORDER = 'core memory global data coremodules coreinstances corestack';
/** Its serializer leaves out empty sections and puts custom ones last (fixtures wasmedge/crash, wasmedge/entry-trap). */
const WASMEDGE_OLD_ORDER = /^(memory )?(global )?core coreinstances coremodules corestack$/;
/** After 0.17 (its PR 5284) data is written too, and coreinstances is filled. */
const WASMEDGE_NEW_ORDER =
  /^(memory )?(global )?(data )?(core|coreinstances|coremodules|corestack)( core| coreinstances| coremodules| corestack){3,}$/;

const usesOnly = (threads: readonly Thread[], ...layouts: Layout[]): boolean =>
  threads.length > 0 && threads.every(({ layout }) => layout !== null && layouts.includes(layout));

const noValues = (threads: readonly Thread[]): boolean =>
  threads.every(({ frames }) =>
    frames.every(({ locals, stack }) => locals.length === 0 && stack.length === 0),
  );

/**
 * Whether the file is the whole linear memory with the coredump written over its head: the rewriter's way. Its one
 * segment runs to the end of the file, `min` is 0 and `max` the file's real size in pages (format.md section 3). The
 * declared address, and the length of the section around it, can be one off.
 */
export function isMemoryImage(
  evidence: Pick<ProducerEvidence, 'memories' | 'first' | 'claimedSize'>,
): boolean {
  const { first, memories, claimedSize } = evidence;
  const memory = memories[0];
  if (first === null || memory === undefined || memories.length !== 1) return false;
  if (first.declared !== 1 || first.passive || first.memory !== 0) return false;
  const end = first.fileOffset + first.length;
  const reachesEnd = end === claimedSize || end === claimedSize + 1;
  return memory.minimum === 0 && memory.maximum !== null && reachesEnd && memory.maximum === end;
}

/** Infers who wrote a coredump. The answer's evidence says what in the file speaks for it. */
export function inferProducer(evidence: ProducerEvidence): Producer {
  const order = evidence.order.join(' ');
  if (isMemoryImage(evidence)) {
    return {
      name: 'rewriter',
      ...crateVersions(evidence.threads),
      evidence:
        "the only segment runs to the end of the file, and the file is as long as the memory's maximum",
    };
  }
  if (order === WASMTIME_ORDER) {
    return {
      name: 'wasmtime',
      generation: 'wasmtime-14',
      versions: '14 or later',
      evidence:
        'the order of the sections: core, memory, global, data, coremodules, coreinstances, corestack',
    };
  }
  if (WASMEDGE_OLD_ORDER.test(order) && evidence.instances === 0) {
    return {
      name: 'wasmedge',
      generation: 'wasmedge-0.15',
      versions: '0.15 to 0.17',
      evidence: 'coremodules with an empty coreinstances, and no data section',
    };
  }
  if (WASMEDGE_NEW_ORDER.test(order) && order.includes('data ') && evidence.instances > 0) {
    return {
      name: 'wasmedge',
      generation: 'wasmedge-after-0.17',
      versions: 'after 0.17',
      evidence: 'the order of the sections: memory, global, data, then the four custom sections',
    };
  }
  if (/^core( corestack)+$/.test(order)) return stackOnly(evidence.threads);
  if (/^core( corestack)+ memory data$/.test(order)) return crate(evidence);
  return { ...NO_PRODUCER, evidence: UNKNOWN_ORDER };
}

/** `core` and `corestack` and nothing else. */
function stackOnly(threads: readonly Thread[]): Producer {
  const single = threads.length === 1 && threads[0]?.name === 'main';
  if (noValues(threads) && single && usesOnly(threads, 'L1')) {
    const first = threads[0]?.frames.every(({ instance }) => instance === 0) === true;
    if (first) {
      return {
        name: 'wasmtime',
        generation: 'wasmtime-10',
        versions: '10 to 13',
        evidence: 'only core and corestack, in the layout of the specification, every instance 0',
      };
    }
  }
  if (noValues(threads) && single && usesOnly(threads, 'L5')) {
    return {
      name: 'wasmtime',
      generation: 'wasmtime-7',
      versions: '7 to 9',
      evidence: 'only core and corestack, in layout L5',
    };
  }
  if (usesOnly(threads, 'L5', 'L6')) {
    const old = usesOnly(threads, 'L6');
    return {
      name: 'coredump-builder',
      generation: old ? 'crate-0.1' : 'crate-0.1.11',
      versions: old ? 'up to 0.1.10' : '0.1.11',
      evidence: 'only core and corestack, in layout L5 or L6',
    };
  }
  return { ...NO_PRODUCER, evidence: UNKNOWN_ORDER };
}

/** The sections of the coredump-builder crate, which Wasmer uses and gives no memory. */
function crate(evidence: ProducerEvidence): Producer {
  const { first, memories, threads } = evidence;
  const memory = memories[0];
  const one = first !== null && first.declared === 1 && !first.passive && first.address === 0;
  if (!one || memories.length !== 1 || memory === undefined || !noValues(threads)) {
    return { ...NO_PRODUCER, evidence: UNKNOWN_ORDER };
  }
  if (first.length === 0 && memory.minimum === 0) {
    const late = usesOnly(threads, 'L1', 'L2');
    return {
      name: 'wasmer',
      generation: late ? 'wasmer-7' : 'wasmer-3.2',
      versions: late ? '7 or later' : '3.2 to 6.1',
      evidence: 'the sections of the coredump-builder crate, with its memory left empty',
    };
  }
  return {
    name: 'coredump-builder',
    ...crateVersions(threads),
    evidence: 'the order of the sections: core, corestack, memory, data',
  };
}

/** The rewriter and coredump-builder share a repository and changed the layout in the same versions. */
function crateVersions(threads: readonly Thread[]): Pick<Producer, 'generation' | 'versions'> {
  if (usesOnly(threads, 'L1', 'L2')) return { generation: 'crate-0.2.2', versions: '0.2.2' };
  if (usesOnly(threads, 'L3', 'L4')) return { generation: 'crate-0.1.13', versions: '0.1.13 to 0.2.1' };
  if (usesOnly(threads, 'L5')) return { generation: 'crate-0.1.11', versions: '0.1.11, 0.1.12' };
  if (usesOnly(threads, 'L6')) return { generation: 'crate-0.1', versions: 'up to 0.1.10' };
  return { generation: 'unknown', versions: '' };
}
