// The first frame of a module by LLDB compiled to Wasm, in a process that knows nothing yet: PACKAGE FILE PC. Prints the lines, and
// the time from the path to them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [from, file, pc] = process.argv.slice(2);
const { spawn } = createRequire(pathToFileURL(`${from}/`))('@vscode/dwarf-debugging');
const none = () => Promise.reject(new Error('the module does not run'));
const began = performance.now();
const worker = spawn({
  getWasmLinearMemory: none,
  getWasmLocal: none,
  getWasmGlobal: none,
  getWasmOp: none,
  reportResourceLoad: () => Promise.resolve(),
});
await worker.rpc.sendMessage('hello', [{ pathSubstitutions: [] }], false);
const bytes = readFileSync(file);
const code = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
await worker.rpc.sendMessage('addRawModule', 'module', undefined, { url: pathToFileURL(file).href, code });
const place = { rawModuleId: 'module', codeOffset: Number(pc), inlineFrameIndex: 0 };
const lines = await worker.rpc.sendMessage('rawLocationToSourceLocation', place);
const passed = performance.now() - began;
process.stdout.write(JSON.stringify({ lines, passed }));
await worker.dispose();
