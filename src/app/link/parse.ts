import { visible } from '../../coredump/visible';
import { counted, grouped } from '../../ui/numbers';
import { searchOf } from './search-words';
import { EMBEDDED_LIMIT, readUrl, URL_LIMIT } from './source-words';
import {
  LINK_VERSION,
  type Link,
  type LinkBytes,
  type LinkGaps,
  type LinkSource,
  type LinkView,
  NO_SOURCE,
  NO_VIEW,
} from './types';
import { LISTS, MIDDLES } from './view-words';

const LONGEST = EMBEDDED_LIMIT + 100_000;
const PARTS = 200;
/** Modules that a link may name: as many as a folder's are used. */
const MODULES = 64;
const OVERRIDES = 100;
const SAID = 8;
const NAME = 200;

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
  'url',
  'name',
  'without',
  'dump',
] as const;
type Key = (typeof KEYS)[number];

/** What was found of a link's parts: the first of each key, and all modules. */
interface Parts {
  readonly values: ReadonlyMap<Key, string>;
  readonly modules: readonly string[];
}

/** Reads a hash, with or without its `#`. Never throws: what cannot be understood is said and left out. */
export function parseLink(hash: string): Link {
  const problems: string[] = [];
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text.length > LONGEST) {
    const message = `The link has ${grouped(text.length)} characters; at most ${grouped(LONGEST)} are read. Nothing of it was used.`;
    return { source: NO_SOURCE, view: NO_VIEW, problems: [message] };
  }
  const say = (problem: string) => problems.push(problem);
  const parts = split(text, say);
  const version = parts.values.get('v');
  if (version !== undefined && version !== String(LINK_VERSION))
    say(
      `The link has version ${quoted(version)}; this page reads version ${LINK_VERSION}, and used what it knows.`,
    );
  const view = readView(parts.values, say);
  const source = readSource(parts, say);
  return { source, view, problems: firstOf(problems) };
}

type Say = (problem: string) => void;

function firstOf(problems: readonly string[]): readonly string[] {
  if (problems.length <= SAID) return problems;
  return [...problems.slice(0, SAID), `${grouped(problems.length - SAID)} more parts were not understood.`];
}

function split(text: string, say: Say): Parts {
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

function quoted(text: string): string {
  return `"${visible(text, 60)}"`;
}

function readView(values: Parts['values'], say: Say): LinkView {
  const memory = indexAt(values, 'm', say) ?? 0;
  return {
    frame: readFrame(values, say),
    memory,
    bytes: readBytes(values.get('a'), memory, say),
    middle: oneOf(values, 'view', MIDDLES, say) ?? 'memory',
    lists: oneOf(values, 'list', [...LISTS, 'closed'] as const, say),
    gaps: readGaps(values.get('gaps'), say),
    search: readSearch(values, say),
  };
}

/** A count from 0 on in decimal digits; null where it is none. `-1`, `1e3` and `NaN` are none. */
function index(text: string): number | null {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  return value <= 0xffff_ffff ? value : null;
}

function indexAt(values: Parts['values'], key: Key, say: Say): number | null {
  const text = values.get(key);
  if (text === undefined) return null;
  const value = index(text);
  if (value === null) say(`${key}= takes a number from 0 on; ${quoted(text)} was left out.`);
  return value;
}

function readFrame(values: Parts['values'], say: Say): LinkView['frame'] {
  const thread = indexAt(values, 't', say);
  const frame = indexAt(values, 'f', say);
  return thread === null && frame === null ? null : { thread: thread ?? 0, frame: frame ?? 0 };
}

function readBytes(text: string | undefined, shown: number, say: Say): LinkBytes | null {
  if (text === undefined) return null;
  const match = /^(?:(\d{1,10}):)?([\da-f]{1,14})(?:-([\da-f]{1,14}))?$/i.exec(text);
  const memory = match?.[1] === undefined ? shown : index(match[1]);
  const focus = Number.parseInt(match?.[2] ?? '', 16);
  const anchor = match?.[3] === undefined ? focus : Number.parseInt(match[3], 16);
  if (memory !== null && Number.isSafeInteger(focus) && Number.isSafeInteger(anchor))
    return { memory, anchor, focus };
  say(`a= takes an address in hex, or first-last; ${quoted(text)} was left out.`);
  return null;
}

function readGaps(text: string | undefined, say: Say): readonly LinkGaps[] {
  if (text === undefined) return [];
  const found = new Map<number, LinkGaps>();
  for (const entry of text.split(',', OVERRIDES)) {
    const match = /^(\d{1,10}):(zero|missing)$/.exec(entry);
    const memory = match?.[1] === undefined ? null : index(match[1]);
    if (memory === null) say(`gaps= takes memory:zero or memory:missing; ${quoted(entry)} was left out.`);
    else found.set(memory, { memory, gaps: match?.[2] === 'zero' ? 'zero' : 'missing' });
  }
  return [...found.values()].sort((one, other) => one.memory - other.memory);
}

function readSearch(values: Parts['values'], say: Say): LinkView['search'] {
  const text = values.get('q');
  const words = values.get('find') ?? 'text';
  if (text === undefined) {
    if (values.has('find')) say(`find=${quoted(words)} is without q=, the text to look for.`);
    return null;
  }
  const search = searchOf(text, words);
  if (search === null)
    say(
      `The link's search, ${quoted(words)} for ${counted(text.length, 'character')}, is not one of this version.`,
    );
  return search;
}

function oneOf<Choice extends string>(
  values: Parts['values'],
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

function readSource({ values, modules }: Parts, say: Say): LinkSource {
  const data = values.get('dump');
  const url = values.get('url');
  if (data !== undefined) {
    if (url !== undefined) say(`The link holds a dump and names one; ${quoted(url)} was left out.`);
    if (modules.length > 0) say('module= goes with url=; it was left out.');
    return readEmbedded(data, values, say);
  }
  if (url === undefined) {
    if (modules.length > 0) say('module= is without url=, the dump it belongs to; it was left out.');
    return NO_SOURCE;
  }
  const dump = urlAt('url', url, say);
  if (dump === null) return NO_SOURCE;
  if (modules.length > MODULES)
    say(`The link names ${grouped(modules.length)} modules; the first ${MODULES} are used.`);
  const used = modules.slice(0, MODULES).map((module) => urlAt('module', module, say));
  return { kind: 'url', dump, modules: used.filter((module) => module !== null) };
}

function urlAt(key: string, text: string, say: Say): string | null {
  const read = readUrl(text);
  if (read.kind === 'url') return read.url;
  say(
    read.kind === 'long'
      ? `${key}= has ${grouped(text.length)} characters; at most ${grouped(URL_LIMIT)} are taken. It was left out.`
      : `${key}=${quoted(text)} ${read.why}; it was left out.`,
  );
  return null;
}

function readEmbedded(data: string, values: Parts['values'], say: Say): LinkSource {
  const wrong = data.search(/[^A-Za-z0-9_-]/);
  if (data === '' || wrong !== -1 || data.length > EMBEDDED_LIMIT) {
    const what =
      data.length > EMBEDDED_LIMIT
        ? `at most ${grouped(EMBEDDED_LIMIT)} are taken`
        : wrong === -1
          ? 'the link is cut off'
          : `character ${grouped(wrong + 1)} is ${quoted(data.charAt(wrong))}, which base64url does not have`;
    say(`dump= has ${counted(data.length, 'character')}: ${what}. It was not opened.`);
    return NO_SOURCE;
  }
  const without = values.get('without');
  if (without !== undefined && without !== 'memory')
    say(`without= takes memory; ${quoted(without)} was left out.`);
  const name = values.get('name') ?? '';
  return {
    kind: 'embedded',
    data,
    name: name === '' ? null : name.slice(0, NAME),
    memory: without === 'memory' ? 'none' : 'whole',
  };
}
