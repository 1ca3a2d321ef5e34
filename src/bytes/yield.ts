/**
 * Lets everything else that waits in this thread run: messages of the page, answers of the disk. A promise alone does
 * not, since its continuation comes before any message; a timer does, but browsers stretch it to 4 ms.
 */
export function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
