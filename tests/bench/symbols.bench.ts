import { execFileSync } from 'node:child_process';
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
 * Of one run, in ms. `passed`: from the path to the lines; `thread`: of that, what the thread that reads had the processor for;
 * `process`: from before the process was started until it has ended.
 */
interface First {
  readonly lines: readonly { readonly file: string | null; readonly line: number | null }[];
  readonly passed: number;
  readonly thread: number;
  readonly grown: number;
  readonly process: number;
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
  const { passed, llvm, grown, detail } = measured(module ?? '');
  report('first frame over llvm-symbolizer, Ruby', passed / llvm, 1, detail);
  report('MB that the process grew by, Ruby', grown / 1e6, 60, mib(grown));
});

test('the first frame of the Ruby interpreter, beside LLDB', () => {
  const [module, folder] = [rubyModule(), lldbFolder()];
  test.skip(module === null || folder === null, 'needs the packages of Ruby and of LLDB compiled to Wasm');
  // Much of what LLDB takes is compiled on other threads and waited for: the time that passes is what counts. In neither is Node's
  // start.
  const runs = placesIn(module ?? '')
    .slice(1, 4)
    .map((place) => ({
      ours: firstFrame(module ?? '', place).passed,
      theirs: lldbFrame(folder ?? '', module ?? '', place),
    }));
  const ours = median(runs.map((run) => run.ours));
  const theirs = median(runs.map((run) => run.theirs));
  report('first frame over LLDB in Wasm, Ruby', ours / theirs, 0.1, `${ms(ours)} over ${ms(theirs)}`);
});

test('the first frame of a module of 360 MB', () => {
  const module = largeModule();
  test.skip(module === null || !has(SYMBOLIZER), 'needs clang++-22, wasm-ld-22 and llvm-symbolizer-22');
  const { passed, llvm, grown, detail } = measured(module ?? '');
  const more = `${(passed / llvm).toFixed(2)} of llvm-symbolizer's, grew by ${mib(grown)}`;
  report('ms to the first frame, 88 MB of .debug_info', passed, 300, `${detail}; ${more}`);
});

/**
 * Both in turn and as often, each in a process of its own; and they have to say the same. Medians of the time that passed, over
 * all functions and rounds. Of llvm-symbolizer that is the whole process, for it is not told otherwise; of ours it is from the
 * path to the lines, so that compiling what runs is counted and starting Node is not: the page has no Node to start. The detail
 * says ours with Node's start too, and both shortest times, which other work on the machine changes least.
 */
function measured(module: string) {
  const places = placesIn(module);
  const ours: First[] = [];
  const llvm: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of places) {
      const theirs = symbolized(module, place.pc);
      const first = firstFrame(module, place);
      llvm.push(theirs.process);
      ours.push(first);
      const innermost = first.lines[0];
      expect(`${innermost?.file}:${innermost?.line ?? 0}`, `${basename(module)} at ${place.pc}`).toBe(
        theirs.place,
      );
    }
  }
  const passed = ours.map((first) => first.passed);
  const whole = median(ours.map((first) => first.process));
  const thread = median(ours.map((first) => first.thread));
  const detail = [
    `medians of ${passed.length} runs each: ${ms(median(passed))} over ${ms(median(llvm))}`,
    `shortest ${ms(Math.min(...passed))} over ${ms(Math.min(...llvm))}`,
    `ours with Node's start ${ms(whole)}, of the processor's time ${ms(thread)}`,
    `${places.length} functions`,
  ].join('; ');
  return {
    passed: median(passed),
    llvm: median(llvm),
    grown: Math.max(...ours.map((first) => first.grown)),
    detail,
  };
}

function firstFrame(module: string, { pc, start, end }: Place): First {
  const args = [`${outDir}/first-frame.js`, module, ...[pc, start, end].map(String)];
  const began = performance.now();
  const out = execFileSync(process.execPath, args, { encoding: 'utf8' });
  return { ...(JSON.parse(out) as Omit<First, 'process'>), process: performance.now() - began };
}

/** FILE:LINE of the innermost frame, and how long its process took, in ms. */
function symbolized(module: string, pc: number): { readonly place: string; readonly process: number } {
  const args = ['-e', module, '--inlines', '--relativenames', '--output-style=JSON', `0x${pc.toString(16)}`];
  const began = performance.now();
  const stdout = execFileSync(SYMBOLIZER, args, { encoding: 'utf8' });
  const passed = performance.now() - began;
  const [answer] = JSON.parse(stdout) as { Symbol: { FileName: string; Line: number }[] }[];
  const innermost = answer?.Symbol[0];
  return { place: `${innermost?.FileName}:${innermost?.Line}`, process: passed };
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
