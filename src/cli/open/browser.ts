import open from 'open';

/** A launcher hands the address over and ends; one that takes longer is the browser itself. */
const LAUNCH_MS = 10_000;

/**
 * Opens an address in the user's browser.
 * @param onFailure called when it could not be opened, with the reason as the end of a sentence.
 */
export async function openBrowser(address: string, onFailure: (why: string) => void): Promise<void> {
  try {
    const launcher = await open(address);
    const started = performance.now();
    const name = launcher.spawnfile;
    launcher.once('exit', (status) => {
      if (status !== null && status !== 0 && performance.now() - started < LAUNCH_MS)
        onFailure(`${name} ended with status ${status}`);
    });
  } catch (error) {
    onFailure(reasonOf(error));
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const missing = 'code' in error && error.code === 'ENOENT' && 'path' in error;
  return missing ? `${String(error.path)} is not installed` : error.message;
}
