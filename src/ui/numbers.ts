/** A count with thousands separators, `12,976,128`. Tables ask for it 100,000 times, which Intl takes 2 s for. */
export function grouped(value: number | bigint): string {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return value.toLocaleString('en-US');
  const digits = String(value);
  const sign = digits.startsWith('-') ? '-' : '';
  let rest = digits.slice(sign.length);
  let text = '';
  for (; rest.length > 3; rest = rest.slice(0, -3)) text = `,${rest.slice(-3)}${text}`;
  return sign + rest + text;
}

/** `0x` and at least `digits` digits, lower case. */
export function hex(value: number | bigint, digits = 0): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

/** An address as it is written everywhere: 8 digits, 16 past 4 GiB in a 64-bit memory. */
export function hexAddress(address: number | bigint): string {
  return hex(address, address > 0xffff_ffff ? 16 : 8);
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** The power of 1,024 whose unit reads best for `bytes`. */
function scaleOf(bytes: number): number {
  let scale = 0;
  // 1,023.7 KiB rounds to 1,024 KiB: it reads as 1.00 MiB.
  while (scale < UNITS.length - 1 && Math.round(bytes / 1024 ** scale) >= 1024) scale++;
  return scale;
}

/** Three figures, never in powers of ten: 1.21, 12.3, 418, 1,023. */
function threeFigures(value: number): string {
  if (value >= 100) return grouped(Math.round(value));
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** A size for a label, rounded to three figures: `12.4 MiB`. Exact below 1 KiB: `980 bytes`, `1 byte`. */
export function size(bytes: number): string {
  const scale = scaleOf(bytes);
  if (scale === 0) return counted(bytes, 'byte');
  return `${threeFigures(bytes / 1024 ** scale)} ${UNITS[scale]}`;
}

/** Two sizes in the unit of the larger: `1.21 of 3.98 GiB`. */
export function sizeOfSize(part: number, whole: number): string {
  const scale = scaleOf(whole);
  if (scale === 0) return `${grouped(part)} of ${counted(whole, 'byte')}`;
  const divisor = 1024 ** scale;
  return `${threeFigures(part / divisor)} of ${threeFigures(whole / divisor)} ${UNITS[scale]}`;
}

/** A count and its noun: `1 frame`, `7 frames`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${grouped(count)} ${count === 1 ? noun : plural}`;
}

/** A rate in decimal units, as disks and networks are sold: `418 MB/s`. */
export function rate(bytesPerSecond: number): string {
  if (bytesPerSecond >= 1e9) return `${threeFigures(bytesPerSecond / 1e9)} GB/s`;
  if (bytesPerSecond >= 1e6) return `${threeFigures(bytesPerSecond / 1e6)} MB/s`;
  return `${threeFigures(bytesPerSecond / 1e3)} kB/s`;
}

/** What is left, for a person: `7 s`, `3 min`. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  return `${grouped(Math.round(seconds / 60))} min`;
}
