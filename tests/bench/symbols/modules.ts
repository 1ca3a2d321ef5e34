import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Packages that only this bench needs, and that are too large for everybody's `npm ci`. */
const PACKAGES = { ruby: '@ruby/3.4-wasm-wasi@2.10.1', lldb: '@vscode/dwarf-debugging@0.0.2' } as const;
const cache = fileURLToPath(new URL('../../../node_modules/.cache/wasmortem-bench', import.meta.url));
const temporary = join(tmpdir(), 'wasmortem-bench');

/** The debug build of the Ruby interpreter; null: it is not there and could not be fetched. */
export function rubyModule(): string | null {
  const path = join(cache, 'node_modules/@ruby/3.4-wasm-wasi/dist/ruby.debug+stdlib.wasm');
  return fetched(PACKAGES.ruby, path) ? path : null;
}

/** The folder from which LLDB compiled to Wasm can be loaded; null as above. */
export function lldbFolder(): string | null {
  return fetched(PACKAGES.lldb, join(cache, 'node_modules/@vscode/dwarf-debugging/package.json'))
    ? cache
    : null;
}

function fetched(spec: string, path: string): boolean {
  if (existsSync(path)) return true;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{"private":true}');
  try {
    execFileSync('npm', ['install', '--no-audit', '--no-fund', ...Object.values(PACKAGES)], {
      cwd: cache,
      stdio: 'ignore',
    });
  } catch (error) {
    process.stdout.write(
      `\n${spec} could not be fetched: ${error instanceof Error ? error.message : String(error)}\n`,
    );
  }
  return existsSync(path);
}

/** Whether a tool of LLVM's is installed. */
export function has(tool: string): boolean {
  try {
    execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}

const UNITS = 100;
const TOKEN = 'unit0000';

/**
 * A module of 360 MB: 88 MB of .debug_info, 20 MB of .debug_line, in 100 units. One unit is compiled; the others are its
 * object file with another number in each of its names, so that the linker has 100 units that are not the same. null: clang
 * or lld is not there.
 */
export function largeModule(): string | null {
  const path = join(temporary, `symbols-${UNITS}-v1.wasm`);
  if (existsSync(path)) return path;
  if (!has('clang++-22') || !has('wasm-ld-22')) return null;
  const work = join(temporary, `symbols-${process.pid}`);
  mkdirSync(work, { recursive: true });
  const source = fileURLToPath(new URL('./unit.cpp', import.meta.url));
  const flags = ['--target=wasm32-wasi', '-std=c++20', '-fno-exceptions', '-Wno-deprecated', '-g', '-O1'];
  execFileSync('clang++-22', [...flags, '-c', source, '-o', join(work, 'unit.o')]);
  const object = readFileSync(join(work, 'unit.o'));
  const places: number[] = [];
  for (let at = object.indexOf(TOKEN); at >= 0; at = object.indexOf(TOKEN, at + 1)) places.push(at);
  const objects = Array.from({ length: UNITS }, (_, unit) => {
    for (const at of places) object.write(`unit${String(unit).padStart(4, '0')}`, at, 'latin1');
    const file = join(work, `${unit}.o`);
    writeFileSync(file, object);
    return file;
  });
  const unfinished = join(work, 'large.wasm');
  const linked = ['--no-entry', '--no-gc-sections', '--allow-undefined', ...objects, '-o', unfinished];
  execFileSync('wasm-ld-22', linked, { stdio: 'ignore' });
  renameSync(unfinished, path);
  rmSync(work, { recursive: true });
  return path;
}
