import { appendFileSync } from 'node:fs';
import { expect } from '@playwright/test';

/** The middle of the measurements. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Prints the bench's one line, and fails above the limit. */
export function report(what: string, value: number, limit: number, detail: string): void {
  const line = `${value <= limit ? 'ok  ' : 'OVER'} ${what}: ${value.toFixed(2)} (at most ${limit}; ${detail})`;
  process.stdout.write(`\n${line}\n`);
  const file = process.env['BENCH_REPORT'];
  if (file !== undefined) appendFileSync(file, `${line}\n`);
  expect(value, line).toBeLessThanOrEqual(limit);
}

export const ms = (value: number): string => `${Math.round(value)} ms`;
export const mib = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;
