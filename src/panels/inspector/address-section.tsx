import { useMemo } from 'react';
import { useAddress } from '../../app/addresses';
import { memoryName } from '../../app/names';
import { session } from '../../app/session';
import type { Address, Bytes } from '../../bytes/units';
import { visible } from '../../coredump/visible';
import { regionsOf } from '../../memory/region';
import type { Snapshot } from '../../session/types';
import { counted, grouped, hexAddress } from '../../ui/numbers';
import { targetText } from '../pointers/target';
import { PointsHere } from './points-here';
import { PointsTo } from './points-to';
import { regionFacts } from './region-facts';
import { useSettled } from './use-settled';

interface Props {
  readonly snapshot: Snapshot;
  readonly memory: number;
  readonly address: Address;
  /** What points into so many bytes is listed. */
  readonly length: Bytes;
}

/** Everything known about an address: what it is, what it belongs to, what it points to, and what points to it. */
export function AddressSection({ snapshot, memory, address, length }: Props) {
  const summary = snapshot.memories[memory];
  const answer = useAddress(memory, address);
  const segment = answer?.segment ?? null;
  const rows = useSettled(segment === null ? null : `${snapshot.id} ${segment}`, () =>
    session().segments(segment ?? 0, 1),
  );
  const layouts = useSettled(`${snapshot.id} ${snapshot.version} ${memory}`, () => session().layouts(memory));
  const regions = useMemo(
    () => regionsOf(address, regionFacts(snapshot, memory, layouts ?? [])),
    [address, snapshot, memory, layouts],
  );
  if (summary === undefined) return null;
  const row = rows?.[0];
  return (
    <section className="inspector-part" aria-label="What is this address?">
      <h2 className="inspector-head">
        <span>
          What is <span className="mono">{hexAddress(address)}</span>?
        </span>
      </h2>
      <dl className="address-facts">
        <dt>Memory</dt>
        <dd>
          {memoryName(snapshot, memory)}, {counted(summary.size, 'byte')}
          {address < summary.size && `, ${grouped(summary.size - address)} from its end`}
        </dd>
        <dt>Byte</dt>
        <dd className={answer === null ? undefined : `state-${answer.state}`}>
          {answer === null ? <span className="skeleton" /> : targetText(answer)}
        </dd>
        {row?.address != null && (
          <>
            <dt>Segment</dt>
            <dd>
              {row.index}
              {row.name !== null && ` ${visible(row.name, 60)}`},{' '}
              <Range first={row.address} length={row.length} />, byte {grouped(address - row.address)} of{' '}
              {grouped(row.length)}
            </dd>
          </>
        )}
        {regions.map(({ what, certainty, why }) => (
          <div key={what} className="fact">
            <dt>Region</dt>
            <dd>
              {what} {certainty === 'probably' && <span className="tag dashed">probably</span>}
              <span className="why">{why}</span>
            </dd>
          </div>
        ))}
      </dl>
      <PointsTo snapshot={snapshot} memory={memory} address={address} />
      <PointsHere snapshot={snapshot} memory={memory} first={address} length={length} />
    </section>
  );
}

function Range({ first, length }: { readonly first: Address; readonly length: Bytes }) {
  return (
    <span className="mono">
      {hexAddress(first)} to {hexAddress(first + length - 1)}
    </span>
  );
}
