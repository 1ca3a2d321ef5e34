import { moduleName } from '../../app/names';
import type { Instance } from '../../coredump/model';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { grouped } from '../../ui/numbers';

interface ModuleRow {
  readonly index: number;
  readonly name: string;
}
interface InstanceRow {
  readonly index: number;
  readonly instance: Instance;
  readonly module: string;
}

const MODULES: readonly Column<ModuleRow>[] = [
  {
    key: 'index',
    label: '#',
    width: 56,
    grow: 0,
    align: 'end',
    sortable: false,
    cell: (row) => <span className="mono quiet">{row.index}</span>,
  },
  {
    key: 'name',
    label: 'Module',
    width: 160,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono">{row.name}</span>,
  },
];

const INSTANCES: readonly Column<InstanceRow>[] = [
  {
    key: 'index',
    label: '#',
    width: 56,
    grow: 0,
    align: 'end',
    sortable: false,
    cell: (row) => <span className="mono quiet">{row.index}</span>,
  },
  {
    key: 'module',
    label: 'Instance of',
    width: 150,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => (
      <>
        <span className="mono">{row.module}</span>
        {row.instance.implicit && <span className="tag dashed">assumed</span>}
      </>
    ),
  },
  {
    key: 'memories',
    label: 'Memories',
    width: 110,
    grow: 0.8,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono secondary">{indices(row.instance.memories)}</span>,
  },
  {
    key: 'globals',
    label: 'Globals',
    width: 150,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: (row) => <span className="mono secondary">{indices(row.instance.globals)}</span>,
  },
];

/** Indices listed before they are only counted. */
const LISTED = 12;

/** `0, 1, not captured`, or a count where there are many. */
export function indices(list: readonly (number | null)[]): string {
  const shown = list.slice(0, LISTED).map((index) => (index === null ? 'not captured' : String(index)));
  const rest = list.length - shown.length;
  if (list.length === 0) return 'none';
  return rest === 0 ? shown.join(', ') : `${shown.join(', ')} and ${grouped(rest)} more`;
}

export function ModulesAndInstances({ snapshot }: { readonly snapshot: Snapshot }) {
  const { modules, instances } = snapshot.dump;
  return (
    <div className="side-by-side">
      <Grid
        label="Modules"
        columns={MODULES}
        count={modules.length}
        rowAt={(index) => (index < modules.length ? { index, name: moduleName(snapshot, index) } : null)}
        empty="This dump lists no modules."
      />
      <Grid
        label="Instances"
        columns={INSTANCES}
        count={instances.length}
        rowAt={(index) => {
          const instance = instances[index];
          return instance === undefined
            ? null
            : { index, instance, module: moduleName(snapshot, instance.module) };
        }}
        empty="This dump lists no instances."
      />
    </div>
  );
}
