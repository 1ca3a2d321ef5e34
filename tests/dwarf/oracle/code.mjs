/** Where the bodies of a module's functions are: [start, end), counted from the code section's payload. */
export function bodiesOf(bytes) {
  let at = 8;
  const unsigned = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  };
  const name = () => {
    const length = unsigned();
    at += length;
  };
  const limits = () => {
    const flags = bytes[at++];
    unsigned();
    if (flags & 1) unsigned();
  };
  let imported = 0;
  while (at < bytes.length) {
    const id = bytes[at++];
    const size = unsigned();
    const end = at + size;
    if (id === 2) {
      for (let left = unsigned(); left > 0; left--) {
        name();
        name();
        const kind = bytes[at++];
        if (kind === 0) {
          unsigned();
          imported++;
        } else if (kind === 1) {
          at++;
          limits();
        } else if (kind === 2) limits();
        else if (kind === 3) at += 2;
        else throw new Error(`an import of kind ${kind}`);
      }
    }
    if (id === 10) {
      const payload = at;
      const bodies = [];
      for (let left = unsigned(); left > 0; left--) {
        const length = unsigned();
        bodies.push({ funcidx: imported + bodies.length, start: at - payload, end: at - payload + length });
        at += length;
      }
      return { payload, bodies };
    }
    at = end;
  }
  throw new Error('no code section');
}
