import type { Bytes, FileOffset } from '../bytes/units';
import type { Dump, FileInfo, Problem } from '../coredump/model';
import { visible } from '../coredump/visible';
import { capturedBytes, countStates, type MemoryModel } from '../memory/memory-model';
import type { NameCache } from './name-cache';
import { notesOf } from './notes';
import type { OpenDump } from './open-dump';
import { ownSources } from './own-names';
import type { Symbolizer } from './symbolizer';
import type { MemorySummary, Snapshot } from './types';

/** The page and the JSON show this many problems; more of them say nothing new. */
export const PROBLEM_LIMIT = 1000;

const count = (value: number): string => value.toLocaleString('en-US');

function fileInfo(open: OpenDump): FileInfo {
  const { cut } = open.walked;
  return {
    size: open.source.size ?? open.source.arrived,
    kind: open.kind,
    compression: open.file.gzip === null ? null : 'gzip',
    truncatedAt: cut?.at ?? null,
    claimedEnd: cut?.claimedEnd ?? null,
  };
}

/** The dump's model as far as it is known; a file that is no module has nothing in its lists. */
function dumpOf(open: OpenDump): Dump {
  const file = fileInfo(open);
  if (open.sniffed?.kind !== 'wasm') {
    const declarations = open.models().map(({ declaration }) => declaration);
    return {
      file,
      process: { name: null },
      threads: [],
      modules: [],
      instances: [],
      declarations,
      globals: [],
      sections: [],
    };
  }
  return { file, ...open.walked.assembled.dump, sections: open.walked.sections };
}

function problemsOf(open: OpenDump): Problem[] {
  const { sniffed, walked, file } = open;
  const problems: Problem[] = [];
  const whole = (message: string): void => void problems.push({ section: null, offset: null, message });
  if (sniffed !== null && sniffed.kind !== 'wasm') whole(sniffed.message);
  if (file.gzip !== null && file.gzip.damage !== null) whole(file.gzip.damage);
  if (file.gzip !== null && file.gzip.trailing !== null) {
    problems.push({
      section: null,
      offset: null,
      message: `Bytes that are not gzip follow at ${count(file.gzip.trailing)} of the compressed file; they are left out.`,
    });
  }
  if (sniffed?.kind !== 'wasm') return problems;
  if (sniffed.version !== 1 && walked.cut?.claimedEnd !== 8) {
    problems.push({ section: null, offset: 4, message: `Wasm version ${sniffed.version}, expected 1` });
  }
  if (walked.cut !== null) {
    const { at, claimedEnd, section } = walked.cut;
    const what =
      claimedEnd === null
        ? "a section's header goes on"
        : `${section === null ? unnamed(claimedEnd) : visible(section)} claims to end at ${count(claimedEnd)}`;
    problems.push({ section, offset: at, message: `The file ends at ${count(at)}; ${what}.` });
  }
  return [...problems, ...walked.problems, ...walked.assembled.problems, ...open.index.problems()].slice(
    0,
    PROBLEM_LIMIT,
  );
}

/** The header of a module is its first 8 bytes. */
const unnamed = (claimedEnd: FileOffset): string => (claimedEnd === 8 ? 'the header' : 'this section');

function memorySummary(open: OpenDump, model: MemoryModel): MemorySummary {
  const counts = countStates(model);
  return {
    declaration: model.declaration,
    size: model.size,
    segments: open.index.segmentsOf(model.index),
    captured: capturedBytes(model),
    gaps: model.rule?.state ?? 'missing',
    evidence: model.rule?.evidence ?? 'Not known yet: the data section is being indexed.',
    evidenceShort: model.rule?.short ?? 'indexing',
    override: model.override,
    counts: {
      captured: counts.captured,
      zero: counts['zero-elided'],
      missing: counts.missing,
      lost: counts.lost,
      pending: counts.pending,
    },
  };
}

function gzipNote(open: OpenDump): string | null {
  const { gzip, source } = open.file;
  if (gzip === null) return null;
  if (gzip.message !== null) return gzip.message;
  const inflated: Bytes = source.size ?? source.arrived;
  return `Opened from gzip: inflated to ${count(inflated)} bytes.`;
}

/** What the session knows of an open dump beside the dump itself. */
export interface Surroundings {
  readonly id: number;
  readonly version: number;
  readonly symbolizer: Symbolizer;
  readonly naming: NameCache;
}

/** Everything the page knows of the open dump, at this moment. */
export function snapshotOf(open: OpenDump, { id, naming, symbolizer, version }: Surroundings): Snapshot {
  const dump = dumpOf(open);
  const memories = open.models().map((model) => memorySummary(open, model));
  const names = naming.of(dump, [...ownSources(open), ...symbolizer.sources], symbolizer.demangle);
  return {
    id,
    version,
    name: open.name,
    sectionsKnown: open.sectionsKnown,
    dump,
    producer: open.producer,
    memories,
    segmentCount: open.index.table.length,
    problems: problemsOf(open),
    notes: notesOf(dump, open.producer, memories, gzipNote(open)),
    names,
    modules: symbolizer.modules(),
    symbolicating: symbolizer.working,
    causes: [],
    indexing: open.indexing,
  };
}
