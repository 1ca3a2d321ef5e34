import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixture, fixtureJson } from '../fixture';
import { buildCli, ROOT } from '../helpers/built-cli';
import { compareSummaries } from '../helpers/compare-summary';
import { dumpText } from '../helpers/dump-text';
import { HOSTILE, hostileDump, hostileModule } from '../helpers/hostile-names';

let folder = '';
let cli = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasmortem-cli-'));
  cli = buildCli(folder);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(args: readonly string[], input?: Uint8Array): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    ...(input === undefined ? {} : { input }),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // Test runners set it, and it is not what is tested.
    env: { ...process.env, FORCE_COLOR: '', TMPDIR: folder },
  });
  return { status, out: stdout, err: stderr };
}

/** A file in the folder of this test. */
function stored(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const CRASH = 'wasmtime/c-divide-O0/c-divide-O0';

describe('the built file', () => {
  it('stands alone: a shebang, no imports but those of Node', () => {
    const text = readFileSync(cli, 'utf8');
    expect(text.startsWith('#!/usr/bin/env node\n')).toBe(true);
    const imported = [...text.matchAll(/^import .*?from\s*"([^"]+)"/gm)].map(([, name]) => name);
    expect(imported.length).toBeGreaterThan(0);
    expect(imported.filter((name) => !name?.startsWith('node:'))).toEqual([]);
  });

  it('says its version and its help', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(run(['--version'])).toEqual({ status: 0, out: `${version}\n`, err: '' });
    expect(run(['--help']).out).toContain('wasmortem DUMP [MODULE...]');
    expect(run(['open', '--help']).out).toContain('wasmortem open DUMP [MODULE...]: ');
    for (const topic of [[], ['open'], ['read']]) {
      const { err, out, status } = run([...topic, '--help']);
      expect([status, err]).toEqual([0, '']);
      expect(out).toContain('\nExamples\n');
      // A terminal's usual width.
      expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
    }
  });
});

describe('the report', () => {
  it('says what died first', () => {
    const dump = stored('c-divide-O0.coredump', fixture(`${CRASH}.coredump`));
    const module = stored('c-divide-O0.wasm', fixture(`${CRASH}.wasm`));
    const { status, out, err } = run([dump, module]);
    expect([status, err]).toEqual([0, '']);
    expect(out).toBe(`c-divide-O0.coredump: Wasm coredump of c-divide-O0.wasm, 4,876 bytes
Written by wasmtime 14 or later: the order of the sections: core, memory, global, data, coremodules, coreinstances, corestack
c-divide-O0.wasm matches: 7 of 7 callers land on a call, the youngest frame on i32.div_s; 1 memory and 1 global agree
  codeoffset counts from the function body, local declarations included
  DWARF 4, 41 units
Integer divide by zero (inferred) in divide (func[8]) +0x28 at crash.c:13:13
  i32.div_s: the divisor is 0.
  __stack_pointer (global 0) is 65440 in the dump.
  Memory at 0xff98 holds 0.

Thread 1 "main", 8 frames, layout L1
#0   divide func[8] +0x28 in c-divide-O0.wasm at crash.c:13:13
#1   helper func[10] +0x44 in c-divide-O0.wasm at crash.c:18:10
#2   walk func[9] +0x49 in c-divide-O0.wasm at crash.c:22:22
#3   main func[11] +0x99 in c-divide-O0.wasm at crash.c:30:11
#4   __main_void func[29] +0x73 in c-divide-O0.wasm
#5   __original_main func[20] +0x1 in c-divide-O0.wasm at ./libc-bottom-half/sources/__original_main.c:9:12
#6   _start func[7] +0x5 in c-divide-O0.wasm at ./libc-bottom-half/crt/crt1-command.c:12:13
#7   _start.command_export func[67] +0x1 in c-divide-O0.wasm

Memory 0: 4,669 of 131,072 bytes captured in 4 segments, 126,403 known zero
  Gaps are zero. 4 of 4 segments are trimmed 4,096-byte chunks, and the sections stand in Wasmtime's order.
1 global

1 note
  Wasmtime writes no locals and no operand stack.
`);
  });

  it('shows values of every type, problems with their place, and two lines for what is lost', () => {
    const dump = stored(
      'values.core',
      dumpText(`
        thread main L1
          frame func[3]+0x10 inst 0 (i32 -1, i64 9007199254740993, f32 0.5, f64 bits fff8000000000001, missing)
        memory 1
        core x
        custom coremodules 05
      `),
    );
    const { out } = run([dump]);
    expect(out).toContain(
      '#0   func[3] +0x10 (-1, 9007199254740993, 0.5, nan 0xfff8000000000001, <missing>)\n',
    );
    expect(out).toContain('Memory 0: 0 of 65,536 bytes captured in 0 segments, 65,536 lost\n');
    expect(out).toContain('1 problem\n  coremodules, 0x');
  });

  it('escapes hostile names', () => {
    const dump = stored('hostile.core', fixture('wasm-encoder/hostile-names/hostile-names.coredump'));
    const { out } = run([dump]);
    // Of control and bidirectional characters only line feeds are left.
    expect([...out].filter((character) => /[\p{Cc}\p{Cf}]/u.test(character) && character !== '\n')).toEqual(
      [],
    );
    expect(out).toContain('report\\u{202e}gpj.exe');
  });

  it.each(['names', 'DWARF'] as const)(
    'escapes hostile %s everywhere, and in JSON to the same value',
    async (from) => {
      const dump = stored('hostile-\u202egnp\u001b[31m.core', await hostileDump());
      const module = stored(`${from}-\u202e.wasm`, await hostileModule(from));
      const missing = run([join(folder, 'no-\u202e\u009b31m\u001b[2J')]);
      const printed = run([dump, module]);
      const json = run(['--json', dump, module]);
      for (const { out, err } of [missing, printed, json])
        expect(`${out}${err}`).not.toMatch(/[\p{Cf}\p{Co}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/u);
      expect(missing.err).toContain('no-\\u{202e}\\u{9b}31m\\u{1b}[2J');
      expect(printed.out).toContain(from === 'names' ? 'a\\u{202e}gnp.exe' : '<u>\\u{202e}');
      expect(printed.out.length).toBeLessThan(20_000);
      const value = JSON.parse(json.out) as { process: { name: string }; threads: { name: string }[] };
      expect(value.process.name).toBe(HOSTILE[1]);
      expect(value.threads[0]?.name).toBe(HOSTILE[14]);
      expect(json.out.trimEnd()).not.toContain('\n');
    },
  );

  it('folds a long stack', () => {
    const frames = '  frame func[7]+1 inst 0\n'.repeat(300);
    const { out } = run([stored('deep.core', dumpText(`thread main L1\n${frames}`))]);
    expect(out).toContain('     ... 250 frames more ...\n');
    expect(out.match(/^#/gm)).toHaveLength(50);
    expect(out).toContain('#299 func[7]');
  });

  it('tells other files apart and is no failure', () => {
    const { status, out } = run([stored('page.html', new TextEncoder().encode('<html></html>'))]);
    expect(status).toBe(0);
    expect(out).toBe(`page.html: no coredump (html), 13 bytes

1 problem
  file: This is a web page, 13 bytes: probably a sign-in or error page saved as a dump.
`);
  });

  it('says on standard error which MODULE is not used', () => {
    const dump = stored('a.core', fixture(`${CRASH}.coredump`));
    const log = stored('log.txt', new TextEncoder().encode('hello'));
    const { status, err } = run([dump, log, dump]);
    expect(status).toBe(0);
    expect(err).toBe(
      'wasmortem: not used: log.txt is not Wasm.\nwasmortem: not used: a.core is a dump, a module is expected.\n',
    );
  });
});

describe('--json', () => {
  it.each([
    'wasm-encoder/all-types/all-types.coredump',
    'wasmedge/crash/crash.coredump',
    'damaged/cut-in-frame/cut-in-frame.coredump',
    'notdumps/html/app.coredump',
    'notdumps/gzip/all-types.coredump.gz',
    'notdumps/empty/empty.coredump',
  ])('%s is one object on one line, as docs/json.md says', (path) => {
    const file = stored(path.replaceAll('/', '-'), fixture(path));
    const { status, out, err } = run([file, '--json']);
    expect([status, err, out.split('\n').length]).toEqual([0, '', 2]);
    const expected = fixtureJson(`${path.split('/').slice(0, 2).join('/')}/expected.json`);
    expect(compareSummaries(JSON.parse(out), expected)).toEqual([]);
  });

  it('of standard input is the same', () => {
    const bytes = fixture('wasm-encoder/all-types/all-types.coredump');
    expect(run(['-', '--json'], bytes).out).toBe(run([stored('x.core', bytes), '--json']).out);
    expect(JSON.parse(run(['-', '--json'], gzipSync(bytes)).out)).toMatchObject({
      file: { compression: 'gzip', size: bytes.length },
      threads: [{ name: 'main' }, { name: 'worker-1' }, { name: 'idle' }],
    });
    // The temporary files of standard input and of what was inflated are gone.
    expect(readdirSync(folder).filter((name) => statSync(join(folder, name)).isDirectory())).toEqual([]);
  });
});

describe('read', () => {
  const dump = () =>
    stored(
      'read.core',
      dumpText(`
    core a
    memory 1
    none global
    segment 0x1008 "hello, world"
    module m
    instance 0 memories 0
    thread main L1
  `),
    );

  it('prints bytes with what is not there', () => {
    expect(run(['read', dump(), '0', '0x1004', '0x18']).out).toBe(
      '00001000              00 00 00 00  68 65 6c 6c 6f 2c 20 77  |    ....hello, w|\n' +
        '00001010  6f 72 6c 64 00 00 00 00  00 00 00 00              |orld........    |\n',
    );
    expect(run(['read', dump(), '0', '65528', '12']).out).toBe(
      '0000fff0                           00 00 00 00 00 00 00 00  |        ........|\n' +
        '00010000                                                    |                |\n',
    );
  });

  it('draws ?? for missing and xx for lost', () => {
    const missing = stored('missing.core', dumpText('thread t L1\n memory 1\n segment 2 61 00'));
    expect(run(['read', missing, '0', '0', '6']).out).toBe(
      '00000000  ?? ?? 61 00 ?? ??                                 |  a.            |\n',
    );
    const lost = stored('lost.core', dumpText('thread t L1\n memory 1\n core x'));
    expect(run(['read', lost, '0', '0', '2']).out).toBe(
      '00000000  xx xx                                             |                |\n',
    );
  });

  it('gives JSON', () => {
    expect(JSON.parse(run(['read', dump(), '0', '0x1006', '4', '--json']).out)).toEqual({
      bytes: '00006865',
      states: [
        { start: 0x1006, end: 0x1008, state: 'zero-elided' },
        { start: 0x1008, end: 0x100a, state: 'captured' },
      ],
    });
    expect(JSON.parse(run(['read', dump(), '7', '16', '2', '--json']).out)).toEqual({
      bytes: '????',
      states: [{ start: 16, end: 18, state: 'out-of-bounds' }],
    });
    expect(JSON.parse(run(['read', dump(), '0', '0', '0', '--json']).out)).toEqual({ bytes: '', states: [] });
  });

  it('of megabytes is one run where the states are one', () => {
    const { out } = run(['read', dump(), '0', '0x20000', '5000000', '--json']);
    const { bytes, states } = JSON.parse(out) as { bytes: string; states: unknown };
    expect(bytes).toHaveLength(10_000_000);
    expect(states).toEqual([{ start: 0x20000, end: 0x20000 + 5_000_000, state: 'out-of-bounds' }]);
  });
});

describe('exit status', () => {
  it.each([
    [['--frobnicate'], '--frobnicate: no such option'],
    [[], 'DUMP expected; wasmortem --help says how'],
    [['read', 'x', '0'], 'read: DUMP MEMORY ADDRESS LENGTH expected, found 2 of 4'],
    [['opne', 'x.core'], 'opne: no such command and no such file; the nearest command is open.'],
    [['app', 'x.core'], 'app: no such file.'],
    [['/nowhere/x.core'], '/nowhere/x.core: no such file.'],
    [['/'], '/ is not a file.'],
  ])('%j is 2, with a sentence', (args, message) => {
    expect(run(args)).toEqual({ status: 2, out: '', err: `wasmortem: ${message}\n` });
  });

  it('an unreadable module is 2 too', () => {
    const dump = stored('y.core', dumpText('thread main L1'));
    expect(run([dump, '/nowhere/y.wasm'])).toMatchObject({ status: 2 });
  });

  it('is 0 for damaged files', () => {
    for (const name of ['bad-tag', 'leb-endless', 'cut-magic', 'zero-tail']) {
      const file = stored(`${name}.core`, fixture(`damaged/${name}/${name}.coredump`));
      expect([name, run([file]).status, run([file, '--json']).status]).toEqual([name, 0, 0]);
    }
  });

  it('a closed pipe ends it quietly', async () => {
    const dump = stored('long.core', dumpText('thread t L1\n memory 1000\n segment 0 aa'));
    const child = spawn(process.execPath, [cli, 'read', dump, '0', '0', '60000000'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    expect([status, err]).toEqual([0, '']);
  });
});

/** Erases what stands right of the cursor. */
const ERASE = '\u001b[K';

/** What a terminal shows in the end. */
function screen(text: string): string {
  const overwritten = (line: string, piece: string): string => {
    const at = piece.indexOf(ERASE);
    if (at === -1) return piece + line.slice(piece.length);
    return piece.slice(0, at) + piece.slice(at + ERASE.length);
  };
  const lines = text.split('\n').map((line) => line.split('\r').reduce(overwritten, ''));
  return lines.join('\n');
}

describe('colours', () => {
  it('are not in a pipe', () => {
    const { out } = run([stored('z.core', dumpText('thread main L1\n memory 1\n core z'))]);
    expect(out).not.toContain('\u001b');
  });

  it.skipIf(!existsSync('/usr/bin/script'))('are on a terminal, unless NO_COLOR is set', () => {
    const dump = stored('tty.core', dumpText('thread main L1\n memory 1\n core z'));
    const onTerminal = (environment: Readonly<Record<string, string>>): string =>
      execFileSync('/usr/bin/script', ['-qec', `'${process.execPath}' '${cli}' '${dump}'`, '/dev/null'], {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', ...environment },
      });
    expect(onTerminal({})).toContain('\u001b[1mtty.core\u001b[22m');
    expect(onTerminal({ NO_COLOR: '1' })).not.toContain('\u001b[');
  });

  it.skipIf(!existsSync('/usr/bin/script'))('and progress on a terminal only, gone at the end', () => {
    const dump = dumpText('thread main L1\n memory 1\n core z');
    // 100 MB: long enough to be inflated for more than 400 ms.
    const path = stored(
      'big.core.gz',
      gzipSync(Buffer.concat([dump, Buffer.alloc(100_000_000)]), { level: 1 }),
    );
    const piped = run([path]);
    expect(piped.err).toBe('');
    const shown = execFileSync(
      '/usr/bin/script',
      ['-qec', `'${process.execPath}' '${cli}' '${path}'`, '/dev/null'],
      {
        encoding: 'utf8',
        env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', NO_COLOR: '1' },
      },
    );
    const progress = shown.split(ERASE).filter((text) => text.startsWith('\rInflating '));
    expect(progress.length).toBeGreaterThan(0);
    expect(shown).not.toBe(piped.out);
    expect(screen(shown)).toBe(piped.out);
  });
});
