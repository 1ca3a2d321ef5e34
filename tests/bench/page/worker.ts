import { type SearchName, timeSearches } from './search-tasks';
import { TASKS, type Task } from './tasks';

type Asked =
  | { readonly task: Task; readonly file: File }
  | { readonly names: readonly SearchName[]; readonly rounds: number; readonly file: File };

self.onmessage = async ({ data }: MessageEvent<Asked>) => {
  if ('task' in data) self.postMessage(await TASKS[data.task](data.file));
  else self.postMessage(await timeSearches(data.file, data.names, data.rounds));
};
