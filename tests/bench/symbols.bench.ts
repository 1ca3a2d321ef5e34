import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { median, mib, ms, report } from './ratio';
import { has, largeModule, lldbFolder, rubyModule } from './symbols/modules';

const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const SYMBOLIZER = 'llvm-symbolizer-22';
/** Functions that are asked for: those at these parts of the code section. Most of Ruby's second half has no lines. */
const PARTS = [0.04, 0.12, 0.24, 0.36, 0.52];

const outDir = fileURLToPath(new URL('../../.cache/bench-symbols', import.meta.url));
const lldb = fileURLToPath(new URL('./symbols/lldb.mjs', import.meta.url));

interface Place {
  readonly pc: number;
  readonly start: number;
  readonly end: number;
}

/**
 * `thread`: ms of the processor's time of the thread that reads. On a machine that does other things too, what `passed` says
 * little.
 */
interface First {
  readonly lines: readonly { readonly file: string | null; readonly line: number | null }[];
  readonly passed: number;
  readonly thread: number;
  readonly grown: number;
}

test.beforeAll(async () => {
  const entry = fileURLToPath(new URL('./symbols/first-frame.ts', import.meta.url));
  await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: { ssr: entry, outDir, target: 'es2023' },
  });
});

test('the first frame of the Ruby interpreter', () => {
  const module = rubyModule();
  test.skip(module === null || !has(SYMBOLIZER), 'needs the package of Ruby and llvm-symbolizer-22');
  const { ours, llvm, grown, detail } = measured(module ?? '');
  report('first frame over llvm-symbolizer, Ruby', ours / llvm, 1, detail);
  report('MB that the process grew by, Ruby', grown / 1e6, 60, mib(grown));
});

test('the first frame of the Ruby interpreter, beside LLDB', () => {
  const [module, folder] = [rubyModule(), lldbFolder()];
  test.skip(module === null || folder === null, 'needs the packages of Ruby and of LLDB compiled to Wasm');
  // Much of what LLDB takes is compiled on other threads and waited for: the time that passes is what counts, and the shortest
  // of each, for a busy machine only makes it longer.
  const places = placesIn(module ?? '').slice(1, 4);
  const ours = Math.min(
    ...places.flatMap((place) => [0, 1, 2].map(() => firstFrame(module ?? '', place).passed)),
  );
  const theirs = Math.min(...places.map((place) => lldbFrame(folder ?? '', module ?? '', place)));
  report('first frame over LLDB in Wasm, Ruby', ours / theirs, 0.1, `${ms(ours)} over ${ms(theirs)}`);
});

test('the first frame of a module of 360 MB', () => {
  const module = largeModule();
  test.skip(module === null || !has(SYMBOLIZER), 'needs clang++-22, wasm-ld-22 and llvm-symbolizer-22');
  const { ours, llvm, grown, detail } = measured(module ?? '');
  const more = `${(ours / llvm).toFixed(2)} of llvm-symbolizer's, grew by ${mib(grown)}`;
  report('ms to the first frame, 88 MB of .debug_info', ours, 300, `${detail}; ${more}`);
});

/**
 * Both in turn, each in a process of its own; and they have to say the same. Medians over all functions and rounds. Starting
 * Node is not counted, compiling what it runs is; of llvm-symbolizer the whole process is.
 */
function measured(module: string) {
  const places = placesIn(module);
  const [ours, llvm, passed, grown]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of places) {
      const theirs = symbolized(module, place.pc);
      const first = firstFrame(module, place);
      llvm.push(theirs.used);
      ours.push(first.thread);
      passed.push(first.passed);
      grown.push(first.grown);
      const innermost = first.lines[0];
      expect(`${innermost?.file}:${innermost?.line ?? 0}`, `${basename(module)} at ${place.pc}`).toBe(
        theirs.place,
      );
    }
  }
  const detail = `${ms(median(ours))} over ${ms(median(llvm))} of the processor's time, ${ms(median(passed))} passed, ${places.length} functions`;
  return { ours: median(ours), llvm: median(llvm), grown: Math.max(...grown), detail };
}

function firstFrame(module: string, { pc, start, end }: Place): First {
  const args = [`${outDir}/first-frame.js`, module, ...[pc, start, end].map(String)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as First;
}

/** FILE:LINE of the innermost frame, and what its process used, in ms: bash tells it to the millisecond. */
function symbolized(module: string, pc: number): { readonly place: string; readonly used: number } {
  const args = ['-e', module, '--inlines', '--relativenames', '--output-style=JSON', `0x${pc.toString(16)}`];
  const timed = ['-c', 'TIMEFORMAT="%3U %3S"; time "$@"', 'bash', SYMBOLIZER, ...args];
  const { stdout, stderr } = spawnSync('bash', timed, { encoding: 'utf8' });
  const [answer] = JSON.parse(stdout) as { Symbol: { FileName: string; Line: number }[] }[];
  const innermost = answer?.Symbol[0];
  const seconds = /^(\S+) (\S+)$/m.exec(stderr);
  const used = (Number(seconds?.[1]) + Number(seconds?.[2])) * 1000;
  return { place: `${innermost?.FileName}:${innermost?.Line}`, used };
}

function lldbFrame(folder: string, module: string, { pc }: Place): number {
  const args = [lldb, folder, module, String(pc)];
  const out = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const { passed, lines } = JSON.parse(out) as { passed: number; lines: unknown[] };
  expect(lines.length).toBeGreaterThan(0);
  return passed;
}

/** The middle of bodies all over the code section, where llvm-symbolizer knows a line. */
function placesIn(module: string): Place[] {
  const bodies = bodiesOf(module);
  return PARTS.flatMap((part) => {
    const from = Math.floor(bodies.length * part);
    const known = bodies
      .slice(from, from + 200)
      .find(({ pc, start, end }) => end - start > 200 && !/^:|:0$/.test(symbolized(module, pc).place));
    return known === undefined ? [] : [known];
  });
}

function bodiesOf(module: string): Place[] {
  const file = openSync(module, 'r');
  const { size } = fstatSync(file);
  let bytes = new Uint8Array(16);
  let from = 0;
  const unsigned = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[from++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  for (let at = 8; at < size; ) {
    readSync(file, bytes, 0, bytes.length, at);
    from = 1;
    const length = unsigned();
    const payload = at + from;
    if (bytes[0] !== 10) {
      at = payload + length;
      continue;
    }
    bytes = new Uint8Array(length);
    readSync(file, bytes, 0, length, payload);
    closeSync(file);
    from = 0;
    return Array.from({ length: unsigned() }, () => {
      const body = unsigned();
      const start = from;
      from += body;
      return { start, end: from, pc: start + (body >> 1) };
    });
  }
  throw new Error(`${module}: no code section`);
}
