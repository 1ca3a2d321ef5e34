import { describe, expect, it } from 'vitest';
import { LONGEST_READ, parseArguments } from '../../src/cli/arguments';

const parsed = (line: string) => parseArguments(line === '' ? [] : line.split(' '));

describe('the command line', () => {
  it.each([
    ['a.core', { kind: 'summary', dump: 'a.core', modules: [], json: false }],
    [
      'a.core a.wasm b.wasm --json',
      { kind: 'summary', dump: 'a.core', modules: ['a.wasm', 'b.wasm'], json: true },
    ],
    ['--json a.core', { kind: 'summary', dump: 'a.core', modules: [], json: true }],
    ['-', { kind: 'summary', dump: '-', modules: [], json: false }],
    // A file of that name, alone.
    ['read', { kind: 'summary', dump: 'read', modules: [], json: false }],
    [
      'read a.core 0 0xff90 64',
      { kind: 'read', dump: 'a.core', memory: 0, address: 0xff90, length: 64, json: false },
    ],
    ['read - 1 16 0x10 --json', { kind: 'read', dump: '-', memory: 1, address: 16, length: 16, json: true }],
    [
      'read a.core 0 0 67108864',
      { kind: 'read', dump: 'a.core', memory: 0, address: 0, length: LONGEST_READ, json: false },
    ],
    ['--help', { kind: 'help' }],
    ['a.core -h', { kind: 'help' }],
    ['--version', { kind: 'version' }],
  ])('%s', (line, command) => {
    expect(parsed(line)).toEqual(command);
  });

  it.each([
    ['', 'DUMP expected; wasmortem --help says how'],
    ['a.core --jsno', '--jsno: no such option'],
    ['read a.core 0 0', 'read: DUMP MEMORY ADDRESS LENGTH expected, found 3 of 4'],
    ['read a.core 0 0 1 2', 'read: 4 arguments expected, found 5'],
    ['read a.core 0 zero 1', 'read: ADDRESS is decimal or 0x hexadecimal and at most 2^53 - 1'],
    ['read a.core 0 -1 1', '-1: no such option'],
    ['read a.core 1.5 0 1', 'read: MEMORY is decimal or 0x hexadecimal and at most 2^53 - 1'],
    ['read a.core 0 9007199254740992 1', 'read: ADDRESS is decimal or 0x hexadecimal and at most 2^53 - 1'],
    ['read a.core 0 9007199254740991 1', 'read: ADDRESS 9007199254740991 and LENGTH 1 end past 2^53 - 1'],
    ['read a.core 0 0 67108865', 'read: LENGTH 67108865, at most 67108864'],
    ['read a.core 0 0 0x', 'read: LENGTH is decimal or 0x hexadecimal and at most 2^53 - 1'],
    ['- -', '-: standard input can be read once only'],
  ])('%s is wrong', (line, message) => {
    expect(parsed(line)).toEqual({ kind: 'wrong', message });
  });
});
