import type { Address, Bytes } from '../bytes/units';
import { type Expression, LineBasket } from '../memory/search/lines';
import type { Matcher } from '../memory/search/matcher';
import type { ScanStep } from '../memory/search/part-walk';
import { type ScanInput, scanMemory } from '../memory/search/scan';
import { textRunMatcher } from '../memory/search/text-runs';
import type { StringsQuery } from './find-types';
import { Interrupted, type LineRunner } from './line-runner';

/** Hits as they come, with their texts where they are strings. */
export interface FindBatch extends ScanStep {
  readonly texts: readonly string[];
}

/** An expression is matched in lines of at least this many characters: in shorter ones nearly everything is chance. */
export const SHORTEST_LINE = 4;
/** A text is handed out up to this length; the list shows less. */
const TEXT_LIMIT = 240;
/** Lines go to the worker in batches of this size: large enough to be worth a message, small enough to be kept. */
const BATCH: Bytes = 256 * 1024;

type Input = Omit<ScanInput, 'matcher'>;

export async function* findMatches(input: Input, matcher: Matcher): AsyncGenerator<FindBatch> {
  for await (const step of scanMemory({ ...input, matcher })) yield { ...step, texts: [] };
}

export async function* findStrings(input: Input, query: StringsQuery): AsyncGenerator<FindBatch> {
  const decoder = new TextDecoder(query.encoding === 'utf-16le' ? 'utf-16le' : 'utf-8', { ignoreBOM: true });
  const wanted = query.filter.toLowerCase();
  let texts: string[] = [];
  const matcher = textRunMatcher(query.encoding, query.minimum, (bytes, from, to, _address, report) => {
    const text = decoder.decode(bytes.subarray(from, to));
    if (wanted !== '' && !text.toLowerCase().includes(wanted)) return;
    report();
    texts.push(text.slice(0, TEXT_LIMIT));
  });
  for await (const step of scanMemory({ ...input, zeros: false, matcher })) {
    yield { ...step, texts };
    texts = [];
  }
}

/**
 * Matches an expression line by line in `runner`, while the next lines are read.
 * @param resumed settles when the search goes on after it was interrupted.
 */
export async function* findExpression(
  input: Input,
  expression: Expression,
  runner: LineRunner,
  resumed: () => Promise<void>,
): AsyncGenerator<FindBatch> {
  const basket = new LineBasket();
  const matcher = textRunMatcher(expression.encoding, SHORTEST_LINE, (bytes, from, to, address) =>
    basket.add(bytes, from, to, address),
  );
  let underWay: Promise<FindBatch> | null = null;
  const match = async (step: ScanStep): Promise<FindBatch> => {
    const { batch, addresses: lines } = basket.take();
    for (;;) {
      try {
        const matches = await runner.match(expression, batch);
        const addresses = Array.from(
          matches.lines,
          (line, index): Address => (lines[line] ?? 0) + (matches.from[index] ?? 0),
        );
        return { ...step, addresses, lengths: [...matches.lengths], texts: [] };
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        await resumed();
      }
    }
  };
  for await (const step of scanMemory({ ...input, zeros: false, matcher })) {
    if (basket.size < BATCH && step.at < input.memory.size) {
      if (underWay === null) yield { ...step, texts: [] };
      continue;
    }
    if (underWay !== null) yield await underWay;
    underWay = basket.size === 0 ? Promise.resolve({ ...step, texts: [] }) : match(step);
    // Its failure is met where it is waited for.
    underWay.catch(() => undefined);
  }
  if (underWay !== null) yield await underWay;
}
