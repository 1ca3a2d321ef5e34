import { TASKS, type Task } from './tasks';

self.onmessage = async ({ data }: MessageEvent<{ task: Task; file: File }>) => {
  self.postMessage(await TASKS[data.task](data.file));
};
