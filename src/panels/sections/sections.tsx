import { useStore } from '../../app/store';
import type { Section } from '../../coredump/model';
import { visible } from '../../coredump/visible';
import type { Snapshot } from '../../session/types';
import { type Column, Grid } from '../../ui/grid';
import { grouped, hex } from '../../ui/numbers';
import { sectionName } from './section-names';

interface Row {
  readonly index: number;
  readonly section: Section;
  readonly cut: boolean;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'index',
    label: '#',
    width: 64,
    grow: 0,
    align: 'end',
    sortable: false,
    cell: ({ index }) => <span className="mono quiet">{index}</span>,
  },
  {
    key: 'kind',
    label: 'Section',
    width: 90,
    grow: 0.6,
    align: 'start',
    sortable: false,
    cell: ({ section }) => <span className="mono">{sectionName(section.id)}</span>,
  },
  {
    key: 'name',
    label: 'Name',
    width: 140,
    grow: 1.4,
    align: 'start',
    sortable: false,
    cell: ({ section }) => <span className="mono">{section.name === null ? '' : visible(section.name)}</span>,
  },
  {
    key: 'offset',
    label: 'Payload at',
    width: 100,
    grow: 0.8,
    align: 'end',
    sortable: false,
    cell: ({ section }) => <span className="mono quiet">{hex(section.offset, 4)}</span>,
  },
  {
    key: 'size',
    label: 'Bytes',
    width: 100,
    grow: 0.8,
    align: 'end',
    sortable: false,
    cell: ({ section }) => <span className="mono">{grouped(section.size)}</span>,
  },
  {
    key: 'cut',
    label: 'State',
    width: 120,
    grow: 1,
    align: 'start',
    sortable: false,
    cell: ({ cut }) => (cut ? <span className="trap-text">cut off by the file's end</span> : null),
  },
];

export function Sections({ snapshot }: { readonly snapshot: Snapshot }) {
  const at = useStore((state) => state.section);
  const { sections, file } = snapshot.dump;
  return (
    <Grid
      label="Sections"
      columns={COLUMNS}
      count={sections.length}
      rowAt={(index) => {
        const section = sections[index];
        return section === undefined
          ? null
          : { index, section, cut: section.offset + section.size > file.size };
      }}
      at={at}
      empty="This file has no section."
    />
  );
}
