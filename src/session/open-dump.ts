import type { GzipProgress } from '../bytes/gzip-source';
import { type ByteSource, sizeOf } from '../bytes/source';
import type { Bytes, FileOffset } from '../bytes/units';
import { WindowReader } from '../bytes/windows';
import { imageDeclaration } from '../coredump/assemble';
import { SNIFF_LENGTH, type Sniffed, sniff } from '../coredump/kind';
import type { FileKind, Producer } from '../coredump/model';
import { inferProducer, isMemoryImage, NO_PRODUCER, WIZER } from '../coredump/producer';
import { type IndexContext, MemoryIndex } from '../memory/memory-index';
import type { MemoryModel, Override } from '../memory/memory-model';
import { type IndexOutcome, indexData } from '../wasm/data-section';
import { type SectionHeader, sectionLabel } from '../wasm/sections';
import type { OpenedFile } from './container';
import { PausableSource } from './pausable-source';
import { ProgressClock } from './progress';
import { isDownloading, UNASKED } from './remote';
import type { Progress } from './types';
import { peekFirstSegment, WalkedFile, walkFile } from './walked-file';

/** Nothing left to index: what a file without a data section ends with. */
const NOTHING: IndexOutcome = { declared: 0, cut: false, problem: null };

/** What an open file has to tell: a picture that is worth showing, or how far the work is. */
export interface OpenDumpListener {
  readonly changed: () => void;
  readonly progress: (progress: Progress) => void;
}

/**
 * One open file and the work on it, from the first byte to the last segment: sniff, walk, small sections, then the data
 * section. What is known can be asked for at any time; `listener.changed` says when it is worth asking again.
 */
export class OpenDump {
  readonly name: string;
  readonly file: OpenedFile;
  readonly source: ByteSource;
  /** The same bytes, for what goes through many of them: on a server, what is looked at comes first. */
  readonly background: ByteSource;
  readonly walked = new WalkedFile();
  readonly overrides = new Map<number, Override>();
  /** null until the first bytes were looked at. */
  sniffed: Sniffed | null = null;
  /** The walk has ended, so every section is known. */
  sectionsKnown = false;
  index = new MemoryIndex([]);
  producer: Producer = NO_PRODUCER;
  indexing: Progress = { task: 'reading', done: 0, total: null, rate: 0, state: 'running', message: null };
  readonly #listener: OpenDumpListener;
  readonly #pausable: PausableSource;
  readonly #inflating = new ProgressClock('inflating');
  /** Sections that decide where segments belong, when the indexing began. */
  #indexedSpaces = -1;
  #failed = false;
  /** Bytes that the indexing of a dump on a server may fetch before it asks. */
  #unasked = UNASKED;

  constructor(file: OpenedFile, listener: OpenDumpListener) {
    this.name = file.name;
    this.file = file;
    this.source = file.source;
    this.background = file.gzip === null && file.remote !== null ? file.remote.as('background') : file.source;
    this.#pausable = new PausableSource(this.background);
    this.#listener = listener;
  }

  get kind(): FileKind {
    if (this.sniffed !== null && this.sniffed.kind !== 'wasm') return this.sniffed.kind;
    const { kind, startSection } = this.walked;
    return kind === 'module' && this.index.isSnapshot(startSection) ? 'snapshot' : kind;
  }

  /** The memories as far as they are indexed. */
  models(): MemoryModel[] {
    return this.index.models(this.#context(), this.overrides);
  }

  /** One of the memories; null where there is none of that index. */
  model(memory: number): MemoryModel | null {
    return this.index.model(memory, this.#context(), this.overrides);
  }

  #context(): IndexContext {
    const { dataSections, cut } = this.walked;
    return {
      kind: this.kind,
      producer: this.producer,
      dataSections,
      truncated: cut !== null || !this.sectionsKnown,
    };
  }

  /** Stops reading ahead: what is indexed stays usable. */
  pause(): void {
    if (this.indexing.state !== 'running') return;
    this.#pausable.pause();
    this.file.gzip?.stop();
    this.file.remote?.download?.stop();
    this.#report({ ...this.indexing, state: 'stopped', rate: 0 });
  }

  resume(): void {
    if (this.indexing.state !== 'stopped' || this.#failed) return;
    this.#report({ ...this.indexing, state: 'running', message: null });
    this.file.gzip?.resume();
    this.file.remote?.download?.resume();
    this.#unasked = Number.POSITIVE_INFINITY;
    this.#pausable.resume();
  }

  /** How far the compressed data is. At the limit all stands still until `resume`; the progress says why. */
  inflated({ compressed, message, state, total }: GzipProgress): void {
    const shown = this.indexing.state === 'running' && !isDownloading(this.file.remote);
    if (state === 'running' && shown) this.#report(this.#inflating.state(compressed, total, 'running'));
    if (state !== 'limit') return;
    this.#report({ ...this.#inflating.state(compressed, total, 'stopped'), message });
    this.#listener.changed();
  }

  /** How far the download of the whole file is. */
  downloaded(progress: Progress): void {
    if (this.indexing.state === 'running' && progress.state === 'running') this.#report(progress);
  }

  /** Does all the work. Resolves when the file is indexed to its end. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      await this.#run(signal);
    } catch (error) {
      this.#failed = true;
      this.#report({ ...this.indexing, rate: 0, state: 'stopped' });
      throw error;
    }
  }

  /** Nothing more arrives until `resume`: what has arrived is all there is to show. */
  #standsAtLimit(): boolean {
    return this.file.gzip?.state === 'limit';
  }

  async #run(signal: AbortSignal): Promise<void> {
    // A small file that inflates to a large one gets there before anybody listens.
    if (this.#standsAtLimit())
      this.#report({
        ...this.indexing,
        task: 'inflating',
        done: this.source.arrived,
        state: 'stopped',
        message: this.file.gzip?.message ?? null,
      });
    const head = await this.source.read(0, SNIFF_LENGTH, signal);
    const size = head.length < SNIFF_LENGTH ? head.length : this.source.size;
    let sniffed = sniff(head, size ?? Number.MAX_SAFE_INTEGER - 1);
    // The size decides only what is no module, and only then is a growing source waited for.
    if (sniffed.kind !== 'wasm' && size === null) sniffed = sniff(head, await sizeOf(this.source, signal));
    this.sniffed = sniffed;
    if (sniffed.kind === 'wasm') await this.#openWasm(head.length < 8 ? head.length : null, signal);
    else await this.#openOther(sniffed.kind, signal);
    this.#report({ ...this.indexing, done: this.source.arrived, total: this.source.arrived, state: 'done' });
    this.#listener.changed();
  }

  async #openOther(kind: FileKind, signal: AbortSignal): Promise<void> {
    this.sectionsKnown = true;
    if (kind !== 'memory-image') return;
    const size = await sizeOf(this.source, signal);
    this.index = new MemoryIndex([imageDeclaration(size)]);
    this.index.setImage(0, size, size);
    this.index.finish(NOTHING);
  }

  async #openWasm(cutHeader: FileOffset | null, signal: AbortSignal): Promise<void> {
    if (cutHeader !== null) {
      this.walked.cut = { at: cutHeader, claimedEnd: 8, section: null };
      this.sectionsKnown = true;
      this.index.finish(NOTHING);
      return;
    }
    const growing = this.source.size === null;
    let early: Promise<IndexOutcome> | null = null;
    const clock = new ProgressClock('reading');
    const onSection = ({ offset, size }: SectionHeader): void => {
      if (!growing) return;
      if (early === null && this.walked.data !== null) {
        early = this.#indexData(this.#startIndex(), signal);
        early.catch(() => undefined);
      }
      // The walk is about to wait for someone who looks at what there is: no other moment will come.
      const waits = this.#standsAtLimit() && offset + size > this.source.arrived;
      if (clock.snapshotDue() || waits) this.#listener.changed();
    };
    await walkFile(this.source, this.walked, onSection, signal);
    this.sectionsKnown = true;
    const image = await this.#conclude(signal);
    // A memory or a global that came after the data section may have changed where segments belong.
    const outdated = this.#indexedSpaces !== this.walked.spaces;
    const index = early === null || outdated || image !== null ? this.#startIndex() : this.index;
    this.#listener.changed();
    // The segment of a memory image is not what it declares, so it is checked and not taken.
    const into = image === null ? index : new MemoryIndex(this.walked.assembled.dump.declarations);
    const outcome = await (early === null || outdated ? this.#indexData(into, signal) : early);
    if (image !== null)
      index.setImage(image.lostBelow, image.claimedSize, this.source.size ?? this.source.arrived);
    index.finish(outcome);
    if (this.kind === 'snapshot') this.producer = WIZER;
  }

  /** Infers the producer, and whether the file is a memory image with the dump written over its head. */
  async #conclude(signal: AbortSignal): Promise<{ lostBelow: FileOffset; claimedSize: number } | null> {
    const { walked } = this;
    if (walked.kind !== 'coredump') return null;
    const { dump, listedInstances } = walked.assembled;
    const first = await peekFirstSegment(this.source, walked, signal);
    const size = this.source.size ?? this.source.arrived;
    const claimedSize = walked.claimedSize(size);
    const evidence = {
      order: walked.headers.map((header) => sectionLabel(header) ?? `section ${header.id}`),
      threads: dump.threads,
      memories: dump.declarations,
      instances: listedInstances,
      first,
      claimedSize,
    };
    this.producer = inferProducer(evidence);
    if (first === null || !isMemoryImage(evidence)) return null;
    // The section can be declared a byte shorter than its segment (fixture rewriter/short-section-022): what the walk
    // found behind it is the memory's last byte and no section.
    if (walked.cut?.claimedEnd === null) walked.cut = null;
    return { lostBelow: first.fileOffset, claimedSize: first.fileOffset + first.length };
  }

  #startIndex(): MemoryIndex {
    this.#indexedSpaces = this.walked.spaces;
    this.index = new MemoryIndex(this.walked.assembled.dump.declarations);
    return this.index;
  }

  async #indexData(index: MemoryIndex, signal: AbortSignal): Promise<IndexOutcome> {
    const { assembled, data, kind } = this.walked;
    if (data === null) return NOTHING;
    const end = data.offset + data.size;
    const clock = new ProgressClock('indexing');
    const begun = this.file.remote?.traffic.bytes ?? 0;
    return indexData({
      windows: new WindowReader(this.#pausable, data.offset, end, signal),
      section: { offset: data.offset, end },
      globals: assembled.globalValues,
      scanZeros: kind === 'module',
      visit: (segment) => index.visit(segment),
      onProgress: (at) => {
        const progress = clock.tick(at - data.offset, data.size);
        // While compressed data arrives, its progress is the one that says how long it will take.
        this.#pauseAfter(begun, at - data.offset, data.size);
        const arriving = this.file.gzip?.state === 'running' || isDownloading(this.file.remote);
        const shown = this.indexing.state !== 'stopped' && !arriving;
        if (progress === null) return;
        if (shown) this.#report(progress);
        if (clock.snapshotDue()) this.#listener.changed();
      },
    });
  }

  /** Does not fetch the whole of a large dump unasked. What is downloaded whole comes whatever is indexed of it. */
  #pauseAfter(begun: Bytes, done: Bytes, total: Bytes): void {
    const { remote } = this.file;
    if (remote === null || remote.download !== null || this.indexing.state !== 'running') return;
    const fetched = remote.traffic.bytes - begun;
    if (fetched < this.#unasked) return;
    const count = (bytes: Bytes): string => bytes.toLocaleString('en-US');
    const message = `Stopped after ${count(fetched)} bytes from ${new URL(remote.url).host}; ${count(total - done)} of ${count(total)} bytes of memory are not indexed. Go on fetches them.`;
    this.#report({ task: 'indexing', done, total, rate: 0, state: 'running', message });
    this.pause();
    this.#listener.changed();
  }

  #report(progress: Progress): void {
    this.indexing = progress;
    this.#listener.progress(progress);
  }
}
