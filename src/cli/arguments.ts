/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'summary';
      readonly dump: string;
      readonly modules: readonly string[];
      readonly json: boolean;
    }
  | {
      readonly kind: 'read';
      readonly dump: string;
      readonly memory: number;
      readonly address: number;
      readonly length: number;
      readonly json: boolean;
    }
  | { readonly kind: 'wrong'; readonly message: string };

/** The largest LENGTH of `read` (docs/json.md). */
export const LONGEST_READ = 64 * 1024 * 1024;

export const HELP = `wasmortem: opens WebAssembly coredumps

  wasmortem DUMP [MODULE...]                     what died, the backtrace, the memories, problems
  wasmortem DUMP [MODULE...] --json              the same as one JSON object (docs/json.md)
  wasmortem read DUMP MEMORY ADDRESS LENGTH      a hex dump: ?? is missing from the dump, xx is lost
  wasmortem read DUMP MEMORY ADDRESS LENGTH --json
  wasmortem --version | --help

  DUMP may be gzipped; - reads standard input. A MODULE gives names and lines, if it fits the
  dump; also a separate debug file, a .dwo, a .dwp or a source map.
  MEMORY, ADDRESS and LENGTH are decimal or 0x hexadecimal; LENGTH is at most 64 MiB.
  Exit status: 0 if the file could be read, whatever is in it; 2 for wrong arguments or an unreadable file.
  NO_COLOR turns colours off; they are used on a terminal only.

Examples
  wasmortem app.coredump app.wasm
  wasmortem read app.coredump 0 0xff90 64
  gzip -dc app.coredump.gz | wasmortem - --json
`;

/** Reads the arguments after the command's name. Never throws: what is wrong is said. */
export function parseArguments(args: readonly string[]): Command {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help' };
  if (args.includes('--version')) return { kind: 'version' };
  const json = args.includes('--json');
  const words = args.filter((word) => word !== '--json');
  const option = words.find((word) => word.startsWith('-') && word !== '-');
  if (option !== undefined) return wrong(`${option}: no such option`);
  const [first, ...rest] = words;
  if (first === undefined) return wrong('DUMP expected; wasmortem --help says how');
  if (words.filter((word) => word === '-').length > 1)
    return wrong('-: standard input can be read once only');
  if (first !== 'read' || rest.length === 0) return { kind: 'summary', dump: first, modules: rest, json };
  return parseRead(rest, json);
}

function parseRead(words: readonly string[], json: boolean): Command {
  const [dump, memory, address, length, extra] = words;
  if (dump === undefined || memory === undefined || address === undefined || length === undefined) {
    return wrong(`read: DUMP MEMORY ADDRESS LENGTH expected, found ${words.length} of 4`);
  }
  if (extra !== undefined) return wrong(`read: 4 arguments expected, found ${words.length}`);
  const numbers = { memory: natural(memory), address: natural(address), length: natural(length) };
  for (const [field, value] of Object.entries(numbers)) {
    if (value === null)
      return wrong(`read: ${field.toUpperCase()} is decimal or 0x hexadecimal and at most 2^53 - 1`);
  }
  const { memory: index, address: start, length: count } = numbers;
  if (index === null || start === null || count === null) return wrong('read: not a number');
  if (count > LONGEST_READ) return wrong(`read: LENGTH ${count}, at most ${LONGEST_READ}`);
  if (!Number.isSafeInteger(start + count))
    return wrong(`read: ADDRESS ${start} and LENGTH ${count} end past 2^53 - 1`);
  return { kind: 'read', dump, memory: index, address: start, length: count, json };
}

function natural(text: string): number | null {
  if (!/^(\d+|0[xX][0-9a-fA-F]+)$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : null;
}

function wrong(message: string): Command {
  return { kind: 'wrong', message };
}
