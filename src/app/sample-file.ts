/**
 * A sample's bytes: from the page itself where it is the single file (a page on file:// cannot fetch), else from beside it.
 * @throws a sentence when it does not arrive.
 */
export async function sampleFile(name: string): Promise<Blob> {
  const inside = document.getElementById(`sample:${name}`);
  if (inside !== null) return new Blob([fromBase64(inside.textContent)]);
  const response = await fetch(new URL(`./samples/${name}`, document.baseURI));
  if (!response.ok) throw new Error(`${name} answers ${response.status}`);
  return response.blob();
}

const fromBase64 = (text: string) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
