import type { MemoryModel } from '../memory/memory-model';
import { FindTask } from './find-task';
import type { FindRequest, FindUpdate } from './find-types';
import type { LineRunner } from './line-runner';
import type { OpenDump } from './open-dump';

/** The searches under way in the open dump, one of a name. */
export class FindSlots {
  readonly #runner: () => LineRunner;
  readonly #tasks = new Map<string, FindTask>();

  constructor(runner: () => LineRunner) {
    this.#runner = runner;
  }

  /** Begins a search in place of the one of that name. */
  start(
    slot: string,
    open: OpenDump,
    memory: MemoryModel,
    request: FindRequest,
    onUpdate: (update: FindUpdate) => void,
  ): void {
    this.close(slot);
    const { background, index } = open;
    const task = new FindTask(
      { source: background, table: index.table, memory, runner: this.#runner, onUpdate },
      request,
    );
    this.#tasks.set(slot, task);
    void task.run();
  }

  stop(slot: string): void {
    this.#tasks.get(slot)?.stop();
  }

  resume(slot: string): void {
    this.#tasks.get(slot)?.resume();
  }

  close(slot: string): void {
    this.#tasks.get(slot)?.close();
    this.#tasks.delete(slot);
  }

  closeAll(): void {
    for (const slot of [...this.#tasks.keys()]) this.close(slot);
  }
}
