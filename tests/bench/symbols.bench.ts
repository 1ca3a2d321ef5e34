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
/** Functions that are asked for: those at these parts of the code section. */
const PARTS = [0.08, 0.27, 0.5, 0.71, 0.93];

const outDir = fileURLToPath(new URL('../../.cache/bench-symbols', import.meta.url));
const lldb = fileURLToPath(new URL('./symbols/lldb.mjs', import.meta.url));

interface Place {
  readonly pc: number;
  readonly start: number;
  readonly end: number;
}

interface First {
  readonly lines: readonly { readonly file: string | null; readonly line: number | null }[];
  readonly ms: number;
  readonly grown: number;
}

test.beforeAll(async () => {
  const entry = fileURLToPath(new URL('./symbols/first-frame.ts', import.meta.url));
  await build({ configFile: false, logLevel: 'warn', build: { ssr: entry, outDir, target: 'es2023' } });
});

test('the first frame of the Ruby interpreter', () => {
  const module = rubyModule();
  test.skip(module === null || !has(SYMBOLIZER), 'needs the package of Ruby and llvm-symbolizer-22');
  const { ours, llvm, places } = measured(module ?? '');
  const detail = `${ms(median(ours.ms))} over ${ms(median(llvm))}, ${places} functions`;
  report('first frame over llvm-symbolizer, Ruby', median(ours.ms) / median(llvm), 1, detail);
  report(
    'MB the process grew by, Ruby',
    Math.max(...ours.grown) / 1e6,
    60,
    `at most ${mib(Math.max(...ours.grown))}`,
  );
});

test('the first frame of the Ruby interpreter, beside LLDB', () => {
  const [module, folder] = [rubyModule(), lldbFolder()];
  test.skip(module === null || folder === null, 'needs the packages of Ruby and of LLDB compiled to Wasm');
  const times = placesIn(module ?? '')
    .slice(1, 4)
    .map((place) => ({
      ours: firstFrame(module ?? '', place).ms,
      theirs: lldbFrame(folder ?? '', module ?? '', place),
    }));
  const [ours, theirs] = [median(times.map((one) => one.ours)), median(times.map((one) => one.theirs))];
  report('first frame over LLDB in Wasm, Ruby', ours / theirs, 0.1, `${ms(ours)} over ${ms(theirs)}`);
});

test('the first frame of a module of 360 MB', () => {
  const module = largeModule();
  test.skip(module === null || !has(SYMBOLIZER), 'needs clang++-22, wasm-ld-22 and llvm-symbolizer-22');
  const { ours, llvm, places } = measured(module ?? '');
  const ratio = `${(median(ours.ms) / median(llvm)).toFixed(2)} of llvm-symbolizer's ${ms(median(llvm))}`;
  report(
    'ms to the first frame, 88 MB of .debug_info',
    median(ours.ms),
    300,
    `${ratio}, ${places} functions`,
  );
  report(
    'MB the process grew by, 360 MB',
    Math.max(...ours.grown) / 1e6,
    120,
    `${mib(Math.max(...ours.grown))}`,
  );
});

/** Both in turn, each in a process of its own; and they have to say the same. */
function measured(module: string) {
  const places = placesIn(module);
  const ours = { ms: [] as number[], grown: [] as number[] };
  const llvm: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const place of places) {
      const began = performance.now();
      const theirs = symbolized(module, place.pc);
      llvm.push(performance.now() - began);
      const first = firstFrame(module, place);
      ours.ms.push(first.ms);
      ours.grown.push(first.grown);
      const innermost = first.lines[0];
      expect(`${innermost?.file}:${innermost?.line ?? 0}`, `${basename(module)} at ${place.pc}`).toBe(theirs);
    }
  }
  return { ours, llvm, places: places.length };
}

/** The time is from the path to the lines: starting Node is not counted, compiling what it runs is. */
function firstFrame(module: string, { pc, start, end }: Place): First {
  const args = [`${outDir}/first-frame.js`, module, ...[pc, start, end].map(String)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as First;
}

/** FILE:LINE of the innermost frame. */
function symbolized(module: string, pc: number): string {
  const args = ['-e', module, '--inlines', '--relativenames', '--output-style=JSON', `0x${pc.toString(16)}`];
  const [answer] = JSON.parse(execFileSync(SYMBOLIZER, args, { encoding: 'utf8' })) as {
    Symbol: { FileName: string; Line: number }[];
  }[];
  const innermost = answer?.Symbol[0];
  return `${innermost?.FileName}:${innermost?.Line}`;
}

function lldbFrame(folder: string, module: string, { pc }: Place): number {
  const { ms, lines } = JSON.parse(
    execFileSync(process.execPath, [lldb, folder, module, String(pc)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as { ms: number; lines: unknown[] };
  expect(lines.length).toBeGreaterThan(0);
  return ms;
}

/** The middle of bodies all over the code section, where llvm-symbolizer knows a line. */
function placesIn(module: string): Place[] {
  const bodies = bodiesOf(module);
  return PARTS.flatMap((part) => {
    const from = Math.floor(bodies.length * part);
    const known = bodies
      .slice(from, from + 200)
      .find(({ pc, start, end }) => end - start > 200 && !/^:|:0$/.test(symbolized(module, pc)));
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
