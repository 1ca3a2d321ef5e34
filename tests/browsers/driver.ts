/** A key that is not a character. */
export type NamedKey =
  | 'Enter'
  | 'Escape'
  | 'Tab'
  | 'Home'
  | 'End'
  | 'PageDown'
  | 'ArrowUp'
  | 'ArrowDown'
  | 'ArrowLeft'
  | 'ArrowRight'
  | 'F6';

/** Where the middle of something is on the page, in CSS pixels. */
export interface Spot {
  readonly x: number;
  readonly y: number;
}

/**
 * A browser with one page, driven from outside. Clicks and keys are made by the browser itself: to the page they are a
 * user's. All that the path asks of a browser; each one has a driver of its own.
 */
export interface Driver {
  /** Name and version, as the browser says them. */
  readonly title: string;
  readonly open: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  /** Runs the body of an async function in the page. What it returns must be JSON. */
  readonly run: (body: string) => Promise<unknown>;
  readonly click: (spot: Spot) => Promise<void>;
  /** Turns the wheel over a place, by px. */
  readonly wheel: (spot: Spot, down: number) => Promise<void>;
  /** Presses a key: a name, or a character with Control held. */
  readonly press: (key: NamedKey | `Control+${NamedKey | string}`) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** Gives files to the file input that a CSS selector names. */
  readonly choose: (input: string, paths: readonly string[]) => Promise<void>;
  /** Sets the size of the page's window, in CSS pixels. */
  readonly resize: (width: number, height: number) => Promise<void>;
  /** A picture of the page, as PNG. */
  readonly picture: () => Promise<Uint8Array>;
  /** Ends the browser and all processes that it started. */
  readonly close: () => Promise<void>;
}
