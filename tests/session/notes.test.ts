import { describe, expect, it } from 'vitest';
import { fixture, fixtureFile } from '../fixture';
import { dumpText } from '../helpers/dump-text';
import { openBytes } from '../helpers/open';

const notes = async (dump: Uint8Array) =>
  (await openBytes(dump)).snapshot.notes.map(({ message }) => message);
const of = (folder: string) => notes(fixture(fixtureFile(folder)));
const ofText = (text: string) => notes(dumpText(text));

describe('notes: what is to know and is not wrong', () => {
  it('Wasmtime', async () => {
    expect(await of('wasmtime/c-divide-O0')).toEqual(['Wasmtime writes no locals and no operand stack.']);
    expect(await of('wasmtime/c-recursion-20')).toContain(
      'Thread "main" has exactly 20 frames, Wasmtime\'s limit since 43: its stack may be cut.',
    );
    expect(await of('wasmtime/multi-instance')).toContain(
      "A frame's instance is the last instance of its module: several instances share one here, so it may be another.",
    );
    expect(await of('wasmtime/v13-c-divide')).toEqual([
      'Wasmtime writes no locals and no operand stack.',
      'Wasmtime before 14 writes the stack only: no memory and no globals.',
    ]);
  });

  it.each([
    ['crash-022', 'Only the trapping frame has real parameters.'],
    ['crash-0120', 'Only the trapping frame has real parameters, and before 0.1.17 not even that one.'],
    ['crash-0114', 'Only the trapping frame has real parameters, and before 0.1.17 not even that one.'],
    ['crash-0111', 'No frame has real parameters.'],
    ['crash-0110', 'No frame has real parameters.'],
    ['crash-017', 'No frame has real parameters.'],
  ])('the rewriter, %s: which parameters are real', async (name, sentence) => {
    expect(await of(`rewriter/${name}`)).toEqual([
      `${sentence} Others hold the placeholders 669, 670, ... in their place; locals that follow them are real.`,
      'The rewriter catches `unreachable` only: any other trap leaves a memory image without a dump.',
    ]);
  });

  it('WasmEdge and Wasmer', async () => {
    const wasmedge = await of('wasmedge/crash');
    expect(wasmedge[0]).toBe(
      'WasmEdge 0.15 to 0.17 writes every value as the low 4 bytes, as i32, and empty initialisers for globals.',
    );
    expect(wasmedge[1]).toMatch(/^Its function index is the call's target: /);
    expect(await of('wasmer/crash')).toEqual(['Wasmer writes no values and no memory.']);
  });

  it('modules, snapshots, gzip', async () => {
    expect(await ofText('memory 1')).toEqual([
      'This is a module, not a dump: it opens as the memory that it starts with, without threads.',
    ]);
    expect(await of('wizer/small')).toContain(
      'This is a Wizer snapshot, not a dump: it opens as a memory image, without threads.',
    );
    expect(await of('notdumps/gzip')).toContain('Opened from gzip: inflated to 392 bytes.');
  });

  it('threads without frames by their names, which are bounded and escaped', async () => {
    expect(await ofText(`thread \u202e${'x'.repeat(5000)} L1`)).toEqual([
      `Thread "\\u{202e}${'x'.repeat(199)}… (5,001 characters)" has no frames.`,
    ]);
  });

  it('memories without a segment, where that leaves a question open', async () => {
    expect(await ofText('thread t L1\n frame func[1]+1 inst 0\n memory 1\n memory 0\n segment 0')).toEqual(
      [],
    );
    expect(
      await ofText('thread t L1\n frame func[1]+1 inst 0\n memory 1\n memory 2\n memory 0\n segment 0 aa'),
    ).toEqual(['Memory 1 has no segment.']);
  });
});
