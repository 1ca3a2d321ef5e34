import type { Bytes } from '../bytes/units';
import { yieldToEvents } from '../bytes/yield';
import { visible } from '../coredump/visible';
import { branchTarget } from '../symbols/branch-target';
import { StackOfFrames } from '../symbols/cause/question';
import { type CodeTypes, functionType, signatureOf } from '../symbols/code-types';
import { bodyOf } from '../symbols/debug-module';
import { type CodeNames, instructionText, plainText, signatureText } from '../symbols/instruction-text';
import {
  callReason,
  type StopContext,
  type StopReason,
  stopName,
  stopReason,
  stopSentence,
} from '../symbols/stop-reason';
import { decodeInstruction } from '../wasm/body';
import type { IndexSpace } from '../wasm/instruction';
import type { ThreadFrames } from './causes';
import { CodeBodies, type IndexedBody } from './code-bodies';
import { codeLines, NO_CODE_LINES } from './code-lines';
import type {
  CodeLines,
  CodePlace,
  CodeSession,
  Disassembly,
  FrameCode,
  InstructionPlace,
  InstructionRow,
  StopText,
  TextPart,
} from './code-types';
import { codeTypesOf } from './code-types-cache';
import type { ModuleDebug } from './debug-files';
import { embeddedFile } from './embedded';
import { frameAt, frameCode, type HeldModules, rowOf } from './frame-code';
import type { ModuleShelf, Shelved } from './module-shelf';
import type { OpenDump } from './open-dump';

/** What is open in the session, at the time of a question. */
export interface CodeSurroundings {
  readonly open: OpenDump | null;
  readonly signal: AbortSignal;
  /** The frames of a thread, to be asked for the operands of their instructions. */
  readonly frames: (thread: number) => Promise<ThreadFrames | null>;
}

/** The debug modules, and what debug information is open of them. */
export interface CodeModules extends HeldModules {
  readonly debug: (module: number) => ModuleDebug | null;
}

const MOST_ROWS = 1000;
const BYTES_SHOWN: Bytes = 16;
/** How many instructions a search looks at before it lets others ask: some 20 ms. */
const FIND_PORTION = 10_000;

interface Code extends IndexedBody {
  readonly module: Shelved;
  readonly types: CodeTypes;
}

/** Answers about the code of the debug modules. */
export class CodeViews implements CodeSession {
  readonly #shelf: ModuleShelf;
  readonly #held: CodeModules;
  readonly #surroundings: () => CodeSurroundings;
  readonly #bodies = new CodeBodies();
  #finds = 0;

  constructor(shelf: ModuleShelf, held: CodeModules, surroundings: () => CodeSurroundings) {
    this.#shelf = shelf;
    this.#held = held;
    this.#surroundings = surroundings;
  }

  /** Forgets what was read: ids of modules are not used again, but their bytes are large. */
  clear(): void {
    this.#bodies.clear();
  }

  async frameCode(thread: number, frame: number): Promise<FrameCode> {
    const { open } = this.#surroundings();
    if (open === null) return { kind: 'none', reason: 'No dump is open.' };
    return frameCode(open, this.#held, { thread, frame });
  }

  async disassembly(place: CodePlace): Promise<Disassembly | null> {
    const code = await this.#code(place);
    if (code === null) return null;
    const { module, index, types } = code;
    const body = bodyOf(module.symbols, place.function);
    if (body === null) return null;
    const signature = signatureOf(types, place.function);
    return {
      place,
      moduleName: visible(module.file.name),
      name: shown(this.#name(code, place.function, 'function', place.function)),
      signature: signature === null ? '' : signatureText(signature),
      locals: localsText(index.locals),
      start: body.start,
      codeStart: module.symbols.code?.payload ?? 0,
      size: body.size,
      rows: index.offsets.length,
      problem: index.problem,
    };
  }

  async instructions(place: CodePlace, first: number, count: number): Promise<readonly InstructionRow[]> {
    const code = await this.#code(place);
    if (code === null) return [];
    const end = Math.min(code.index.offsets.length, first + Math.min(count, MOST_ROWS));
    const rows: InstructionRow[] = [];
    for (let row = Math.max(0, first); row < end; row += 1) rows.push(this.#row(code, place, row));
    return rows;
  }

  async lines(place: CodePlace): Promise<CodeLines> {
    const module = this.#shelf.module(place.module);
    const debug = this.#held.debug(place.module);
    const info = debug?.info ?? null;
    const body = module === null ? null : bodyOf(module.symbols, place.function);
    const payload = module?.symbols.code?.payload ?? null;
    if (info === null || body === null || payload === null) return NO_CODE_LINES;
    const start = body.start - payload;
    const { signal } = this.#surroundings();
    const rows = await info.rows({ start, end: start + body.size }, signal);
    return codeLines(rows, (path) => embeddedFile(debug, path));
  }

  async instructionAt(place: CodePlace, offset: Bytes): Promise<InstructionPlace | null> {
    const code = await this.#code(place);
    return code === null ? null : rowOf(code.index, offset);
  }

  async findInstruction(place: CodePlace, text: string, from: number, step: 1 | -1): Promise<number | null> {
    this.#finds += 1;
    const find = this.#finds;
    const code = await this.#code(place);
    const count = code?.index.offsets.length ?? 0;
    const wanted = text.trim().toLowerCase();
    if (code === null || count === 0 || wanted === '') return null;
    const { signal } = this.#surroundings();
    for (let moved = 1; moved <= count; moved += 1) {
      const row = (((from + step * moved) % count) + count) % count;
      if (
        plainText(this.#row(code, place, row).parts)
          .toLowerCase()
          .includes(wanted)
      )
        return row;
      if (moved % FIND_PORTION !== 0) continue;
      await yieldToEvents();
      if (signal.aborted || find !== this.#finds) return null;
    }
    return null;
  }

  async stopOf(thread: number, frame: number): Promise<StopText | null> {
    const { open } = this.#surroundings();
    const found = await this.frameCode(thread, frame);
    if (open === null || found.kind === 'none' || found.offset === null) return null;
    const code = await this.#code(found.place);
    const at = code === null ? null : rowOf(code.index, found.offset);
    const values = frameAt(open, { thread, frame });
    if (code === null || at === null || values === undefined) return null;
    const instruction = decodeInstruction(code.bytes, at.offset);
    const { function: index } = found.place;
    const names = {
      name: (space: 'function' | 'local' | 'global', of: number) => this.#name(code, index, space, of),
    };
    const reason: StopReason =
      frame > 0
        ? callReason(instruction, names)
        : await stopReason(instruction, {
            ...names,
            isImport: (of) => of < code.module.symbols.importedFunctions,
            asked: await this.#asked(thread, index, at.offset),
          });
    return {
      row: at.row,
      offset: at.offset,
      kind: reason.kind,
      name: stopName(reason),
      sentence: stopSentence(reason),
    };
  }

  /** The youngest frame of a thread, where it is known to stand at this instruction: what the causes rest on too. */
  async #asked(thread: number, func: number, offset: Bytes): Promise<StopContext['asked']> {
    const known = await this.#surroundings().frames(thread);
    const [youngest] = known?.frames ?? [];
    const site = youngest?.site ?? null;
    if (known === null || site === null || youngest?.function !== func || site.offset !== offset) return null;
    const question = new StackOfFrames(known.frames, known.dump).question(0);
    return question === null ? null : { question, site, dump: known.dump };
  }

  async #code(place: CodePlace): Promise<Code | null> {
    const module = this.#shelf.module(place.module);
    if (module === null) return null;
    const { signal } = this.#surroundings();
    const body = await this.#bodies.of(place, module, signal);
    if (body === null) return null;
    return { ...body, module, types: await codeTypesOf(module, signal) };
  }

  #row(code: Code, place: CodePlace, row: number): InstructionRow {
    const { bytes, index } = code;
    const offset = index.offsets[row] ?? 0;
    const instruction = decodeInstruction(bytes, offset);
    const names: CodeNames = {
      name: (space, of) => this.#name(code, place.function, space, of),
      type: (of) => functionType(code.types, of),
      target: (label) => branchTarget(bytes, index, row, label),
    };
    return {
      offset,
      depth: index.depths[row] ?? 0,
      bytes: bytes.slice(offset, offset + Math.min(instruction.length, BYTES_SHOWN)),
      length: instruction.length,
      parts: instructionText(instruction, names).map((part) => withoutDeadLink(part, code.module)),
    };
  }

  /** A name as the module has it; a function without one goes by its export or import. */
  #name({ module, types }: Code, of: number, space: IndexSpace, index: number): string | null {
    const { names } = module.symbols;
    switch (space) {
      case 'function':
        return this.#readable(
          names.functions.get(index) ?? types.exports.get(index) ?? types.imports[index] ?? null,
        );
      case 'local':
        return names.locals.get(of)?.get(index) ?? null;
      case 'global':
        return names.globals.get(index) ?? null;
      case 'memory':
        return names.memories.get(index) ?? null;
      case 'data':
        return names.segments.get(index) ?? null;
      default:
        return null;
    }
  }

  #readable(name: string | null): string | null {
    return name === null || this.#held.demangle === null ? name : (this.#held.demangle(name) ?? name);
  }
}

/** An import's code is elsewhere: there is nothing to lead to. */
function withoutDeadLink(part: TextPart, { symbols }: Shelved): TextPart {
  if (part.kind !== 'function' || bodyOf(symbols, part.index) !== null) return part;
  return { kind: 'name', text: part.text };
}

function shown(name: string | null): string | null {
  return name === null || name === '' ? null : visible(name);
}

/** More groups than a person reads: a hostile body declares as many as it has bytes. */
const GROUPS_SHOWN = 12;

function localsText(locals: readonly { readonly count: number; readonly type: string }[]): string {
  const shown = locals
    .slice(0, GROUPS_SHOWN)
    .map(({ count, type }) => (count === 1 ? type : `${count.toLocaleString('en-US')} × ${type}`));
  const rest = locals.length - shown.length;
  return [...shown, ...(rest > 0 ? [`… ${rest.toLocaleString('en-US')} more groups`] : [])].join(', ');
}
