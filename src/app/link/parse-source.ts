import { counted, grouped } from '../../ui/numbers';
import { SAMPLES, sampleOf } from '../samples';
import { type Parts, quoted, type Say, type Values } from './parts';
import { EMBEDDED_LIMIT, readUrl, URL_LIMIT } from './source-words';
import { type LinkSource, NO_SOURCE } from './types';

/** Modules that a link may name: as many as a folder's are used. */
const MODULES = 64;
const NAME = 200;

/** Where a link says that the dump is. */
export function readSource({ values, modules }: Parts, say: Say): LinkSource {
  const data = values.get('dump');
  const url = values.get('url');
  const sample = values.get('sample');
  if (sample !== undefined && (data ?? url) !== undefined)
    say(`The link names a sample and another dump; sample=${quoted(sample)} was left out.`);
  if (data !== undefined) {
    if (url !== undefined) say(`The link holds a dump and names one; ${quoted(url)} was left out.`);
    if (modules.length > 0) say('module= goes with url=; it was left out.');
    return readEmbedded(data, values, say);
  }
  if (url === undefined) {
    if (modules.length > 0) say('module= is without url=, the dump it belongs to; it was left out.');
    return sample === undefined ? NO_SOURCE : readSample(sample, say);
  }
  const dump = urlAt('url', url, say);
  if (dump === null) return NO_SOURCE;
  if (modules.length > MODULES)
    say(`The link names ${grouped(modules.length)} modules; the first ${MODULES} are used.`);
  const used = modules.slice(0, MODULES).map((module) => urlAt('module', module, say));
  return { kind: 'url', dump, modules: used.filter((module) => module !== null) };
}

function readSample(id: string, say: Say): LinkSource {
  if (sampleOf(id) !== null) return { kind: 'sample', id };
  say(`sample= takes ${SAMPLES.map((sample) => sample.id).join(', ')}; ${quoted(id)} was left out.`);
  return NO_SOURCE;
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

function readEmbedded(data: string, values: Values, say: Say): LinkSource {
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
