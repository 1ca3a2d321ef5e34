import { fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { type DebugSections, openDebugInfo } from '../../../src/dwarf/debug-info';

/**
 * The first frame of a module, in a process that knows nothing yet: FILE PC START END. Prints what it found, and from the path to
 * the lines: the time that passed, the processor's time of this thread, and by how much the process grew.
 */
const [path = '', ...numbers] = process.argv.slice(2);
const [pc = 0, start = 0, end = 0] = numbers.map(Number);

const resident = highWater();
const began = { time: performance.now(), thread: threadTime() };
const info = await openDebugInfo(sectionsOf(path), []);
const lines = (await info?.lines(pc, { start, end })) ?? [];
const passed = performance.now() - began.time;
const thread = threadTime() - began.thread;
const grown = highWater() - resident;
process.stdout.write(JSON.stringify({ lines, passed, thread, grown }));

/** The most memory that the process ever had, in bytes. Not `resourceUsage`: its maximum is inherited from the process that started this one. */
function highWater(): number {
  if (process.platform !== 'linux') return process.memoryUsage().rss;
  return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
}

/** What this thread has had the processor for, in ms. */
function threadTime(): number {
  if (process.platform !== 'linux') return performance.now();
  return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6;
}

/** The custom sections of a module on disk, found by jumps. */
function sectionsOf(path: string): DebugSections {
  const file = openSync(path, 'r');
  const { size } = fstatSync(file);
  const head = new Uint8Array(64);
  const places = new Map<string, { at: number; size: number }>();
  for (let at = 8; at < size; ) {
    const have = readSync(file, head, 0, head.length, at);
    let from = 1;
    const unsigned = (): number => {
      let value = 0;
      for (let scale = 1; from < have; scale *= 128) {
        const byte = head[from++] ?? 0;
        value += (byte & 0x7f) * scale;
        if (byte < 0x80) break;
      }
      return value;
    };
    const length = unsigned();
    const content = at + from;
    if (head[0] === 0) {
      const letters = unsigned();
      const name = new TextDecoder().decode(head.subarray(from, from + letters));
      const begin = at + from + letters;
      places.set(name, { at: begin, size: content + length - begin });
    }
    at = content + length;
  }
  return {
    names: [...places.keys()],
    size: (name) => places.get(name)?.size ?? 0,
    read: (name, offset, length) => {
      const place = places.get(name) ?? { at: 0, size: 0 };
      const bytes = new Uint8Array(Math.max(0, Math.min(length, place.size - offset)));
      readSync(file, bytes, 0, bytes.length, place.at + offset);
      return Promise.resolve(bytes);
    },
  };
}
