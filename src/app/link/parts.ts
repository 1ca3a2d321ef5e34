import { visible } from '../../coredump/visible';
import { grouped } from '../../ui/numbers';

const PARTS = 200;

const KEYS = [
  'v',
  't',
  'f',
  'm',
  'a',
  'view',
  'list',
  'gaps',
  'find',
  'q',
  'row',
  'as',
  'code',
  'offsets',
  'src',
  'inline',
  'strings',
  'only',
  'struct',
  'laid',
  'times',
  'root',
  'next',
  'url',
  'sample',
  'name',
  'without',
  'dump',
] as const;
export type Key = (typeof KEYS)[number];

export type Values = ReadonlyMap<Key, string>;

/** What was found of a link's parts: the first of each key, and all modules. */
export interface Parts {
  readonly values: Values;
  readonly modules: readonly string[];
}

/** Takes what could not be understood, as a sentence. */
export type Say = (problem: string) => void;

/** The parts of a link's text, decoded. */
export function split(text: string, say: Say): Parts {
  const values = new Map<Key, string>();
  const modules: string[] = [];
  let at = 0;
  for (let count = 0; at < text.length; count += 1) {
    if (count === PARTS) {
      say(`The link has more than ${PARTS} parts; those from character ${grouped(at)} on were not read.`);
      break;
    }
    const found = text.indexOf('&', at);
    const end = found === -1 ? text.length : found;
    const part = text.slice(at, end);
    at = end + 1;
    if (part !== '') take(part, values, modules, say);
  }
  return { values, modules };
}

function take(part: string, values: Map<Key, string>, modules: string[], say: Say): void {
  const equals = part.indexOf('=');
  const name = equals === -1 ? part : part.slice(0, equals);
  const key = KEYS.find((known) => known === name);
  if (equals === -1 || (key === undefined && name !== 'module')) {
    say(`${quoted(part)} is not known to this version and was left out.`);
    return;
  }
  const value = decoded(part.slice(equals + 1));
  if (value === null) say(`${quoted(part)} has a % that begins no character, and was left out.`);
  else if (key === undefined) modules.push(value);
  else if (values.has(key)) say(`${name}= is given twice; ${quoted(value)} was left out.`);
  else values.set(key, value);
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** A link's text in a sentence, safe to show. */
export function quoted(text: string): string {
  return `"${visible(text, 60)}"`;
}

/** A count from 0 on in decimal digits; null where it is none. `-1`, `1e3` and `NaN` are none. */
export function index(text: string): number | null {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value <= 0xffff_ffff ? value : null;
}

/** The count that a key says; null where it says none. */
export function indexAt(values: Values, key: Key, say: Say): number | null {
  const text = values.get(key);
  if (text === undefined) return null;
  const value = index(text);
  if (value === null) say(`${key}= takes a number from 0 on; ${quoted(text)} was left out.`);
  return value;
}

/** The one of some words that a key says; null where it says none of them. */
export function oneOf<Choice extends string>(
  values: Values,
  key: Key,
  choices: readonly Choice[],
  say: Say,
): Choice | null {
  const text = values.get(key);
  if (text === undefined) return null;
  const found = choices.find((choice) => choice === text) ?? null;
  if (found === null) say(`${key}= takes ${choices.join(', ')}; ${quoted(text)} was left out.`);
  return found;
}
