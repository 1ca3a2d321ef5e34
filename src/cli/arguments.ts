import { parseArgs } from 'node:util';
import type { Topic } from './help';
import { nearest } from './nearest';

/** What the command line asks for. */
export type Command =
  | { readonly kind: 'help'; readonly topic: Topic }
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
  | {
      readonly kind: 'open';
      readonly dump: string;
      readonly modules: readonly string[];
      /** 0: a free one. */
      readonly port: number;
      readonly browser: boolean;
    }
  | { readonly kind: 'wrong'; readonly message: string };

/** The largest LENGTH of `read` (docs/json.md). */
export const LONGEST_READ = 64 * 1024 * 1024;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
  json: { type: 'boolean' },
  port: { type: 'string' },
  'no-browser': { type: 'boolean' },
} as const;
type Option = keyof typeof OPTIONS;

const NAMES = Object.keys(OPTIONS) as readonly Option[];
const OF_OPEN: readonly Option[] = ['port', 'no-browser'];

interface Given {
  readonly words: readonly string[];
  /** By name, with the value where it takes one. */
  readonly options: ReadonlyMap<Option, string>;
}

/** Reads the arguments after the command's name. Never throws: what is wrong is said. */
export function parseArguments(args: readonly string[]): Command {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const options = new Map<Option, string>();
  const problems: string[] = [];
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const name = NAMES.find((one) => one === token.name);
    const problem = problemOf(token.rawName, name, token.value, options);
    if (problem !== null) problems.push(problem);
    else if (name !== undefined) options.set(name, token.value ?? '');
  }
  const [first] = words;
  if (options.has('help'))
    return { kind: 'help', topic: first === 'open' || first === 'read' ? first : 'all' };
  const [problem] = problems;
  if (problem !== undefined) return wrong(problem);
  return options.has('version') ? { kind: 'version' } : commandOf({ words, options });
}

/** What is wrong with an option, as a sentence without its dot; null: nothing. */
function problemOf(
  raw: string,
  name: Option | undefined,
  value: string | undefined,
  before: Given['options'],
): string | null {
  if (name === undefined) {
    const near = nearest(
      raw,
      NAMES.map((one) => `--${one}`),
    );
    return `${raw}: no such option${near === null ? '' : `; the nearest is ${near}`}`;
  }
  if (OPTIONS[name].type === 'boolean') return value === undefined ? null : `${raw} takes no value`;
  return before.has(name) ? `${raw} is given twice` : null;
}

function commandOf({ words, options }: Given): Command {
  const [first, ...rest] = words;
  if (first === undefined) return wrong('DUMP expected; wasmortem --help says how');
  if (words.filter((word) => word === '-').length > 1)
    return wrong('-: standard input can be read once only');
  if (first === 'open') return parseOpen(rest, options);
  const misplaced = OF_OPEN.find((name) => options.has(name));
  if (misplaced !== undefined) return wrong(`--${misplaced} is an option of wasmortem open`);
  const json = options.has('json');
  if (first !== 'read' || rest.length === 0) return { kind: 'summary', dump: first, modules: rest, json };
  return parseRead(rest, json);
}

function parseOpen([dump, ...modules]: readonly string[], options: Given['options']): Command {
  if (dump === undefined) return wrong('open: DUMP expected; wasmortem open --help says how');
  if (options.has('json')) return wrong('open: --json is an option of wasmortem DUMP and wasmortem read');
  const text = options.get('port');
  const port = natural(text ?? '0');
  if (port === null || port > 65_535)
    return wrong(`open: --port takes a number from 0 to 65535, found ${text === '' ? 'nothing' : text}`);
  return { kind: 'open', dump, modules, port, browser: !options.has('no-browser') };
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
