import { describe, expect, test } from 'vitest';
import { fixture, fixtureFile, fixtureJson, hasFixture } from '../../fixture';
import { openBytes } from '../../helpers/open';

async function opened(folder: string, module = `${folder}/${folder.split('/')[1]}.wasm`) {
  const modules = hasFixture(module) ? { [module.split('/').at(-1) ?? module]: fixture(module) } : {};
  return (await openBytes(fixture(fixtureFile(folder)), modules)).snapshot;
}

const causeOfFixture = async (folder: string, module?: string) =>
  (await opened(folder, module)).causes[0] ?? null;

/** What the runtime printed when it wrote the dump: `4: wasm trap: integer divide by zero`. */
const printed = (folder: string): string =>
  fixtureJson<{ trap: string }>(`${folder}/truth.json`)
    .trap.replace(/^.*wasm trap: /, '')
    .replace('wasm `unreachable` instruction executed', 'unreachable');

describe('the trap that Wasmtime printed is worked out from its dump and module', () => {
  test.each([
    'c-divide-O0',
    'c-divide-dwarf5',
    'c-heap',
    'c-pointers',
    'c-recursion-20',
    'c-stack-overflow',
    'globals',
    'memory-2gib',
    'memory-4gib',
    'memory-edges',
    'multi-instance',
    'names-hostile',
    'page-size',
    'shared-memory',
    'stripped',
    'v14-memory-edges',
    'v25-c-heap',
    'v25-memory64',
    'v25-shared-memory',
    'v50-references',
  ])('%s', async (name) => {
    const cause = await causeOfFixture(`wasmtime/${name}`);
    expect(cause?.title).toBe(printed(`wasmtime/${name}`));
    expect(cause?.evidence.length).toBeGreaterThan(0);
  });

  test.each(['c-divide-O2', 'v9-c-divide'])(
    '%s: the operands are not in the dump, so all that the instruction can do is named',
    async (name) => {
      const cause = await causeOfFixture(`wasmtime/${name}`);
      expect(cause?.certainty).toBe('probably');
      expect(cause?.title).toContain(printed(`wasmtime/${name}`));
    },
  );
});

test('what says so is said: the divisor, where it was read, and how that place was found', async () => {
  const cause = await causeOfFixture('wasmtime/c-divide-O0');
  expect(cause).toMatchObject({
    certainty: 'inferred',
    frame: 0,
    evidence: [
      'i32.div_s: the divisor is 0.',
      '__stack_pointer (global 0) is 65440 in the dump.',
      'Memory at 0xff98 holds 0.',
    ],
  });
});

test('a wild address is told: where it leads, and where the memory ends', async () => {
  const cause = await causeOfFixture('wasmtime/c-pointers');
  expect(cause?.address).toEqual({ memory: 0, address: 0xfffffff0 });
  expect(cause?.evidence[0]).toBe('i32.load: 4 bytes at 0xfffffff0, the memory ends at 0x00050000.');
});

test('an indirect call names both signatures', async () => {
  const cause = await causeOfFixture('wasmtime/c-heap');
  expect(cause?.evidence[0]).toBe(
    'call_indirect: table 0, index 2 is print_item () -> (), expected (i32, i32) -> (i32).',
  );
});

test('a shadow stack that ran over is told from the access that it led to', async () => {
  const cause = await causeOfFixture('wasmtime/c-shadow-overflow');
  expect(cause?.title).toBe('shadow stack overflow');
  expect(cause?.evidence).toContain('__stack_pointer (global 0) is -80: below address 0.');
  expect(cause?.evidence).toContain('It led to: out of bounds memory access.');
});

test('a frame on an instruction that does not trap: fuel, and a trap in the host', async () => {
  expect(await causeOfFixture('wasmtime/fuel')).toMatchObject({ certainty: 'probably' });
  const host = await causeOfFixture('wasmtime/host-trap');
  expect(host?.title).toBe('trap inside the imported function trap');
});

test('a panic of Rust 1.63: the message is found through what the panic hook was given', async () => {
  for (const name of ['rust-orders', 'rust-orders-release']) {
    const { causes, names } = await opened(`wasmtime/${name}`);
    const cause = causes[0];
    expect(cause).toMatchObject({
      title: 'Rust panic: index out of bounds',
      message: 'index out of bounds: the len is 2 but the index is 2',
    });
    expect(cause?.evidence).toContain('It was raised at trap.rs:7:53.');
    // Not the library's functions that pass their caller's place on, but the one that indexed.
    const blamed = names.frames[0]?.[cause?.frame ?? 0];
    expect(blamed?.lines).toContainEqual(expect.objectContaining({ file: 'trap.rs', line: 7 }));
  }
});

test('the message is found in a dump of the rewriter too, which holds no globals', async () => {
  const cause = await causeOfFixture('rewriter/rust-panic-022');
  expect(cause?.message).toBe('index out of bounds: the len is 2 but the index is 2');
});

describe('without code', () => {
  test('the rewriter catches one trap only', async () => {
    const cause = await causeOfFixture('rewriter/crash-022', 'none');
    expect(cause).toMatchObject({ title: 'unreachable', certainty: 'known' });
  });

  test('a youngest frame without an offset, in a recursion', async () => {
    const cause = await causeOfFixture('wasmtime/c-stack-overflow', 'none');
    expect(cause).toMatchObject({ title: 'call stack exhausted', certainty: 'inferred' });
  });

  test('a module that does not match gives no cause', async () => {
    const cause = await causeOfFixture('wasmtime/c-divide-O0', 'wasmtime/c-heap/c-heap.wasm');
    expect(cause).toBeNull();
  });

  test('nothing is said where nothing is known', async () => {
    expect(await causeOfFixture('wasmtime/c-divide-O0', 'none')).toBeNull();
  });
});
