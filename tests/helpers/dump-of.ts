import { bodyOf, readModuleSymbols } from '../../src/symbols/debug-module';
import { callKind, canTrap, decodeInstruction, indexBody } from '../../src/wasm/body';
import { dumpText } from './dump-text';
import { plainSource } from './sources';

/** A dump of two frames that such a module could have left: a function that stops where it can, and a call of it. */
export async function dumpOf(module: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const symbols = await readModuleSymbols(plainSource(module));
  const stops = new Map<number, number>();
  for (let index = 0; index < symbols.functions; index += 1) {
    const body = bodyOf(symbols, index);
    if (body === null) continue;
    const bytes = module.subarray(body.start, body.start + body.size);
    for (const offset of indexBody(bytes).offsets) {
      const instruction = decodeInstruction(bytes, offset);
      const [callee] = instruction.immediates;
      if (callKind(instruction.opcode) === null && canTrap(instruction)) stops.set(index, offset);
      const target = callKind(instruction.opcode) === 'call' && callee?.kind === 'index' ? callee.index : -1;
      const stop = stops.get(target);
      if (stop === undefined || target === index) continue;
      return dumpText(
        `core app\n thread main L1\n frame func[${target}]+${stop} inst 0\n frame func[${index}]+${offset} inst 0`,
      );
    }
  }
  throw new Error('no function calls one that can trap');
}
