import { describe, expect, it } from 'vitest';
import { valuesPointingInto } from '../../../src/panels/inspector/pointed-by';
import { dumpText } from '../../helpers/dump-text';
import { openBytes } from '../../helpers/open';

async function labels(text: string, memory: number, first: number, last: number) {
  const { snapshot } = await openBytes(dumpText(text));
  const { values, more } = valuesPointingInto(snapshot, memory, first, last);
  return { labels: values.map(({ label, where, target }) => `${label}, ${where}, ${target}`), more };
}

const DUMP = `
  memory 2
  global i32 var 65280
  global i64 var 65280
  global f32 var 65280
  global i32 var -16
  segment 0x1000 01
  thread main L1
    frame func[8]+0x28 (i32 65280, i32 5, missing, i32 65283) [i32 65281]
    frame func[9]+0x28 (i64 65280) []
`;

describe('the values that point into a range', () => {
  it('are integers of the width of an address, read as unsigned, wherever they are', async () => {
    expect(await labels(DUMP, 0, 65280, 65281)).toEqual({
      labels: [
        'global 0, global, 65280',
        'local 0, frame 0 func[8], 65280',
        'operand 0, frame 0 func[8], 65281',
      ],
      more: false,
    });
    expect((await labels(DUMP, 0, 0xffff_fff0, 0xffff_fff0)).labels).toEqual([
      'global 3, global, 4294967280',
    ]);
  });

  it('are none below 1,024, and none of a memory that their instance has not', async () => {
    expect((await labels(DUMP, 0, 0, 1023)).labels).toEqual([]);
    const two = `
      core a
      module m
      module n
      instance 0 memories 0 globals 0
      instance 1 memories 1 globals 1
      memory 2
      memory 2
      global i32 var 65280
      global i32 var 65280
    `;
    expect((await labels(two, 0, 65280, 65280)).labels).toEqual(['global 0, global, 65280']);
    expect((await labels(two, 1, 65280, 65280)).labels).toEqual(['global 1, global, 65280']);
  });

  it('are bounded: a hostile dump has millions', async () => {
    const many = `memory 2\n${'global i32 var 65280\n'.repeat(60)}`;
    const found = await labels(many, 0, 65280, 65280);
    expect(found.labels).toHaveLength(50);
    expect(found.more).toBe(true);
  });
});
