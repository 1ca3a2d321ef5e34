// Picks mangled names out of the fixtures' debug information and keeps what others make of them, in names.tsv:
// scheme, name, what is to be shown, and for Rust's legacy names the same with its hash.
//
//   node tests/dwarf/oracle/demangle.mjs NAMES RUST
//
// NAMES: one linkage name a line (llvm-dwarfdump-22 --debug-info of every module). RUST: a program that prints for each line of its
// input `{}`, a tab and `{:#}` of the crate rustc-demangle (0.1.28). Itanium and Rust v0 are answered by llvm-cxxfilt-22, which takes
// legacy names of Rust for Itanium ones.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const [names, rust] = process.argv.slice(2);
const all = readFileSync(names, 'utf8').trim().split('\n').sort();

const LEGACY = /^_ZN.*17h[0-9a-f]{16}E$/;

/** So many of a list, evenly, the longest of each stretch that is still short enough to be read. */
function pick(list, count) {
  const step = list.length / count;
  return Array.from({ length: Math.min(count, list.length) }, (_, at) => {
    const stretch = list.slice(
      Math.floor(at * step),
      Math.max(Math.floor((at + 1) * step), Math.floor(at * step) + 1),
    );
    return (
      stretch.filter((name) => name.length < 400).sort((a, b) => b.length - a.length)[
        at % 2 ? 0 : stretch.length >> 1
      ] ?? stretch[0]
    );
  }).filter((name) => name !== undefined);
}

const filtered = (tool, args, list) =>
  execFileSync(tool, args, { input: `${list.join('\n')}\n`, encoding: 'utf8' })
    .replace(/\n$/, '')
    .split('\n');

const legacy = pick(
  all.filter((name) => LEGACY.test(name)),
  90,
);
const v0 = pick(
  all.filter((name) => name.startsWith('_R')),
  90,
);
const itanium = pick(
  all.filter((name) => name.startsWith('_Z') && !LEGACY.test(name)),
  100,
);
// Names of C that a demangler of types takes for one, and names that look mangled and are not.
const plain = [
  ...[
    'a',
    'b',
    'c',
    'd',
    'e',
    'f',
    'g',
    'h',
    'i',
    'j',
    'l',
    'm',
    'n',
    'o',
    's',
    't',
    'v',
    'w',
    'x',
    'y',
    'z',
  ],
  ...[
    'Pi',
    'PKc',
    'Dn',
    'St',
    'Ss',
    'main',
    '_start',
    'malloc',
    '__original_main',
    '__wasm_call_ctors',
    'rust_begin_unwind',
  ],
  ...[
    '_Z',
    '_ZN',
    '_R',
    'R',
    '_',
    '__Z',
    'ZN',
    '_Zzz',
    '_RNv',
    'Rust',
    '_GLOBAL__sub_I_shapes.cpp',
    '$s',
    '?x@@YAXXZ',
    'func.1',
  ],
];
const rows = [];
const add = (scheme, list, shown, full) =>
  rows.push(...list.map((name, at) => [scheme, name, shown[at], full?.[at] ?? ''].join('\t')));
add('itanium', itanium, filtered('llvm-cxxfilt-22', [], itanium));
add('v0', v0, filtered('llvm-cxxfilt-22', [], v0));
const answers = filtered(rust, [], legacy).map((line) => line.split('\t'));
add(
  'legacy',
  legacy,
  answers.map(([, short]) => short),
  answers.map(([full]) => full),
);
add('plain', plain, filtered('llvm-cxxfilt-22', [], plain));
writeFileSync(join(here, 'names.tsv'), `${rows.join('\n')}\n`);
console.log(rows.length);
