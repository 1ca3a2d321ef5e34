import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createLocalSession } from '../../src/session/local';
import { check } from '../fuzz/check';
import { bytes, dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

/**
 * Files that are small and ask for much. `check` opens each as the page does, asks all questions, and holds what is
 * read below 4 times the file and 1 MiB; the time is what a linear answer needs, many times over.
 */
const LONGEST_MS = 20_000;

const filled = (head: Uint8Array, pattern: readonly number[], times: number): Uint8Array<ArrayBuffer> => {
  const file = new Uint8Array(head.length + pattern.length * times);
  file.set(head);
  for (let at = head.length; at < file.length; at += pattern.length) file.set(pattern, at);
  return file;
};

const HEADER = dumpText('');

const leb = (value: number): number[] => {
  const out: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) out.push((value % 128) + 128);
  return [...out, value];
};

const section = (id: number, content: Uint8Array): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([id, ...leb(content.length), ...content]);

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.concat(parts));

/** `count` memories with two segments each, in falling order: tangled every one of them. */
function tangledMemories(count: number): Uint8Array<ArrayBuffer> {
  const segments: number[] = [];
  for (const address of [16, 0])
    for (let memory = 0; memory < count; memory += 1)
      segments.push(2, ...leb(memory), 0x41, address, 0x0b, 1, 7);
  const memories = filled(Uint8Array.from(leb(count)), [0, 1], count);
  return joined(
    dumpText('thread t L1'),
    section(5, memories),
    section(11, Uint8Array.from([...leb(2 * count), ...segments])),
  );
}

const HOSTILE: Readonly<Record<string, () => Uint8Array<ArrayBuffer>>> = {
  'sections that look like a zero tail, again and again': () => filled(HEADER, [0, 0, 1, 0], 120_000),
  'zeros, and one byte at the end that is none': () =>
    joined(filled(HEADER, [0], 1_500_000), Uint8Array.of(1)),
  'sections without a name': () => filled(HEADER, [0, 1, 5], 120_000),
  'corestack sections without content': () => filled(HEADER, [0, 10, 9, ...Buffer.from('corestack')], 90_000),
  'corestack sections that fit in no layout': () =>
    filled(HEADER, [0, 14, 9, ...Buffer.from('corestack'), 0, 0, 1, 9], 20_000),
  'a name as long as the file': () => {
    const content = filled(Uint8Array.from(leb(3_000_000)), [0x61], 3_000_000);
    return joined(HEADER, section(0, content));
  },
  'memories of which each is tangled': () => tangledMemories(60_000),
  'segments that lie over each other': () => {
    const segments = Array.from({ length: 60_000 }, (_, at) => [0, 0x41, (at * 7) % 60, 0x0b, 3, 1, 2, 3]);
    return joined(
      dumpText('thread t L1\n memory 1'),
      section(11, Uint8Array.from([...leb(60_000), ...segments.flat()])),
    );
  },
  'empty segments': () => {
    const content = filled(Uint8Array.from(leb(400_000)), [0, 0x41, 0, 0x0b, 0], 400_000);
    return joined(dumpText('thread t L1\n memory 1'), section(11, content));
  },
  'a segment that claims four gigabytes': () => {
    const head = joined(
      dumpText('thread t L1\n memory 65536'),
      bytes('0b ff ff ff ff 0f 01 00 41 00 0b f0 ff ff ff 0f'),
    );
    return filled(head, [1, 2, 3], 700_000);
  },
  'offset expressions of kilobytes': () => {
    const expression = `00 ${'41 01 '.repeat(1900)} 0b 00 `;
    return joined(dumpText('thread t L1\n memory 1'), section(11, bytes(`c8 01 ${expression.repeat(200)}`)));
  },
  'modules by the hundred thousand, each with a frame': () => {
    const modules = filled(bytes('0b "coremodules" e0 d4 03'), [0, 0], 60_000);
    const instances = filled(bytes('0d "coreinstances" e0 d4 03'), [0, 0, 0, 0], 60_000);
    const frames = filled(bytes('09 "corestack" 00 00 e0 d4 03'), [0, 0, 1, 1, 0, 0], 60_000);
    return joined(HEADER, section(0, modules), section(0, instances), section(0, frames));
  },
  'a stack that is deep': () => {
    const frames = filled(bytes('09 "corestack" 00 00 c0 9a 0c'), [0, 0, 1, 1, 0, 0], 200_000);
    return joined(HEADER, section(0, frames));
  },
  'a stack that fits the last layout only': () => {
    // L6: function, and no locals.
    const count = 200_000;
    const head = bytes('09 "corestack" 00 00');
    const numbers = Uint8Array.from([count & 255, (count >> 8) & 255, count >> 16, 0, 0, 0, 0, 0]);
    return joined(HEADER, section(0, filled(joined(head, numbers), [9, 0, 0, 0, 0, 0, 0, 0], count)));
  },
  'a module of long segments that is looked through': () => {
    const segments = Array.from({ length: 40 }, (_, at) =>
      joined(
        Uint8Array.from([0, 0x41, ...leb(at), 0x0b, ...leb(100_000)]),
        filled(new Uint8Array(0), [1, 2, 3, 4], 25_000),
      ),
    );
    return joined(
      HEADER,
      dumpText('memory 100').slice(8),
      section(11, joined(Uint8Array.of(40), ...segments)),
    );
  },
};

describe('hostile files take neither long nor much', () => {
  it.each(Object.entries(HOSTILE))('%s', async (name, make) => {
    const began = performance.now();
    expect(await check(name, make(), { create: createLocalSession, longest: LONGEST_MS })).toBeNull();
    expect(performance.now() - began).toBeLessThan(LONGEST_MS);
  });

  it('nor gzipped, where all of it arrives while it is read', async () => {
    const pairs = gzipSync(filled(HEADER, [1, 0], 100_000));
    const began = performance.now();
    const { snapshot } = await openBytes(Uint8Array.from(pairs));
    expect(snapshot.dump.sections).toHaveLength(100_000);
    // Asking all headers at each section: 5 * 10^9 steps.
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});
