import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { listZip, MEMBER_LIMIT } from '../../../src/app/intake/zip';
import { fixture } from '../../fixture';
import { type Member, zipOf } from './zip-file';

const signal = new AbortController().signal;
const text = (value: string) => new TextEncoder().encode(value);
const list = (bytes: Uint8Array<ArrayBuffer>, room = 10_000) =>
  listZip('a.zip', new Blob([bytes]), room, signal);
const one = async (member: Member) => {
  const { files } = await list(zipOf([member]));
  const [file] = files;
  if (file === undefined) throw new Error('the archive has no file');
  return file;
};
const content = async (member: Member) => (await (await one(member)).blob(signal)).text();
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no failure',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );

describe('a zip archive', () => {
  it('that a real tool wrote gives its dump, byte for byte', async () => {
    const { files, problems } = await list(fixture('notdumps/zip/all-types.zip'));
    expect(files.map(({ path, size, nested }) => ({ path, size, nested }))).toEqual([
      { path: 'all-types.coredump', size: 392, nested: true },
    ]);
    const blob = await files[0]?.blob(signal);
    expect(new Uint8Array((await blob?.arrayBuffer()) ?? [])).toEqual(
      fixture('wasm-encoder/all-types/all-types.coredump'),
    );
    expect(problems).toEqual([]);
  });

  it('has stored and deflated members, also with the sizes of zip64', async () => {
    expect(await content({ name: 'a', bytes: text('hello') })).toBe('hello');
    expect(await content({ name: 'a', bytes: text('hello'), stored: true })).toBe('hello');
    expect(await content({ name: 'a', bytes: text('hello'), zip64: true })).toBe('hello');
    expect(await content({ name: 'empty', bytes: text('') })).toBe('');
  });

  it('gives the first bytes of a member without unpacking the rest', async () => {
    const file = await one({ name: 'big', bytes: new Uint8Array(50_000_000).fill(7) });
    expect(await file.head(4, signal)).toEqual(Uint8Array.of(7, 7, 7, 7));
    expect(await (await one({ name: 'a', bytes: text('ab') })).head(4096, signal)).toEqual(text('ab'));
  });

  it('is for the session what gzip holds, or a part of the archive, and nothing is copied', async () => {
    const big = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
    const forSession = async (member: Member) =>
      new Uint8Array(await (await (await one(member)).forSession(signal)).arrayBuffer());
    expect(Uint8Array.from(gunzipSync(await forSession({ name: 'a', bytes: big })))).toEqual(big);
    expect(Uint8Array.from(gunzipSync(await forSession({ name: 'a', bytes: big, zip64: true })))).toEqual(
      big,
    );
    expect(await forSession({ name: 'a', bytes: big, stored: true })).toEqual(big);
    const gzip = Uint8Array.from(gzipSync(big));
    expect(await forSession({ name: 'a.gz', bytes: gzip })).toEqual(gzip);
    expect(await failure(forSession({ name: 'a.c', bytes: text('hello'), method: 12 }))).toMatch(
      /by method 12/,
    );
  });

  it('stops while a member is unpacked', async () => {
    const file = await one({ name: 'big', bytes: new Uint8Array(50_000_000) });
    const stop = new AbortController();
    const unpacking = file.blob(stop.signal);
    setTimeout(() => stop.abort(new Error('stopped')), 5);
    expect(await failure(unpacking)).toBe('stopped');
  });

  it('keeps names as names, and leaves out folders and links', async () => {
    const { files } = await list(
      zipOf([
        { name: '../../etc/passwd.c', bytes: text('a') },
        { name: '/abs.c', bytes: text('b') },
        { name: 'sub/', bytes: text('') },
        { name: 'link', bytes: text('/etc/passwd'), stored: true, mode: 0o120777 },
      ]),
    );
    expect(files.map(({ path }) => path)).toEqual(['../../etc/passwd.c', '/abs.c']);
  });

  it('says which members are encrypted', async () => {
    const { files, problems } = await list(
      zipOf([
        { name: 'x/a.core', bytes: text('a'), encrypted: true },
        { name: 'b.c', bytes: text('b') },
      ]),
    );
    expect(files.map(({ path }) => path)).toEqual(['b.c']);
    expect(problems).toEqual([
      'a.core in a.zip is encrypted: unpack the archive with its password, then drop what it holds.',
    ]);
  });

  it('with more members than are looked at says so', async () => {
    const members = Array.from({ length: 12 }, (_, at) => ({ name: `${at}.c`, bytes: text('a') }));
    const { files, problems } = await list(zipOf(members), 10);
    expect(files.length).toBe(10);
    expect(problems).toEqual(['a.zip holds more than 10 files: the first 10 are looked at.']);
  });
});

describe('a damaged or hostile zip archive', () => {
  it('that is cut off has no record at its end', async () => {
    const whole = zipOf([{ name: 'a.c', bytes: text('hello'.repeat(100)) }]);
    expect(await failure(list(whole.slice(0, whole.length - 30)))).toBe(
      'a.zip is a zip archive that is cut off or damaged: the record at its end is not there.',
    );
    expect(await failure(list(whole.slice(0, 10)))).toMatch(/^a\.zip is a zip archive/);
  });

  it('is refused with a sentence when its list is not there', async () => {
    const whole = zipOf([{ name: 'a.c', bytes: text('hello') }]);
    const view = new DataView(whole.buffer);
    view.setUint32(whole.length - 6, 3, true);
    view.setUint32(whole.length - 10, 7, true);
    expect(await failure(list(whole))).toMatch(/^a\.zip is a (damaged )?zip archive/);
  });

  it('whose bytes do not fit their checksum is not used', async () => {
    expect(await failure(content({ name: 'a.core', bytes: text('hello'), crc: 1 }))).toBe(
      'a.core in a.zip is damaged: its bytes do not have the checksum that the archive says.',
    );
  });

  it('that unpacks to more than it says is stopped there', async () => {
    const bomb = { name: 'bomb.core', bytes: new Uint8Array(100_000_000), declared: 1000 };
    const file = await one(bomb);
    const message = await failure(file.blob(signal));
    expect(message).toBe(
      'bomb.core in a.zip is damaged: it does not unpack to the 1,000 bytes that the archive says.',
    );
  });

  it('that says more than is ever unpacked is not begun', async () => {
    const file = await one({ name: 'big.core', bytes: text('a'), declared: MEMBER_LIMIT + 1, zip64: true });
    expect(await failure(file.blob(signal))).toBe(
      'big.core says it unpacks to 4.00 GiB; at most 4.00 GiB are unpacked here.',
    );
  });

  it('that says less than it is ends with its sentence', async () => {
    expect(await failure(content({ name: 'a.c', bytes: text('hello'), declared: 50 }))).toMatch(
      /^a\.c in a\.zip is damaged/,
    );
  });

  it('packed by another method says by which', async () => {
    expect(await failure(content({ name: 'a.c', bytes: text('hello'), method: 12 }))).toBe(
      'a.c in a.zip is packed by method 12; stored (0) and deflated (8) are unpacked here.',
    );
  });

  it('with any byte changed or cut ends with an answer or a sentence', async () => {
    const whole = zipOf([
      { name: 'a.c', bytes: text('int main;'.repeat(20)) },
      { name: 'b.core', bytes: Uint8Array.from({ length: 300 }, (_, at) => at), zip64: true },
    ]);
    for (let at = 0; at < whole.length; at += 1) {
      const damaged = at % 2 === 0 ? whole.slice() : whole.slice(0, at);
      if (at % 2 === 0) damaged[at] = (damaged[at] ?? 0) ^ 0xff;
      const answer = await list(damaged).catch((error: unknown) => error);
      if (answer instanceof Error) {
        expect(answer.name).toBe('SourceError');
        continue;
      }
      if (typeof answer !== 'object' || answer === null || !('files' in answer))
        throw new Error('no listing');
      for (const file of (answer as Awaited<ReturnType<typeof list>>).files) {
        const read = await file.blob(signal).catch((error: unknown) => error);
        if (!(read instanceof Blob)) expect((read as Error).name).toBe('SourceError');
      }
    }
  });
});
