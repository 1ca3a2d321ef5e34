import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('./fixtures/', import.meta.url));

/** One file stands in two folders: the program of the one is the program of the other, byte for byte. */
const SAME: Readonly<Record<string, string>> = {
  'rewriter/rust-panic-022/rust-panic-022.wasm': 'wasmtime/rust-orders/rust-orders.wasm',
};

/** How a file may be kept: as its producer wrote it, or, where it is large, under its name and an ending. */
const KEPT = [
  { ending: '', unpacked: (bytes: Buffer) => bytes },
  { ending: '.gz', unpacked: (bytes: Buffer) => gunzipSync(bytes) },
  { ending: '.br', unpacked: (bytes: Buffer) => brotliDecompressSync(bytes) },
];

const kept = (path: string) =>
  KEPT.find(({ ending }) => existsSync(join(root, `${SAME[path] ?? path}${ending}`)));

/** Whether there is such a file, however it is kept. */
export function hasFixture(path: string): boolean {
  return kept(path) !== undefined;
}

/** The bytes of a fixture as its producer wrote it. */
export function fixture(path: string): Uint8Array<ArrayBuffer> {
  const { ending, unpacked } = kept(path) ?? { ending: '', unpacked: (bytes: Buffer) => bytes };
  return Uint8Array.from(unpacked(readFileSync(join(root, `${SAME[path] ?? path}${ending}`))));
}

/** A JSON file of a fixture's folder: `truth.json` or `expected.json`. */
export function fixtureJson<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(fixture(path))) as T;
}

/** Every folder with a file to open, for example `wasmtime/c-heap`. In `symbols` there are modules only. */
export function fixtureFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((producer) => producer.isDirectory() && producer.name !== 'symbols')
    .flatMap((producer) => readdirSync(join(root, producer.name)).map((name) => `${producer.name}/${name}`))
    .sort();
}

/** The file of a fixture's folder that the viewer is to open: the dump, or what stands in its place. */
export function fixtureFile(folder: string): string {
  const files = readdirSync(join(root, folder));
  const truth = files.includes('truth.json') ? fixtureJson<{ file?: string }>(`${folder}/truth.json`) : {};
  const named = typeof truth.file === 'string' && folder.startsWith('notdumps/') ? truth.file : undefined;
  const name =
    named ??
    files.find((file) => /\.coredump(\.gz)?$/.test(file)) ??
    files.find((file) => /\.snapshot\.wasm(\.gz)?$/.test(file));
  if (name === undefined) throw new Error(`${folder}: no file to open`);
  const last = folder.split('/').at(-1);
  // `NAME.coredump.gz` is the producer's own file where its command compressed it, else ours of a large one.
  const compressedByUs = name.endsWith('.gz') && !KEPT_GZIPPED.has(last ?? '');
  return `${folder}/${compressedByUs ? name.slice(0, -3) : name}`;
}

/** Fixtures whose `expected.json` speaks of the gzipped file. */
const KEPT_GZIPPED = new Set([
  'pages-022',
  'rust-panic-022',
  'many-segments',
  'gzip',
  'gzip-cut',
  'scattered',
]);
