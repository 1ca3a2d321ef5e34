// Asks LLVM's tools about every module of the fixtures that has debug information, and keeps the answers beside this file.
//
//   node tests/dwarf/oracle/make.mjs              all of it
//   node tests/dwarf/oracle/make.mjs rows MODULE  the line rows of one module, to read
//
// Needs llvm-symbolizer-22, llvm-dwarfdump-22 and wasm-objdump (DEVELOPERS.md). Nothing of src/ is used here.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, constants, gunzipSync } from 'node:zlib';
import { SourceMapConsumer } from 'source-map-js';
import { bodiesOf } from './code.mjs';
import { lineTables, outermostNames } from './dwarfdump.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const fixtures = join(here, '../../fixtures');
const work = mkdtempSync(join(tmpdir(), 'wasmortem-oracle-'));
const SAMPLES = 2000;

/** Line tables are compared row for row in these. */
const ROWS = [
  'wasmtime/c-divide-O0/c-divide-O0.wasm',
  'wasmtime/c-divide-O2/c-divide-O2.wasm',
  'wasmtime/c-divide-dwarf5/c-divide-dwarf5.wasm',
  'wasmtime/c-divide-dwarf5-O2/c-divide-dwarf5-O2.wasm',
  'wasmtime/cpp-shapes-O0/cpp-shapes-O0.wasm',
  'wasmtime/cpp-shapes-O1/cpp-shapes-O1.wasm',
  'wasmtime/rust-orders/rust-orders.wasm',
  'wasmtime/rust-orders-release/rust-orders-release.wasm',
  'symbols/',
];

/** Changed after their debug information was written: all its addresses are wrong, and LLVM does not see it. */
const STALE = ['rewriter/crash-022/crash-022.rewritten.wasm', 'symbols/stale/stale.wasm'];

function run(tool, args, options = {}) {
  return execFileSync(tool, args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
    stdio: ['pipe', 'pipe', 'ignore'],
    ...options,
  });
}

/** Every module of the fixtures, unpacked into the working folder, under its path there. */
function unpacked() {
  const found = [];
  for (const file of readdirSync(fixtures, { recursive: true }).sort()) {
    const match = /^(.*\.(wasm|dwo|dwp|map))(\.gz|\.br)?$/.exec(file);
    if (match === null) continue;
    const packed = readFileSync(join(fixtures, file));
    const bytes =
      match[3] === '.gz' ? gunzipSync(packed) : match[3] === '.br' ? brotliDecompressSync(packed) : packed;
    mkdirSync(dirname(join(work, match[1])), { recursive: true });
    writeFileSync(join(work, match[1]), bytes);
    if (match[2] === 'wasm' && bytes.includes('.debug_line') && !STALE.includes(match[1]))
      found.push(match[1]);
  }
  return found;
}

/** mulberry32: the same offsets each time, and the same in modules that are the same but for a name. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Instruction starts of the whole module, as offsets in the code section's payload. */
function instructions(path, payload) {
  const starts = [];
  for (const [, offset, what] of run('wasm-objdump', ['-d', path]).matchAll(
    /^ ([0-9a-f]{6,}): [0-9a-f ]+\| +(\S.*)$/gm,
  ))
    if (!what.startsWith('local[')) starts.push(Number.parseInt(offset, 16) - payload);
  return starts;
}

function sample(starts, count) {
  const next = random(22);
  const pool = [...starts];
  for (let at = 0; at < Math.min(count, pool.length); at++) {
    const other = at + Math.floor(next() * (pool.length - at));
    [pool[at], pool[other]] = [pool[other], pool[at]];
  }
  return pool.slice(0, count).sort((a, b) => a - b);
}

/** What llvm-symbolizer says of each address: innermost first. `kind`: short or linkage names. */
function symbolized(module, addresses, kind, more) {
  const path = join(work, module);
  const args = [
    '-e',
    path,
    '--inlines',
    '--output-style=JSON',
    '--relativenames',
    `--functions=${kind}`,
    '--no-demangle',
    ...more,
  ];
  const input = addresses.map((address) => `0x${address.toString(16)}`).join('\n');
  // The folder: names of .dwo files are relative to it.
  const out = run('llvm-symbolizer-22', args, {
    input,
    cwd: more.includes('--dwp=none') ? work : dirname(path),
  });
  return out
    .trim()
    .split('\n')
    .map((line) =>
      JSON.parse(line).Symbol.map(({ FunctionName, FileName, Line, Column, StartAddress }) => ({
        name: FunctionName || null,
        file: FileName || null,
        line: Line || null,
        column: Column || null,
        start: StartAddress ? Number(StartAddress) : null,
      })),
    );
}

const empty = ({ name, file, line }) => name === null && file === null && line === null;

/** The answers for one module, as tables that refer to each other by index. */
function answers(module, companions) {
  const path = join(work, module);
  const bytes = readFileSync(path);
  const { payload, bodies } = bodiesOf(bytes);
  const offsets = sample(instructions(path, payload), SAMPLES);
  const more =
    companions === 'dwp'
      ? [`--dwp=${path.replace(/\.wasm$/, '.dwp')}`]
      : companions === 'none'
        ? ['--dwp=none']
        : [];
  const short = symbolized(module, offsets, 'short', more);
  const linkage = symbolized(module, offsets, 'linkage', more);
  const named = outermostNames(run('llvm-dwarfdump-22', ['--debug-info', path]));
  const tables = { texts: table(), frames: table(), chains: table() };
  const rows = [];
  const exceptions = [];
  let body = 0;
  let previous = 0;
  for (const [index, offset] of offsets.entries()) {
    while (offset >= bodies[body].end) body++;
    const { start, end, funcidx } = bodies[body];
    const chain = short[index].filter((frame) => !empty(frame));
    const outer = chain.at(-1);
    // llvm-symbolizer looks a function up by range, the product by the start of its body.
    const other = outer?.start != null && outer.start !== start;
    const claimed = named.get(start);
    if (
      companions === 'none' &&
      !module.includes('/split') &&
      (other || (outer !== undefined && outer.name !== null && claimed === undefined))
    )
      exceptions.push({
        offset,
        funcidx,
        start,
        llvm: outer.name,
        llvmStart: outer.start,
        byStart: claimed ?? null,
      });
    const ids = chain.map(({ name, file, line, column }, depth) => {
      const last = depth === chain.length - 1;
      const mangled = last ? (claimed?.linkage ?? name) : linkage[index].at(depth).name;
      const text = (value) => (value === null ? -1 : tables.texts.id(value));
      return tables.frames.id([text(name), text(mangled), text(file), line ?? 0, column ?? 0].join(' '));
    });
    rows.push(`${offset - previous} ${funcidx} ${start} ${end} ${tables.chains.id(ids.join(' '))}`);
    previous = offset;
  }
  const numbers = (list) => list.map((line) => (line === '' ? [] : line.split(' ').map(Number)));
  return {
    content: {
      texts: tables.texts.list,
      frames: numbers(tables.frames.list),
      chains: numbers(tables.chains.list),
      offsets: numbers(rows),
    },
    exceptions,
  };
}

function table() {
  const index = new Map();
  return {
    list: [],
    id(value) {
      const known = index.get(value);
      if (known !== undefined) return known;
      index.set(value, this.list.length);
      return this.list.push(value) - 1;
    },
  };
}

function write(name, value) {
  const bytes = Buffer.from(JSON.stringify(value));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const packed = brotliCompressSync(bytes, { params });
  writeFileSync(join(here, `${name}.json.br`), packed);
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} packed`);
}

const modules = unpacked();
const [command, wanted] = process.argv.slice(2);
try {
  if (command === 'rows') {
    for (const { sequences, files } of lineTables(
      run('llvm-dwarfdump-22', ['--debug-line', join(work, wanted)]),
    ))
      for (const row of sequences.flat())
        console.log(`${row.address.toString(16)} ${files[row.file]}:${row.line}:${row.column} ${row.flags}`);
  } else {
    const groups = new Map();
    for (const module of modules) {
      const companions = module.startsWith('symbols/split') ? ['none', 'dwo', 'dwp'] : ['none'];
      for (const kind of companions) {
        const { content, exceptions } = answers(module, kind);
        const key = createHash('sha256').update(JSON.stringify(content)).digest('hex');
        const group = groups.get(key) ?? { modules: [], ...content };
        groups.set(key, group);
        group.modules.push(kind === 'none' ? module : `${module} ${kind}`);
        if (exceptions.length > 0)
          throw new Error(
            `${module}: ${exceptions.length} answers by range, not by start: ${JSON.stringify(exceptions[0])}`,
          );
      }
    }
    write('inlines', [...groups.values()]);
    const rows = [];
    for (const module of modules.filter((name) => ROWS.some((one) => name.startsWith(one)))) {
      const tables = lineTables(run('llvm-dwarfdump-22', ['--debug-line', join(work, module)]));
      const { bodies } = bodiesOf(readFileSync(join(work, module)));
      rows.push({
        module,
        bodies: bodies.flatMap(({ start, end }) => [start, end]),
        tables: tables.map(packedTable),
      });
    }
    write('rows', rows);
    write(
      'source-maps',
      ['assemblyscript', 'release'].map((name) => mappings(`symbols/assemblyscript/${name}.wasm.map`)),
    );
  }
} finally {
  rmSync(work, { recursive: true });
}

/** Every mapping of a source map: [file offset in the module, index of the source, line from 1, column from 0]. */
function mappings(map) {
  const content = JSON.parse(readFileSync(join(work, map), 'utf8'));
  const consumer = new SourceMapConsumer(content);
  const rows = [];
  consumer.eachMapping(({ generatedLine, generatedColumn, source, originalLine, originalColumn }) => {
    if (generatedLine !== 1) throw new Error(`a mapping in line ${generatedLine}`);
    rows.push([generatedColumn, consumer.sources.indexOf(source), originalLine, originalColumn]);
  });
  return { map, sources: content.sources, rows };
}

/** Rows as differences to the one before, by column, so that they pack well. */
function packedTable({ offset, files, sequences }) {
  const columns = { address: [], file: [], line: [], column: [], flags: [] };
  let last = { address: 0, line: 0 };
  for (const row of sequences.flat()) {
    columns.address.push(row.address - last.address);
    columns.line.push(row.line - last.line);
    columns.file.push(row.file);
    columns.column.push(row.column);
    columns.flags.push(row.flags);
    last = row;
  }
  return { offset, files, ...columns };
}
