import { describe, expect, it, vi } from 'vitest';
import { classify } from '../../src/session/classify';
import { explainState } from '../../src/session/explain';
import { PausableSource } from '../../src/session/pausable-source';
import { ProgressClock } from '../../src/session/progress';
import { bytes, dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';
import { chunkedSource, countingSource, flowingSource, plainSource } from '../helpers/sources';

const never = new AbortController().signal;

describe('classify', () => {
  it.each([
    ['a dump', dumpText('memory 1\n global i32 var 1\n core x'), 'coredump'],
    ['a dump that has a stack only', dumpText('thread main L1'), 'coredump'],
    ['a dump with code in it', dumpText('plain 1 00\n plain 10 00\n core x'), 'coredump'],
    ['a module', dumpText('plain 1 00\n memory 1'), 'module'],
    ['an image', new Uint8Array(65_536), 'memory-image'],
    ['text', bytes('"hello"'), 'other'],
    ['nothing', new Uint8Array(0), 'other'],
  ])('%s', async (_what, file, kind) => {
    expect(await classify(plainSource(file), never)).toBe(kind);
  });

  it('does not wait for gigabytes of a file that arrives', async () => {
    // WasmEdge after 0.17: memory, global, data, and only then the sections that make it a dump.
    const dump = dumpText(`memory 1\n global i32 var 1\n segment 0 ${'aa*50000'}\n core x`);
    const source = chunkedSource(dump, 100);
    expect(await classify(source, never)).toBe('coredump');
    expect(source.arrived).toBeLessThan(10_000);
    const module = chunkedSource(dumpText(`plain 1 00\n plain 10 ${'00*50000'}\n core x`), 100);
    expect(await classify(module, never)).toBe('module');
    expect(module.arrived).toBeLessThan(10_000);
  });

  it('reads headers only', async () => {
    const source = countingSource(plainSource(dumpText(`plain 10 ${'00*500000'}\n core x`)));
    await classify(source, never);
    expect(source.handedOut).toBeLessThan(20_000);
  });
});

describe('why a byte is what it is', () => {
  it('says the reason of the whole memory where it is lost or zero', async () => {
    const lost = await openBytes(dumpText('memory 1\n core a\n thread t L1'));
    expect((await lost.session.classify([{ memory: 0, address: 5 }]))[0]?.reason).toBe(
      'lost: no data section',
    );
    const zero = await openBytes(dumpText('memory 1\n segment 0 aa'));
    expect((await zero.session.classify([{ memory: 0, address: 5 }]))[0]?.reason).toBe(
      'known zero: no segment covers it, a module',
    );
    const dump = dumpText('thread t L1\n memory 1\n segment 0 aa*32');
    const cut = await openBytes(dump.slice(0, dump.length - 10));
    expect((await cut.session.classify([{ memory: 0, address: 30 }]))[0]?.reason).toBe(
      'lost: the file ends before it',
    );
  });

  it('is not known while the data section is indexed', async () => {
    const { session } = await openBytes(dumpText('thread t L1\n memory 1'));
    const [model] = session.models();
    if (model === undefined) throw new Error('no memory');
    expect(explainState({ ...model, rule: null }, 'pending', null)).toBe(
      'not indexed yet: no segment so far covers it',
    );
  });
});

describe('PausableSource', () => {
  it('lets reads wait while it is paused', async () => {
    const source = new PausableSource(plainSource(bytes('01 02 03')));
    expect(await source.read(0, 1)).toEqual(bytes('01'));
    source.pause();
    let read = false;
    const reading = source.read(1, 1).then((found) => {
      read = true;
      return found;
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([read, source.paused]).toEqual([false, true]);
    // Paused again in the same turn: it goes on waiting.
    source.resume();
    source.pause();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(read).toBe(false);
    source.resume();
    expect(await reading).toEqual(bytes('02'));
  });

  it('lets a flow wait too, and keeps its order', async () => {
    const source = new PausableSource(flowingSource(bytes('01 02 03')));
    const flow = source.flow(0, 3);
    source.pause();
    let answered = 0;
    const reads = [1, 2, 3].map(() =>
      flow?.read(new ArrayBuffer(1), 1).then((window) => {
        answered += 1;
        return window[0];
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(answered).toBe(0);
    source.resume();
    expect(await Promise.all(reads)).toEqual([1, 2, 3]);
    expect(new PausableSource(plainSource(bytes('01'))).flow(0, 1)).toBeNull();
  });

  it('does not leave a read behind when all is given up', async () => {
    const abort = new AbortController();
    const source = new PausableSource(plainSource(bytes('01')));
    source.pause();
    const reading = source.read(0, 1, abort.signal);
    abort.abort(new Error('closed'));
    await expect(reading).rejects.toThrow('closed');
    await expect(source.read(0, 1, abort.signal)).rejects.toThrow('closed');
  });
});

describe('ProgressClock', () => {
  it('reports now and then, and asks for the picture ever more seldom', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    try {
      vi.advanceTimersByTime(1000);
      const clock = new ProgressClock('indexing');
      expect(clock.tick(0, 100)).not.toBeNull();
      expect(clock.tick(10, 100)).toBeNull();
      vi.advanceTimersByTime(100);
      expect(clock.tick(20, 100)).toMatchObject({
        task: 'indexing',
        done: 20,
        total: 100,
        rate: 200,
        state: 'running',
      });
      let pictures = 0;
      for (let step = 0; step < 600; step += 1) {
        vi.advanceTimersByTime(100);
        if (clock.snapshotDue()) pictures += 1;
      }
      // A minute: at 0.25, 0.75, 1.75, 3.75 and then every 4 seconds.
      expect(pictures).toBeGreaterThan(10);
      expect(pictures).toBeLessThan(25);
    } finally {
      vi.useRealTimers();
    }
  });
});
