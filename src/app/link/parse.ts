import { grouped } from '../../ui/numbers';
import { readSource } from './parse-source';
import { readView } from './parse-view';
import { quoted, split } from './parts';
import { EMBEDDED_LIMIT } from './source-words';
import { LINK_VERSION, type Link, NO_SOURCE, NO_VIEW } from './types';

/** Characters of a link that are read; of a longer one nothing is. */
export const LONGEST_LINK = EMBEDDED_LIMIT + 100_000;
const SAID = 8;

/** Reads a hash, with or without its `#`. Never throws: what cannot be understood is said and left out. */
export function parseLink(hash: string): Link {
  const problems: string[] = [];
  const text = hash.startsWith('#') ? hash.slice(1) : hash;
  if (text.length > LONGEST_LINK) {
    const message = `The link has ${grouped(text.length)} characters; at most ${grouped(LONGEST_LINK)} are read. Nothing of it was used.`;
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

function firstOf(problems: readonly string[]): readonly string[] {
  if (problems.length <= SAID) return problems;
  return [...problems.slice(0, SAID), `${grouped(problems.length - SAID)} more parts were not understood.`];
}
