import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('./fixtures/', import.meta.url));

/** The bytes of a fixture as its producer wrote it. Large ones are kept gzipped here, under their name and `.gz`. */
export function fixture(path: string): Uint8Array<ArrayBuffer> {
  const plain = join(root, path);
  const bytes = existsSync(plain) ? readFileSync(plain) : gunzipSync(readFileSync(`${plain}.gz`));
  return Uint8Array.from(bytes);
}

/** A JSON file of a fixture's folder: `truth.json` or `expected.json`. */
export function fixtureJson<T>(path: string): T {
  return JSON.parse(new TextDecoder().decode(fixture(path))) as T;
}

/** Every fixture's folder, for example `wasmtime/c-heap`. */
export function fixtureFolders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((producer) => producer.isDirectory())
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
