import { isRedirectRefusal } from '../../bytes/http-text';
import type { NamedFile, RemoteFile } from '../../session/types';
import { rememberUrl, urlOf } from '../link/source';
import { openedFiles, openFiles } from '../open';
import { snapshotOf, useStore } from '../store';
import { allowedHosts, allowHosts } from './allowed';
import { stopAsking, useAsking } from './asking';
import { type RemoteRequest, readRequest } from './request';

const here = () => ({ base: document.baseURI, origin: location.origin });

/**
 * Opens what a link names. Before the first request to a host that is neither the page's own nor allowed for always, the
 * user is asked.
 */
export function openUrls(dump: string, modules: readonly string[]): void {
  const read = readRequest([dump, ...modules], here());
  if (read.kind === 'refused') {
    const state = useStore.getState();
    if (snapshotOf(state) === null) state.reset({ kind: 'failed', name: '', message: read.message });
    else state.notify(read.message);
    return;
  }
  const { files, hosts } = read.request;
  for (const [at, text] of [dump, ...modules].entries()) {
    const file = files[at];
    if (file !== undefined) rememberUrl(file, text);
  }
  const allowed = allowedHosts();
  const unknown = hosts.filter((host) => !allowed.includes(host));
  if (unknown.length === 0) void openFiles(files, 'replace');
  else useAsking.setState({ request: { files, hosts: unknown } });
}

/**
 * Opens what the user typed, the dump first: who types an address and opens it has asked for that host.
 * @returns why it cannot be opened, as a sentence; null: it is being opened.
 */
export function openTyped(text: string): string | null {
  const urls = text.trim().split(/\s+/);
  const bare = urls.find((url) => !/^(https?:|\.{0,2}\/)/i.test(url));
  if (bare !== undefined) {
    if (bare === '') return 'Type the address of a dump.';
    return 'An address begins with https:// or http://, or with / for this host.';
  }
  const read = readRequest(urls, here());
  if (read.kind === 'refused') return read.message;
  void openFiles(read.request.files, 'replace');
  return null;
}

/** The user agreed. */
export function openAsked({ files, hosts }: RemoteRequest, always: boolean): void {
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
