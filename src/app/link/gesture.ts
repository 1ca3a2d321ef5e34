/** What the user did, as far as it tells one selection from the next. */
export interface Input {
  readonly kind: 'press' | 'key';
  /** Follows others of its kind: an arrow key, a letter in a textbox, a key that is held down. */
  readonly continuous: boolean;
  /** Milliseconds. */
  readonly at: number;
}

/** What belongs together as one entry of the history has one number. */
export interface Gesture {
  readonly number: number;
  readonly last: Input | null;
}

export const NO_GESTURE: Gesture = { number: 0, last: null };

/** Arrow keys that follow each other faster than this are one move. */
export const PAUSE = 600;

/** The gesture that an input belongs to: a new one with each press, and with the first of keys that follow each other. */
export function gestureAfter({ number, last }: Gesture, input: Input): Gesture {
  const goesOn = input.continuous && last?.continuous === true && input.at - last.at < PAUSE;
  return { number: goesOn ? number : number + 1, last: input };
}

/** Keys that select by themselves, once: all others move, or type. */
const DISCRETE = new Set(['Enter', ' ', 'Escape', 'F3', 'F8']);

/** What a key is, by the event's own fields. */
export function isContinuous(key: {
  readonly key: string;
  readonly repeat: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): boolean {
  return key.repeat || !(key.ctrlKey || key.metaKey || DISCRETE.has(key.key));
}
