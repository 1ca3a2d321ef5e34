import { isMemory64, pointerMemory } from '../../app/pointers';
import { session } from '../../app/session';
import { useStore } from '../../app/store';
import type { Address } from '../../bytes/units';
import { type Chain, followChain } from '../../memory/chain';
import type { Snapshot } from '../../session/types';
import { hexAddress } from '../../ui/numbers';
import { PointerLink } from '../pointers/pointer-link';
import { chainEndText } from './chain-text';
import { MemoryChoice } from './memory-choice';
import { readPointer, readScalar, SCALARS } from './scalars';
import { useSettled } from './use-settled';
import { useWindow } from './use-window';

interface Props {
  readonly snapshot: Snapshot;
  readonly memory: number;
  readonly address: Address;
}

/** Where the word at an address leads, and where that leads, to the end. */
export function PointsTo({ snapshot, memory, address }: Props) {
  const into = useStore(pointerMemory);
  const memory64 = isMemory64(snapshot, into);
  const window = useWindow(memory, address, 8);
  const pointer = window === null ? null : readPointer(window, address, memory64);
  const type = SCALARS.find(({ name }) => name === (memory64 ? 'u64' : 'u32'));
  const word = window === null || type === undefined ? null : readScalar(type, window, address);
  return (
    <>
      <h3 className="section-head">
        Points to <MemoryChoice snapshot={snapshot} memory={into} />
      </h3>
      {word?.known === false && (
        <p className="note">
          {memory64 ? 'u64' : 'u32'}: <span className="warn-text">{word.reason}</span>
        </p>
      )}
      {word?.known === true && pointer === null && <p className="note">Not an address of memory {into}.</p>}
      {pointer !== null && (
        <>
          <p className="note">
            <PointerLink memory={into} address={pointer} says="sentence" />
          </p>
          <ChainList
            snapshot={snapshot}
            memory={into}
            start={pointer}
            origin={memory === into ? address : null}
          />
        </>
      )}
    </>
  );
}

interface ChainProps {
  readonly snapshot: Snapshot;
  readonly memory: number;
  readonly start: Address;
  readonly origin: Address | null;
}

/** The pointers from `start` on, one a line: where it stands, what it holds. The last line says what is there or why it ends. */
function ChainList({ snapshot, memory, start, origin }: ChainProps) {
  const size = snapshot.memories[memory]?.size ?? 0;
  const word = isMemory64(snapshot, memory) ? 8 : 4;
  const inside = start < size && start >= 1024;
  const key = inside ? `${snapshot.id} ${snapshot.version} ${memory} ${start} ${origin}` : null;
  const chain = useSettled<Chain>(key, () =>
    followChain({ size, word, read: (at, length) => session().read(memory, at, length) }, start, origin),
  );
  if (!inside || chain === null) return null;
  const end = chainEndText(chain.end);
  return (
    <ol className="chain" aria-label="Pointers followed">
      {chain.links.map(({ address, target }) => (
        <li key={address}>
          <Place memory={memory} address={address} bytes={word} /> holds{' '}
          <PointerLink memory={memory} address={target} says="none" />
        </li>
      ))}
      <li>
        {chain.end.kind !== 'cycle' && (
          <>
            <Place memory={memory} address={chain.end.address} bytes={word} />{' '}
          </>
        )}
        <span className={end.known ? 'mono' : 'warn-text'}>{end.text}</span>
      </li>
    </ol>
  );
}

/** An address of the chain: hovering outlines its word in the memory. */
function Place({
  memory,
  address,
  bytes,
}: {
  readonly memory: number;
  readonly address: Address;
  readonly bytes: number;
}) {
  const { mark } = useStore.getState();
  return (
    <span
      className="mono quiet"
      onPointerEnter={() => mark({ memory, first: address, last: address + bytes - 1 })}
      onPointerLeave={() => mark(null)}
    >
      {hexAddress(address)}
    </span>
  );
}
