import { counted, grouped } from '../../ui/numbers';
import { OFFSET_BASES } from '../code-place';
import { PLAIN } from '../memory-view';
import { ALL_STRINGS } from '../strings';
import { MOST_ITEMS } from '../structs/saved';
import { LONGEST_FILTER, LONGEST_STRUCT, laidOf, stringsOf } from './list-words';
import { groupOf, rowOf } from './memory-words';
import { index, indexAt, type Key, oneOf, quoted, type Say, type Values } from './parts';
import { codeOf, pathOf } from './place-words';
import { searchOf } from './search-words';
import type { LinkBytes, LinkGaps, LinkView } from './types';
import { LISTS, MIDDLES } from './view-words';

const OVERRIDES = 100;
const IDENTIFIER = 200;

/** What a link says of the view; what it does not say is the default. */
export function readView(values: Values, say: Say): LinkView {
  const memory = indexAt(values, 'm', say) ?? 0;
  return {
    frame: readFrame(values, say),
    memory,
    bytes: readBytes(values.get('a'), memory, say),
    middle: oneOf(values, 'view', MIDDLES, say) ?? 'memory',
    lists: oneOf(values, 'list', [...LISTS, 'closed'] as const, say),
    gaps: readGaps(values.get('gaps'), say),
    search: readSearch(values, say),
    rows: {
      ...PLAIN,
      ...worded(values, 'as', groupOf, 'hex8 to hex64, u8 to u64, i8 to i64, f32, f64', say),
      rowBytes: worded(values, 'row', rowOf, '8, 16, 32, fit', say) ?? PLAIN.rowBytes,
    },
    code: worded(values, 'code', codeOf, 'function:offset@module', say),
    offsets: oneOf(values, 'offsets', OFFSET_BASES, say) ?? 'function',
    source: readPlace(values, say),
    strings: readStrings(values, say),
    structs: readStructs(values, say),
  };
}

function readFrame(values: Values, say: Say): LinkView['frame'] {
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

function readSearch(values: Values, say: Say): LinkView['search'] {
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

/** What the words of a key say, by `read`; null where they say nothing. */
function worded<T>(
  values: Values,
  key: Key,
  read: (words: string) => T | null,
  takes: string,
  say: Say,
): T | null {
  const words = values.get(key);
  if (words === undefined) return null;
  const found = read(words);
  if (found === null) say(`${key}= takes ${takes}; ${quoted(words)} was left out.`);
  return found;
}

function readPlace(values: Values, say: Say): LinkView['source'] {
  const inline = indexAt(values, 'inline', say) ?? 0;
  const file = worded(values, 'src', pathOf, 'path:line', say);
  return inline === 0 && file === null ? null : { inline, file };
}

function readStrings(values: Values, say: Say): LinkView['strings'] {
  const found = worded(values, 'strings', stringsOf, 'encoding.characters, as utf-8.4', say) ?? ALL_STRINGS;
  return { ...ALL_STRINGS, ...found, filter: bounded(values, 'only', LONGEST_FILTER, say) ?? '' };
}

function readStructs(values: Values, say: Say): LinkView['structs'] {
  const text = bounded(values, 'struct', LONGEST_STRUCT, say);
  if (text === null) {
    if (values.has('laid') && !values.has('struct')) say('laid= is without struct=, what is laid there.');
    return null;
  }
  const place = worded(values, 'laid', laidOf, 'an address in hex', say) ?? { memory: 0, address: 0 };
  const times = indexAt(values, 'times', say) ?? 1;
  const count = times >= 1 && times <= MOST_ITEMS ? times : 1;
  if (count !== times) say(`times= takes 1 to ${grouped(MOST_ITEMS)}; ${grouped(times)} was left out.`);
  return {
    text,
    root: bounded(values, 'root', IDENTIFIER, say),
    ...place,
    count,
    follow: bounded(values, 'next', IDENTIFIER, say),
  };
}

/** A text that is not empty and not too long. */
function bounded(values: Values, key: Key, longest: number, say: Say): string | null {
  const text = values.get(key);
  if (text === undefined) return null;
  if (text !== '' && text.length <= longest) return text;
  say(
    text === ''
      ? `${key}= is empty; it was left out.`
      : `${key}= has ${counted(text.length, 'character')}; at most ${grouped(longest)} are taken. It was left out.`,
  );
  return null;
}
