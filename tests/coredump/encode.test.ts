import { describe, expect, it } from 'vitest';
import { encodeDump } from '../../src/coredump/encode';
import { fixture } from '../fixture';
import { bytes, dumpText } from '../helpers/dump-text';

const HEADER = '00 61 73 6d 01 00 00 00';

describe('encodeDump', () => {
  it('writes the four custom sections as Coredump.md says', () => {
    const dump = dumpText(`
      core app
      module lib
      instance 0 memories 0,1 globals 3
      thread main L1
        frame func[8]+0x90 inst 1 (i32 -1, missing) [i64 64]
    `);
    expect(dump).toEqual(
      bytes(`${HEADER}
        00 0a 04 "core" 00 03 "app"
        00 12 0b "coremodules" 01 00 03 "lib"
        00 16 0d "coreinstances" 01 00 00 02 00 01 01 03
        00 1e 09 "corestack" 00 04 "main" 01  00 01 08 90 01  02 7f 7f 01  01 7e c0 00`),
    );
  });

  it('writes memories, globals and segments', () => {
    const dump = dumpText(`
      memory 1..4 shared
      memory 2 i64 page 1
      global i32 var 65280
      global f64 const bits 7ff0000000000001
      global v128 const 000102030405060708090a0b0c0d0e0f
      global externref var null
      global (ref null 3) const null
      global i32 const empty
      segment 0x80 aa
      segment 2:0:0 bb
      segment 1:i64 0x100000000 cc dd
      segment passive
    `);
    expect(dump).toEqual(
      bytes(`${HEADER}
        05 07 02  03 01 04  0c 02 00
        06 37 06  7f 01 41 80 fe 03 0b  7c 00 44 01 00 00 00 00 00 f0 7f 0b
          7b 00 fd 0c 0f 0e 0d 0c 0b 0a 09 08 07 06 05 04 03 02 01 00 0b  6f 01 d0 6f 0b  63 03 00 d0 03 0b  7f 00 0b
        0b 1d 04  00 41 80 01 0b 01 aa  02 00 41 00 0b 01 bb  02 01 42 80 80 80 80 10 0b 02 cc dd  01 00`),
    );
  });

  it('writes what wasm-encoder 0.26 wrote, byte for byte', () => {
    const dump = dumpText(`
      core ledger.wasm
      thread main L4
        frame func[1]+5 (i32 77)
        frame func[2]+31 (i64 250, f64 1.5, f32 0.25, i64 -150, i32 0)
        frame func[3]+11 (i32 5)
        frame func[4]+3 (i32 5)
      memory 1
      segment 1024 "ledger: out of funds" 00
    `);
    expect(dump).toEqual(fixture('wasm-encoder/v026-frames/v026-frames.coredump'));
  });

  it('refuses what a layout has no place for', () => {
    const refused = (text: string) => () => dumpText(`thread t ${text}`);
    expect(refused('L3\n frame func[1]+1 [i32 1]')).toThrow('L3 has no operand stack');
    expect(refused('L3w\n frame func[1]+1 (i64 1)')).toThrow('L3w has no i64');
    expect(refused('L5\n frame func[1]+1 inst 0')).toThrow('L5 has no instance');
    expect(refused('L6\n frame func[1]+1')).toThrow('L6 and code offset 1');
  });

  it('writes unknown sections as they come', () => {
    const dump = encodeDump([{ kind: 'plain', id: 99, content: bytes('01 02') }]);
    expect(dump).toEqual(bytes(`${HEADER} 63 02 01 02`));
  });
});
