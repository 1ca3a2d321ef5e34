import { BlobSource } from '../../../src/bytes/blob-source';
import { GzipSource } from '../../../src/bytes/gzip-source';
import { sizeOf } from '../../../src/bytes/source';
import { createLocalSession } from '../../../src/session/local';
import { createSpool } from '../../../src/session/opfs-spool';
import { indexed } from './indexed';

/** What the benches measure, each on one file; times in milliseconds. */
export const TASKS = {
  /** What reading the whole file takes at least: the platform's own stream. */
  async drain(file: Blob): Promise<number> {
    const began = performance.now();
    for await (const _chunk of file.stream());
    return performance.now() - began;
  },

  /** From the file to a dump that is indexed to its end. */
  async index(file: Blob): Promise<number> {
    const began = performance.now();
    const session = createLocalSession();
    await indexed(session, file);
    const time = performance.now() - began;
    await session.close();
    return time;
  },

  /** Gzip into the spool with the platform's inflater, as far as that goes: one member, undamaged. */
  async inflateNative(file: Blob): Promise<number> {
    const spool = await createSpool();
    const began = performance.now();
    for await (const chunk of file.stream().pipeThrough(new DecompressionStream('gzip')))
      await spool.append(chunk);
    const time = performance.now() - began;
    await spool.discard();
    return time;
  },

  async inflate(file: Blob): Promise<number> {
    const source = new GzipSource(new BlobSource(file, 'bench'), await createSpool());
    const began = performance.now();
    source.resume();
    await sizeOf(source);
    const time = performance.now() - began;
    await source.discard();
    return time;
  },
} as const satisfies Record<string, (file: Blob) => Promise<number>>;

export type Task = keyof typeof TASKS;
