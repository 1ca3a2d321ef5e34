import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DecodeError } from '../../src/bytes/cursor';
import { BodyScan, callKind, canTrap, decodeInstruction, indexBody } from '../../src/wasm/body';
import { skipInstruction } from '../../src/wasm/skip';
import { bytes } from '../helpers/dump-text';

const offsets = (text: string) => [...indexBody(bytes(text)).offsets];

describe('indexBody', () => {
  it('counts offsets from the body, local declarations included', () => {
    const index = indexBody(bytes('02 03 7f 01 7e 20 00 10 94 80 80 80 00 0b'));
    expect(index.locals).toEqual([
      { count: 3, type: 'i32' },
      { count: 1, type: 'i64' },
    ]);
    expect(index.first).toBe(5);
    expect([...index.offsets]).toEqual([5, 7, 13]);
    expect(index.problem).toBeNull();
  });

  it('keeps a hostile count of locals as a group', () => {
    expect(indexBody(bytes('01 ff ff ff ff 0f 7f 0b'))).toMatchObject({
      locals: [{ count: 0xffffffff, type: 'i32' }],
      problem: null,
    });
  });

  it('refuses more groups than there are bytes', () => {
    expect(indexBody(bytes('ff ff ff ff 0f 0b'))).toMatchObject({
      first: 0,
      problem: {
        offset: 0,
        message: 'local declaration count 4294967295, more than the 1 bytes that remain',
      },
    });
  });

  it('indents what stands in a block, and else, catch and end with their block', () => {
    // block, loop, if, nop, else, nop, end, end, try, catch, catch_all, end, try, delegate, end, end
    const text = '00 02 40 03 40 04 40 01 05 01 0b 0b 06 40 07 00 19 0b 06 40 18 00 0b 0b';
    expect([...indexBody(bytes(text)).depths]).toEqual([0, 1, 2, 3, 2, 3, 2, 1, 1, 1, 1, 1, 1, 1, 0, 0]);
  });

  it('goes over memory arguments with a memory and 64-bit offsets', () => {
    expect(offsets('00 28 42 01 04 28 02 ff ff ff ff ff ff ff ff ff 01 0b')).toEqual([1, 5, 17]);
  });

  it('goes over br_table, try_table, select with types, br_on_cast and shuffles', () => {
    expect(offsets('00 0e 02 00 01 02 0b')).toEqual([1, 6]);
    expect(offsets('00 1f 40 04 00 00 00 01 01 00 02 00 03 00 0b 0b')).toEqual([1, 14, 15]);
    expect(offsets('00 1c 01 7f 0b')).toEqual([1, 4]);
    expect(offsets('00 fb 18 03 00 6e 05 0b')).toEqual([1, 7]);
    expect(offsets(`00 fd 0d ${'00 '.repeat(16)} 0b`)).toEqual([1, 19]);
  });

  it('keeps what stands before an opcode that is not known, and says where it is and what', () => {
    expect(indexBody(bytes('00 01 27 0b'))).toMatchObject({
      offsets: Uint32Array.of(1),
      problem: { offset: 2, message: 'opcode 0x27 is not known' },
    });
    expect(indexBody(bytes('00 fc 99 01 0b')).problem).toEqual({
      offset: 1,
      message: 'opcode 0xfc 0x99 is not known',
    });
    expect(indexBody(bytes('00 fd ff ff ff ff 0f')).problem?.message).toBe(
      'opcode 0xfd 0xffffffff is not known',
    );
  });

  it('says when the body is cut, has no end, or goes on after it', () => {
    expect(indexBody(bytes('00 20')).problem).toEqual({
      offset: 2,
      message: 'local index is cut off after 0 bytes',
    });
    expect(indexBody(bytes('00 44 00 00')).problem?.message).toBe('f64 constant of 8 bytes, 2 remain');
    expect(indexBody(bytes('00 01')).problem).toEqual({
      offset: 2,
      message: 'instruction expected, no byte remains; the body has no end',
    });
    expect(indexBody(bytes('00 0b 01 01')).problem).toEqual({
      offset: 2,
      message: "2 bytes after the function's end",
    });
    expect(indexBody(new Uint8Array(0)).problem?.offset).toBe(0);
  });

  it('holds depths to 65,535', () => {
    const deep = 70_000;
    const body = new Uint8Array(1 + 3 * deep + 1).fill(0x0b);
    body[0] = 0;
    for (let index = 0; index < deep; index += 1) body.set([0x02, 0x40], 1 + 2 * index);
    const { depths, problem } = indexBody(body);
    expect(depths[deep]).toBe(0xffff);
    expect(depths.at(-1)).toBe(0);
    expect(problem).toBeNull();
  });

  it('comes to the same by portions', () => {
    const body = bytes('00 02 40 03 40 04 40 01 05 01 0b 0b 0b 0b');
    const scan = new BodyScan(body);
    let steps = 0;
    while (!scan.advance(1)) steps += 1;
    expect(steps).toBe(9);
    expect(scan.index()).toEqual(indexBody(body));
  });
});

describe('skipInstruction', () => {
  it('finds the length and opcode that decoding finds, or the same error', () => {
    const lead = fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(0xfb, 0xfc, 0xfd, 0xfe));
    const input = fc.tuple(lead, fc.uint8Array({ maxLength: 24 }));
    fc.assert(
      fc.property(input, ([first, rest]) => {
        const body = Uint8Array.from([first, ...rest]);
        const skip = outcome(() => {
          const skipped = { opcode: 0, end: 0 };
          skipInstruction(body, 0, skipped);
          return skipped;
        });
        const decode = outcome(() => {
          const { opcode, length } = decodeInstruction(body, 0);
          return { opcode, end: length };
        });
        expect(skip).toEqual(decode);
      }),
      { numRuns: 5000 },
    );
  });
});

function outcome<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return `${error.offset}: ${error.message}`;
  }
}

describe('decodeInstruction', () => {
  const decode = (text: string) => decodeInstruction(bytes(text), 0);

  it('names an instruction and its immediates', () => {
    expect(decode('20 05')).toEqual({
      offset: 0,
      length: 2,
      opcode: 0x20,
      name: 'local.get',
      immediates: [{ kind: 'index', space: 'local', index: 5 }],
    });
  });

  it.each([
    ['02 40', [{ kind: 'block', type: null }]],
    ['02 7f', [{ kind: 'block', type: 'i32' }]],
    ['02 63 05', [{ kind: 'block', type: '(ref null 5)' }]],
    ['02 c0 00', [{ kind: 'block', type: 64 }]],
    ['28 02 0c', [{ kind: 'memarg', align: 2, memory: 0, offset: 12n }]],
    ['28 42 03 0c', [{ kind: 'memarg', align: 2, memory: 3, offset: 12n }]],
    ['41 7f', [{ kind: 'i32', value: -1 }]],
    ['42 80 80 80 80 80 80 80 80 80 7f', [{ kind: 'i64', value: -(2n ** 63n) }]],
    ['43 00 00 c0 7f', [{ kind: 'f32', bits: 0x7fc00000 }]],
    ['d0 70', [{ kind: 'heap', heap: 'func' }]],
    ['fb 17 05', [{ kind: 'reference', nullable: true, heap: '5' }]],
    [
      'fc 0a 01 02',
      [
        { kind: 'index', space: 'memory', index: 1 },
        { kind: 'index', space: 'memory', index: 2 },
      ],
    ],
    [
      'fb 19 02 03 6e 05',
      [
        { kind: 'label', depth: 3 },
        { kind: 'reference', nullable: false, heap: 'any' },
        { kind: 'reference', nullable: true, heap: '5' },
      ],
    ],
    [
      '1f 40 02 01 07 00 02 01',
      [
        { kind: 'block', type: null },
        {
          kind: 'catches',
          clauses: [
            { kind: 'catch_ref', tag: 7, label: 0 },
            { kind: 'catch_all', tag: null, label: 1 },
          ],
        },
      ],
    ],
    ['fd 15 0f', [{ kind: 'lane', lane: 15 }]],
  ])('%s', (text, immediates) => {
    expect(decode(text).immediates).toEqual(immediates);
  });

  it('refuses an alignment that no memory has, and cast flags that are not defined', () => {
    expect(() => decode('28 80 01 00')).toThrow('alignment 0x80, expected below 0x80');
    expect(() => decode('fb 18 04 00 6e 6e')).toThrow('cast flags 0x04, expected 0x00 to 0x03');
  });
});

describe('callKind', () => {
  it('knows calls that stay in their frame from those that leave it', () => {
    expect([0x10, 0x11, 0x14].map(callKind)).toEqual(['call', 'call_indirect', 'call_ref']);
    expect([0x12, 0x13, 0x15, 0x01].map(callKind)).toEqual([null, null, null, null]);
  });
});

describe('canTrap', () => {
  const traps = (text: string) => canTrap(decodeInstruction(bytes(text), 0));

  it('holds for divisions, memory accesses, unreachable, truncations', () => {
    for (const text of [
      '6d',
      '70',
      '00',
      '28 02 00',
      'a8',
      'fc 0a 00 00',
      'fe 10 02 00',
      'fd 00 04 00',
      'fb 0f',
    ]) {
      expect(traps(text), text).toBe(true);
    }
  });

  it('does not for arithmetic, saturating truncations, floats, growth, calls', () => {
    for (const text of ['6a', 'fc 00', '99', 'a3', '40 00', '10 00', 'fe 03 00', 'fb 14 6e']) {
      expect(traps(text), text).toBe(false);
    }
  });
});
