import { useEffect } from 'react';
import { create } from 'zustand';
import { lastName } from '../../app/intake/given';
import { languageOf } from '../../app/sources/language';
import type { SourceFile } from '../../app/sources/registry';
import { type LoadedSource, readSource, SOURCE_LIMIT, tooLarge } from '../../app/sources/text';
import { NO_TOKENS, type Tokens } from '../../app/sources/tokens';
import { HIGHLIGHT_LIMIT, highlight } from './highlight';

/** A source file as far as it has come. */
export type Shown =
  | { readonly kind: 'loading' }
  | {
      readonly kind: 'shown';
      readonly loaded: LoadedSource;
      readonly tokens: Tokens;
      readonly plain: string | null;
    };

/** Texts kept, at most 16 MB each. */
const KEPT = 6;

/** By the file's id, the one that was asked for last at the end. */
const useTexts = create<{ readonly texts: ReadonlyMap<number, Shown> }>()(() => ({ texts: new Map() }));

function put(id: number, shown: Shown): void {
  useTexts.setState(({ texts }) => {
    const next = new Map(texts);
    next.delete(id);
    next.set(id, shown);
    for (const oldest of next.keys()) {
      if (next.size <= KEPT) break;
      next.delete(oldest);
    }
    return { texts: next };
  });
}

const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Reads a file's text and then its colours, once, however many ask. */
async function load(file: SourceFile): Promise<void> {
  put(file.id, { kind: 'loading' });
  const loaded = await read(file);
  put(file.id, { kind: 'shown', loaded, tokens: NO_TOKENS, plain: plainReason(file, loaded) });
  const language = languageOf(file.path);
  if (loaded.kind === 'refused' || language === null) return;
  const tokens = await highlight(loaded.source.text, language);
  // Forgotten meanwhile: six others were asked for.
  if (!useTexts.getState().texts.has(file.id)) return;
  put(file.id, { kind: 'shown', loaded, tokens, plain: plainReason(file, loaded) });
}

async function read(file: SourceFile): Promise<LoadedSource> {
  const name = lastName(file.path);
  if (file.size > SOURCE_LIMIT) return { kind: 'refused', message: tooLarge(name, file.size) };
  try {
    const blob = await file.blob(new AbortController().signal);
    return await readSource(name, new Uint8Array(await blob.arrayBuffer()), pause);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', message: `${name} cannot be read: ${why}` };
  }
}

/** Why a text has no colours, as words; null where it has. */
function plainReason(file: SourceFile, loaded: LoadedSource): string | null {
  if (loaded.kind === 'refused') return null;
  if (loaded.source.text.length > HIGHLIGHT_LIMIT) return 'plain: longer than 4 MB';
  return languageOf(file.path) === null ? 'plain: its language is not coloured' : null;
}

/** A file's text, read when it is first asked for; null: no file. */
export function useSource(file: SourceFile | null): Shown | null {
  const shown = useTexts(({ texts }) => (file === null ? null : (texts.get(file.id) ?? null)));
  useEffect(() => {
    // Also when it was forgotten while it is on screen: another view asked for six others.
    if (file !== null && shown === null && !useTexts.getState().texts.has(file.id)) void load(file);
  }, [file, shown]);
  return file === null ? null : (shown ?? { kind: 'loading' });
}
