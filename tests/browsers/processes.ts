import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/** Groups of processes that have not been ended yet, by the id of their leader. */
const running = new Set<number>();

/**
 * Starts a program as the leader of a group of its own, so that what it starts ends with it. The group ends at the latest with
 * this process, whatever ends that: a failed test, Ctrl+C, the runner that stops its worker.
 */
export function startGroup(
  command: string,
  args: readonly string[],
  options: Omit<SpawnOptions, 'detached'>,
): ChildProcess {
  const child = spawn(command, args, { ...options, detached: true });
  if (child.pid !== undefined) running.add(child.pid);
  return child;
}

/** Ends a group, if it is still there. */
export function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined || !running.delete(pid)) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function endAll(): void {
  for (const pid of running) endGroup({ pid } as ChildProcess);
}

process.on('exit', endAll);
// `disconnect`: the runner that started this worker is gone, killed for example. Without it the browsers would run on.
for (const end of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const)
  process.on(end, () => {
    endAll();
    process.exit(1);
  });
