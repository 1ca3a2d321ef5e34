import { proxy, type Remote } from 'comlink';
import type { KeepOutcome } from './keep-types';
import type { KeepSession } from './types';

/** What is asked about copies, as the worker offers it: in one level with all other questions. */
export interface WireKeep {
  readonly keepPlan: KeepSession['plan'];
  readonly keepStart: KeepSession['keep'];
  readonly keepStop: KeepSession['stopKeeping'];
}

/** The worker's side. */
export function keepShell(keep: KeepSession): WireKeep {
  return {
    keepPlan: (request) => keep.plan(request),
    keepStart: (folder, request, onProgress) => keep.keep(folder, request, onProgress),
    keepStop: () => keep.stopKeeping(),
  };
}

/** The page's side. @param ask gives the worker's answer, or its death. */
export function keepClient(
  remote: Remote<WireKeep>,
  ask: <T>(call: () => Promise<T>) => Promise<T>,
): KeepSession {
  return {
    plan: (request) => ask(() => remote.keepPlan(request)),
    keep: (folder, request, onProgress) =>
      ask<KeepOutcome>(() => remote.keepStart(folder, request, proxy(onProgress))),
    stopKeeping: () => ask(() => remote.keepStop()),
  };
}
