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
    ['open a.core', { kind: 'open', dump: 'a.core', modules: [], port: 0, browser: true }],
    [
      'open --port 4000 a.core a.wasm b.dwp --no-browser',
      { kind: 'open', dump: 'a.core', modules: ['a.wasm', 'b.dwp'], port: 4000, browser: false },
    ],
    ['open - --port=65535', { kind: 'open', dump: '-', modules: [], port: 65_535, browser: true }],
    // Files of any name: behind `--`, or with their folder.
    ['-- --json', { kind: 'summary', dump: '--json', modules: [], json: false }],
    ['./open a.wasm', { kind: 'summary', dump: './open', modules: ['a.wasm'], json: false }],
    ['--help', { kind: 'help', topic: 'all' }],
    ['a.core -h', { kind: 'help', topic: 'all' }],
    ['open --help', { kind: 'help', topic: 'open' }],
    ['read a.core --help --jsno', { kind: 'help', topic: 'read' }],
    ['--version', { kind: 'version' }],
  ])('%s', (line, command) => {
    expect(parsed(line)).toEqual(command);
  });

  it.each([
    ['', 'DUMP expected; wasmortem --help says how'],
    ['a.core --jsno', '--jsno: no such option; the nearest is --json'],
    ['open a.core --no-brwoser', '--no-brwoser: no such option; the nearest is --no-browser'],
    ['a.core --constructor', '--constructor: no such option'],
    ['a.core -v', '-v: no such option'],
    ['a.core --json=1', '--json takes no value'],
    ['a.core --port 1', '--port is an option of wasmortem open'],
    ['read a.core 0 0 1 --no-browser', '--no-browser is an option of wasmortem open'],
    ['open', 'open: DUMP expected; wasmortem open --help says how'],
    ['open a.core --json', 'open: --json is an option of wasmortem DUMP and wasmortem read'],
    ['open a.core --port', 'open: --port takes a number from 0 to 65535, found nothing'],
    ['open a.core --port 65536', 'open: --port takes a number from 0 to 65535, found 65536'],
    ['open a.core --port --no-browser', 'open: --port takes a number from 0 to 65535, found --no-browser'],
    ['open a.core --port 1 --port 2', '--port is given twice'],
    ['open - -', '-: standard input can be read once only'],
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
