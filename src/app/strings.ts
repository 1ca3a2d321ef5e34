import { create } from 'zustand';
import type { Address, Bytes } from '../bytes/units';
import type { RunEncoding } from '../memory/search/text-runs';
import type { FindRequest, FindUpdate } from '../session/find-types';
import { session } from './session';
import { snapshotOf, useStore } from './store';

/** Strings that are listed before the search stops and asks. */
export const STRINGS_LIMIT = 10_000;

/** The longest run of characters that can be asked for. */
export const LONGEST_MINIMUM = 1000;

export interface StringsForm {
  readonly encoding: RunEncoding;
  readonly minimum: number;
  readonly filter: string;
}

export interface StringsRun {
  readonly dump: number;
  /** As many captured bytes there were when it began: more may have been indexed since. */
  readonly captured: Bytes;
  readonly request: FindRequest;
  readonly update: FindUpdate | null;
  readonly strings: readonly FoundString[];
}

export interface FoundString {
  readonly address: Address;
  readonly length: Bytes;
  readonly text: string;
}

interface StringsState {
  readonly form: StringsForm;
  readonly run: StringsRun | null;
}

export const ALL_STRINGS: StringsForm = { encoding: 'utf-8', minimum: 4, filter: '' };

export const useStrings = create<StringsState>()(() => ({
  form: ALL_STRINGS,
  run: null,
}));

export function setStringsForm(change: Partial<StringsForm>): void {
  useStrings.setState(({ form }) => ({ form: { ...form, ...change } }));
}

/** Lists the strings of a memory, unless that is what is listed or being listed. */
export function listStrings(memory: number): void {
  const snapshot = snapshotOf(useStore.getState());
  const { form, run } = useStrings.getState();
  if (snapshot === null) return;
  const captured = snapshot.memories[memory]?.captured ?? 0;
  const request: FindRequest = {
    memory,
    query: { kind: 'strings', ...form },
    zeros: false,
    limit: STRINGS_LIMIT,
  };
  const same =
    run?.dump === snapshot.id &&
    run.captured === captured &&
    JSON.stringify(run.request) === JSON.stringify(request);
  if (same) return;
  useStrings.setState({ run: { dump: snapshot.id, captured, request, update: null, strings: [] } });
  session()
    .find('strings', request, (update) => take(request, update))
    // The worker died: the page as a whole says so.
    .catch(() => useStrings.setState({ run: null }));
}

function take(request: FindRequest, update: FindUpdate): void {
  const { run } = useStrings.getState();
  if (run === null || run.request !== request) return;
  const found = Array.from(
    update.addresses,
    (address, index): FoundString => ({
      address,
      length: update.lengths[index] ?? 0,
      text: update.texts[index] ?? '',
    }),
  );
  useStrings.setState({ run: { ...run, update, strings: run.strings.concat(found) } });
}

export function stopStrings(): void {
  void session().stopFind('strings');
}

export function resumeStrings(): void {
  void session().resumeFind('strings');
}
