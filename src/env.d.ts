/** The version of package.json, put in by the build. */
declare const __VERSION__: string;

/* Of the File System Access API, what the DOM's types lack: Chromium has it, other browsers do not. */
interface FileSystemHandle {
  readonly requestPermission?: (wanted: { readonly mode: 'read' }) => Promise<PermissionState>;
}
interface DataTransferItem {
  readonly getAsFileSystemHandle?: () => Promise<FileSystemHandle | null>;
}
interface Window {
  readonly showOpenFilePicker?: (options: {
    readonly multiple: boolean;
  }) => Promise<readonly FileSystemFileHandle[]>;
}
