import { isRedirectRefusal } from '../../bytes/http-text';
import type { NamedFile, RemoteFile } from '../../session/types';
import { grouped } from '../../ui/numbers';
import { rememberUrl, urlOf } from '../link/source';
import { openedFiles, openFiles } from '../open';
import { snapshotOf, useStore } from '../store';
import { allowedHosts, allowHosts } from './allowed';
import { stopAsking, useAsking } from './asking';
import { FRAMED, isFramed } from './framed';
import { type RemoteRequest, readRequest } from './request';

/** Addresses that are typed or pasted: a dump's and 64 modules', each as long as they may be, are less. */
const LONGEST_TEXT = 300_000;

const here = () => ({ base: document.baseURI, origin: location.origin });

/**
 * Opens what a link names. Before the first request to a host that is neither the page's own nor allowed for always, the
 * user is asked.
 */
export function openUrls(dump: string, modules: readonly string[]): void {
  const read = readRequest([dump, ...modules], here());
  if (read.kind === 'refused') {
    refuse(read.message);
    return;
  }
  const { files, hosts } = read.request;
  for (const [at, text] of [dump, ...modules].entries()) {
    const file = files[at];
    if (file !== undefined) rememberUrl(file, text);
  }
  const allowed = isFramed() ? [] : allowedHosts();
  const unknown = hosts.filter((host) => !allowed.includes(host));
  if (unknown.length === 0) void openFiles(files, 'replace');
  else useAsking.setState({ request: { files, hosts: unknown } });
}

function refuse(message: string): void {
  const state = useStore.getState();
  if (snapshotOf(state) === null) state.reset({ kind: 'failed', name: '', message });
  else state.notify(message);
}

/**
 * Opens what the user typed, the dump first: who types an address and opens it has asked for that host.
 * @returns why it cannot be opened, as a sentence; null: it is being opened.
 */
export function openTyped(text: string): string | null {
  if (text.length > LONGEST_TEXT)
    return `The text has ${grouped(text.length)} characters; at most ${grouped(LONGEST_TEXT)} are read.`;
  const urls = text.trim().split(/\s+/);
  const bare = urls.find((url) => !/^(https?:|\.{0,2}\/)/i.test(url));
  if (bare !== undefined) {
    if (bare === '') return 'Type the address of a dump.';
    return 'An address begins with https:// or http://, or with / for this host.';
  }
  const read = readRequest(urls, here());
  if (read.kind === 'refused') return read.message;
  if (read.request.hosts.length > 0 && isFramed()) return FRAMED;
  void openFiles(read.request.files, 'replace');
  return null;
}

/** The user agreed. */
export function openAsked({ files, hosts }: RemoteRequest, always: boolean): void {
  if (isFramed()) {
    stopAsking();
    refuse(FRAMED);
    return;
  }
  if (always) allowHosts(hosts);
  stopAsking();
  void openFiles(files, 'replace');
}

/** Whether what was opened last came from web servers. */
export function isRemote(): boolean {
  return openedFiles().some((file) => 'url' in file);
}

/** Whether it failed for a redirect that nobody agreed to. */
export function canFollow(message: string): boolean {
  return (
    isRedirectRefusal(message) &&
    !isFramed() &&
    openedFiles().some((file) => isRemoteFile(file) && file.redirects === 'refuse')
  );
}

/** Opens the same once more and goes where the hosts send it: the user has been told that nobody knows where before. */
export function followRedirects(): void {
  const files = openedFiles().map((file) => {
    if (!isRemoteFile(file)) return file;
    const again: RemoteFile = { ...file, redirects: 'follow' };
    rememberUrl(again, urlOf(file) ?? file.url);
    return again;
  });
  void openFiles(files, 'replace');
}

const isRemoteFile = (file: NamedFile): file is RemoteFile => 'url' in file;
