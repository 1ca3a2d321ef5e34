import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { test } from '@playwright/test';
import { build } from 'vite';
import { wasmtimeDump } from './big-dump';
import { median, ms, report } from './ratio';

const ROUNDS = 5;
const root = fileURLToPath(new URL('../..', import.meta.url));
const outDir = fileURLToPath(new URL('../../.cache/bench-cli', import.meta.url));

/** What else tells on a command line what is in such a file; both read all of it. */
const PEERS = [
  { command: 'wasm-objdump', options: ['-h'], from: 'wabt' },
  { command: 'wasm-tools', options: ['objdump'], from: 'wasm-tools' },
] as const;

/** The last line of the backtrace of the benches' dumps. */
const OLDEST_FRAME = '#3 ';

test.beforeAll(async () => {
  await build({ root, mode: 'cli', logLevel: 'warn', build: { outDir, emptyOutDir: true } });
});

for (const { command, options, from } of PEERS)
  test(`the backtrace on the command line, against ${command}`, async () => {
    const absent = `${command} is not installed (it comes with ${from}), so there is nothing to measure against.`;
    const skipped = !installed(command);
    if (skipped) process.stdout.write(`\nskip ${absent}\n`);
    test.skip(skipped, absent);
    const { path } = await wasmtimeDump(262_144);
    const own = () => timeUntil(process.execPath, [`${outDir}/cli.js`, path], OLDEST_FRAME);
    const theirs = () => timeUntil(command, [...options, path], null);
    // Once for nothing: it is not the disk that is measured.
    await theirs();
    const times = { own: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      times.own.push(await own());
      times.theirs.push(await theirs());
    }
    const [least, most] = [median(times.own), median(times.theirs)];
    const detail = `${ms(least)} over ${ms(most)}, 1 GiB`;
    report(`until the backtrace is printed, over ${command} ${options.join(' ')}`, least / most, 0.2, detail);
  });

function installed(command: string): boolean {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

/** From the start of a command until it has printed `text` (it is ended then), or until it ends. In ms. */
function timeUntil(command: string, args: readonly string[], text: string | null): Promise<number> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let printed = '';
    let time: number | null = null;
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (text === null || time !== null) return;
      printed += chunk;
      if (!printed.includes(`\n${text}`)) return;
      time = performance.now() - began;
      child.kill();
    });
    child.on('error', reject);
    child.on('close', (status) => {
      if (time !== null) resolve(time);
      else if (text === null && status === 0) resolve(performance.now() - began);
      else reject(new Error(`${command} ended with ${status} before it printed ${JSON.stringify(text)}`));
    });
  });
}
