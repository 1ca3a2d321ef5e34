import { ALL_STRINGS } from '../strings';
import { laidText, stringsWords } from './list-words';
import { groupWord } from './memory-words';
import { codeText, pathText } from './place-words';
import { searchWords } from './search-words';
import { LINK_VERSION, type Link, type LinkBytes, type LinkSource, type LinkView } from './types';

/** The link as a hash, `#` included; empty where it says nothing. What is the default is left out. */
export function printLink({ source, view }: Pick<Link, 'source' | 'view'>): string {
  const parts = [
    ...viewParts(view),
    ...memoryParts(view),
    ...placeParts(view),
    ...listParts(view),
    ...sourceParts(source),
  ];
  if (parts.length === 0) return '';
  const text = [`v=${LINK_VERSION}`, ...parts].join('&');
  // Where a link ends in a sentence's mark, a chat takes the mark for the sentence's: `&q=end.` would lose its dot.
  return `#${text.replace(/[.,:;?]$/, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`;
}

function viewParts(view: LinkView): string[] {
  const { frame, memory, bytes, middle, lists, gaps, search } = view;
  const parts: string[] = [];
  if (frame !== null && frame.thread !== 0) parts.push(`t=${frame.thread}`);
  if (frame !== null && (frame.frame !== 0 || frame.thread === 0)) parts.push(`f=${frame.frame}`);
  if (memory !== 0) parts.push(`m=${memory}`);
  if (bytes !== null) parts.push(`a=${bytesText(bytes, memory)}`);
  if (middle !== 'memory') parts.push(`view=${middle}`);
  if (lists !== null) parts.push(`list=${lists}`);
  if (gaps.length > 0) parts.push(`gaps=${gaps.map((one) => `${one.memory}:${one.gaps}`).join(',')}`);
  if (search === null) return parts;
  const words = searchWords(search);
  if (words !== 'text') parts.push(`find=${words}`);
  parts.push(`q=${escaped(search.query.text)}`);
  return parts;
}

function memoryParts({ rows }: LinkView): string[] {
  const parts: string[] = [];
  if (rows.rowBytes !== 16) parts.push(`row=${rows.rowBytes}`);
  const word = groupWord(rows);
  return word === 'hex8' ? parts : [...parts, `as=${word}`];
}

function placeParts({ code, offsets, source }: LinkView): string[] {
  const parts: string[] = [];
  if (code !== null) parts.push(`code=${escaped(codeText(code))}`);
  if (offsets !== 'function') parts.push(`offsets=${offsets}`);
  if (source !== null && source.inline !== 0) parts.push(`inline=${source.inline}`);
  if (source !== null && source.file !== null) parts.push(`src=${escaped(pathText(source.file))}`);
  return parts;
}

function listParts({ strings, structs }: LinkView): string[] {
  const parts: string[] = [];
  const words = stringsWords(strings);
  if (words !== stringsWords(ALL_STRINGS)) parts.push(`strings=${words}`);
  if (strings.filter !== '') parts.push(`only=${escaped(strings.filter)}`);
  if (structs === null) return parts;
  parts.push(`laid=${laidText(structs)}`);
  if (structs.count !== 1) parts.push(`times=${structs.count}`);
  if (structs.root !== null) parts.push(`root=${escaped(structs.root)}`);
  if (structs.follow !== null) parts.push(`next=${escaped(structs.follow)}`);
  parts.push(`struct=${escaped(structs.text)}`);
  return parts;
}

/** `1f40`, or `1f40-1f4f` from the cursor to the other end; `2:1f40` where that is not the memory shown. */
function bytesText({ memory, anchor, focus }: LinkBytes, shown: number): string {
  const of = memory === shown ? '' : `${memory}:`;
  const to = anchor === focus ? '' : `-${anchor.toString(16)}`;
  return `${of}${focus.toString(16)}${to}`;
}

function sourceParts(source: LinkSource): string[] {
  switch (source.kind) {
    case 'none':
      return [];
    case 'url':
      return [`url=${escaped(source.dump)}`, ...source.modules.map((module) => `module=${escaped(module)}`)];
    case 'sample':
      return [`sample=${escaped(source.id)}`];
    case 'embedded':
      return [
        ...(source.name === null ? [] : [`name=${escaped(source.name)}`]),
        ...(source.memory === 'none' ? ['without=memory'] : []),
        `dump=${source.data}`,
      ];
  }
}

const LONE_SURROGATE = /\p{Surrogate}/gu;
/** What may stand in a fragment's values as it is, and reads better so. */
const READABLE = /%(?:3A|2F|2C|40|24|3F|3B|3D)/g;

function escaped(text: string): string {
  return encodeURIComponent(text.replace(LONE_SURROGATE, '\ufffd'))
    .replace(READABLE, decodeURIComponent)
    .replace(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`);
}
