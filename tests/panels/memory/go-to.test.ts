import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GoToContext, parseGoTo } from '../../../src/panels/memory/go-to';

const context: GoToContext = {
  memory: 0,
  size: 12_976_128,
  cursor: 0x1000,
  globals: [
    { name: '__stack_pointer', value: 0xffa0n },
    { name: 'a-b', value: 0x40n },
    { name: 'twice', value: 1n },
    { name: 'twice', value: 2n },
    { name: 'far', value: 0xffff_fff0n },
  ],
  segments: [
    { name: '.rodata', address: 0x400, length: 100 },
    { name: '.data', address: 0x10000, length: 3232 },
    { name: '.bss', address: 0x20000, length: 8 },
    { name: '.bss', address: 0x30000, length: 8 },
    { name: 'twice', address: 0x40, length: 8 },
    { name: 'behind', address: 12_976_120, length: 80 },
  ],
  stackPointer: 0xffa0n,
};

describe('go to', () => {
  it.each<[string, number, number]>([
    ['0x1f40', 0x1f40, 1],
    ['1f40h', 0x1f40, 1],
    ['8000', 8000, 1],
    ['12,976,127', 12_976_127, 1],
    [' 0X10 ', 16, 1],
    ['+0x20', 0x1020, 1],
    ['-16', 0xff0, 1],
    ['end-16', 12_976_112, 1],
    ['end - 0x10', 12_976_112, 1],
    ['0x10..0x1f', 16, 16],
    ['0x10 .. 16', 16, 1],
    ['0x10+4', 16, 4],
    ['$sp', 0xffa0, 1],
    ['$sp-16', 0xff90, 1],
    ['$sp+16', 0xffa0, 16],
    ['__stack_pointer', 0xffa0, 1],
    ['$__stack_pointer', 0xffa0, 1],
    ['.rodata', 0x400, 100],
    ['.rodata+8', 0x400, 8],
    ['.data-16', 0xfff0, 1],
    ['.rodata...data', 0x400, 0xfc01],
    ['a-b', 0x40, 1],
    ['a-b+8', 0x40, 8],
    ['$sp..end-1', 0, 0],
  ])('%s', (text, address, length) => {
    if (length > 0) expect(parseGoTo(text, context)).toEqual({ kind: 'place', address, length });
    else expect(parseGoTo(text, context).kind).toBe('error');
  });

  it('reads an address copied from the grid as hex, for decimals are not written with zeros before them', () => {
    expect(parseGoTo('00011130', context)).toEqual({ kind: 'place', address: 0x11130, length: 1 });
    expect(parseGoTo('0100', context)).toEqual({ kind: 'place', address: 100, length: 1 });
  });

  it.each<[string, string]>([
    ['0xc60000', '0x00c60000 out of bounds: memory 0 ends at 12,976,128'],
    ['far', '0xfffffff0 out of bounds: memory 0 ends at 12,976,128'],
    ['-0x2000', '-0x1000 lies before address 0.'],
    ['0x20..0x10', '0x00000010 lies before 0x00000020: write the lower one first.'],
    ['0xc5fff0+32', '32 bytes from 0x00c5fff0 end at 12,976,144; memory 0 ends at 12,976,128'],
    ['0x10+0', '0 bytes are no range.'],
    ['1f4', '1f4 is hex without a mark: write 0x1f4.'],
    ['nobody', 'nobody is no address and no name of a global or a data segment.'],
    ['0x10+nobody', 'nobody is no address and no name of a global or a data segment.'],
    ['0x10..', 'An address is missing beside the sign.'],
    ['+', 'An address is missing beside the sign.'],
    ['.bss', '2 data segments are named .bss.'],
    ['behind', '80 bytes from 0x00c5fff8 end at 12,976,200; memory 0 ends at 12,976,128'],
    ['twice', '2 globals are named twice, with different values.'],
    ['\u202egnp', '\\u{202e}gnp is no address and no name of a global or a data segment.'],
  ])('%s is answered in words', (text, message) => {
    expect(parseGoTo(text, context)).toEqual({ kind: 'error', message });
  });

  it('says that the stack pointer is not known', () => {
    expect(parseGoTo('$sp', { ...context, stackPointer: null })).toEqual({
      kind: 'error',
      message: '$sp is not known: no global is named __stack_pointer.',
    });
  });

  it('means nothing when empty', () => {
    expect(parseGoTo('  ', context)).toEqual({ kind: 'empty' });
  });

  it('stays in the memory or says why not, for any text, and never throws', () => {
    const pieces = fc.constantFrom(
      '0x',
      '1f',
      'h',
      '+',
      '-',
      '..',
      'end',
      '$sp',
      ' ',
      '9',
      ',',
      'twice',
      '\u0000',
      '99999999999999999999999999',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const found = parseGoTo(text, context);
          if (found.kind === 'error') expect(found.message.length).toBeGreaterThan(0);
          if (found.kind !== 'place') return;
          expect(found.address).toBeGreaterThanOrEqual(0);
          expect(found.length).toBeGreaterThan(0);
          expect(found.address + found.length).toBeLessThanOrEqual(context.size);
        },
      ),
    );
  });

  it('reads back every address it prints', () => {
    fc.assert(
      fc.property(fc.nat(context.size - 1), (address) => {
        const place = { kind: 'place', address, length: 1 };
        expect(parseGoTo(`0x${address.toString(16)}`, context)).toEqual(place);
        expect(parseGoTo(`${address.toString(16)}h`, context)).toEqual(place);
        expect(parseGoTo(address.toLocaleString('en-US'), context)).toEqual(place);
      }),
    );
  });
});
