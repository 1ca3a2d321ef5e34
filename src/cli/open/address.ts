import { randomBytes } from 'node:crypto';
import { transientFolder } from '../../session/transient';

/** 128 bits, as 22 characters that a URL takes as they are. */
const TOKEN_BYTES = 16;

/** The folder of one run: who does not know it is not answered. */
export function newFolder(): string {
  return transientFolder(randomBytes(TOKEN_BYTES).toString('base64url'));
}

/** Where a named file stands below the folder. The index tells files of one name apart; the page shows the name. */
export function filePath(index: number, name: string): string {
  return `files/${index}/${escaped(name)}`;
}

/** The address to open: the page, and in its hash the files, relative to it. The first is the dump. */
export function openAddress(origin: string, folder: string, names: readonly string[]): string {
  const parts = names.map((name, index) => {
    const path = filePath(index, name).split('/').map(escaped).join('/');
    return `${index === 0 ? 'url' : 'module'}=${path}`;
  });
  return `${origin}/${folder}/#${parts.join('&')}`;
}

/** As a part of a path. Also without the marks at which terminals and chats end a link: `core(1).wasm`. */
function escaped(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
