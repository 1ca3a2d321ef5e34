import type { Address } from '../../bytes/units';
import type { BitRange, Layouts, Type } from './layout';

/** Where the outermost structs lie: one after the other, or wherever a list led. */
export type Items =
  | { readonly kind: 'array'; readonly address: Address; readonly count: number }
  | { readonly kind: 'list'; readonly addresses: readonly Address[] };

/** Which nodes of the tree are open: those in the map, and in each those of its own. `target`: where an open pointer leads. */
export interface Opened {
  readonly target: Address | null;
  readonly children: ReadonlyMap<number, Opened>;
}

export const NOTHING_OPEN: Opened = { target: null, children: new Map() };

/** A struct laid over memory, as a tree of which only what is open has rows. Nothing is kept for a row. */
export interface Tree {
  readonly name: string;
  readonly type: Type;
  readonly layouts: Layouts;
  readonly items: Items;
  readonly opened: Opened;
}

/** The way from the root: the item's index, then a child's index at each level. */
export type Path = readonly number[];

export interface TreeRow {
  readonly path: Path;
  readonly name: string;
  readonly type: Type;
  readonly address: Address;
  readonly bits: BitRange | null;
  /** Where it stands in what holds it; null for what nothing holds. */
  readonly offset: number | null;
  /** Count of those that stand beside it, itself included. */
  readonly siblings: number;
  /** null: it has no parts. */
  readonly open: boolean | null;
}

/** A row without what only its tree knows. */
type Node = Pick<TreeRow, 'name' | 'type' | 'address' | 'bits' | 'offset'>;

export function itemCount(items: Items): number {
  return items.kind === 'array' ? items.count : items.addresses.length;
}

/** How many rows the tree has. */
export function rowCount(tree: Tree): number {
  return rowsIn(tree, itemCount(tree.items), tree.opened, () => tree.type);
}

/** Row `index` from above, or null where there is none. Takes as long as there are open nodes on the way. */
export function rowAt(tree: Tree, index: number): TreeRow | null {
  let siblings = itemCount(tree.items);
  let opened = tree.opened;
  let parent: Node | null = null;
  let left = index;
  const path: number[] = [];
  while (true) {
    const typeOf = (child: number): Type => childNode(tree, parent, opened, child).type;
    const found = locate(tree, siblings, opened, typeOf, left);
    if (found === null) return null;
    path.push(found.child);
    const node: Node = childNode(tree, parent, opened, found.child);
    const inner = opened.children.get(found.child);
    if (found.left === 0) {
      const open = childCount(tree, node.type) === 0 ? null : inner !== undefined;
      return { ...node, path, siblings, open };
    }
    if (inner === undefined) return null;
    siblings = childCount(tree, node.type);
    left = found.left - 1;
    opened = inner;
    parent = node;
  }
}

/** The row of the innermost part that is shown and holds `address`, not looking behind pointers; -1 where none does. */
export function rowOfAddress(tree: Tree, address: Address): number {
  return rowAlong(tree, itemAt(tree, address), (node) => childAt(node, address));
}

/** The row of a path, or of the innermost part of it that is shown. */
export function rowOfPath(tree: Tree, path: Path): number {
  return rowAlong(tree, path[0] ?? -1, (_node, depth) => path[depth] ?? -1);
}

/** The row where one arrives from an item by going to `next` child as long as nodes are open; -1: to none. */
function rowAlong(tree: Tree, item: number, next: (node: Node, depth: number) => number): number {
  if (item === -1) return -1;
  let child = item;
  let opened = tree.opened;
  let parent: Node | null = null;
  let row = 0;
  for (let depth = 1; ; depth += 1) {
    const typeOf = (index: number): Type => childNode(tree, parent, opened, index).type;
    row += rowsIn(tree, child, opened, typeOf, child);
    const node: Node = childNode(tree, parent, opened, child);
    const inner = opened.children.get(child);
    const below = inner === undefined ? -1 : next(node, depth);
    if (inner === undefined || below === -1) return row;
    row += 1;
    parent = node;
    opened = inner;
    child = below;
  }
}

/** The tree's open nodes with one more, or with one and all inside it closed. `target` is where an opened pointer leads. */
export function setOpen(opened: Opened, path: Path, open: boolean, target: Address | null): Opened {
  const [child, ...rest] = path;
  if (child === undefined) return opened;
  const children = new Map(opened.children);
  if (rest.length > 0) {
    const inner = children.get(child);
    if (inner === undefined) return opened;
    children.set(child, setOpen(inner, rest, open, target));
  } else if (open) {
    children.set(child, { target, children: new Map() });
  } else {
    children.delete(child);
  }
  return { ...opened, children };
}

/** How many rows a node has right below it when it is open. */
export function childCount(tree: Tree, type: Type): number {
  if (type.kind === 'record') return type.members.length;
  if (type.kind === 'array') return type.count;
  return pointedType(tree, type) === null ? 0 : 1;
}

/** What a pointer leads to, where that is known and has a size; else null. */
function pointedType(tree: Tree, type: Type): Type | null {
  if (type.kind !== 'pointer' || type.to.kind === 'opaque') return null;
  return type.to.kind === 'type' ? type.to.type : (tree.layouts.records.get(type.to.id) ?? null);
}

/** Child `index` of a node; of the root where `parent` is null. */
function childNode(tree: Tree, parent: Node | null, opened: Opened, index: number): Node {
  if (parent === null) {
    const { items, type } = tree;
    const name = itemCount(items) === 1 ? tree.name : `${tree.name}[${index}]`;
    const address =
      items.kind === 'array' ? items.address + index * type.size : (items.addresses[index] ?? 0);
    return { name, type, address, bits: null, offset: null };
  }
  const { type, address } = parent;
  if (type.kind === 'record') {
    const member = type.members[index];
    if (member === undefined) throw new RangeError(`member ${index} of ${type.members.length}`);
    const kind = member.type.kind === 'record' && member.type.union ? 'union' : 'struct';
    return { ...member, name: member.name ?? `(${kind})`, address: address + member.offset };
  }
  if (type.kind === 'array') {
    const offset = index * type.of.size;
    return { name: `[${index}]`, type: type.of, address: address + offset, bits: null, offset };
  }
  const target = pointedType(tree, type);
  if (target === null) throw new RangeError('a value without parts has no child');
  return { name: `*${parent.name}`, type: target, address: opened.target ?? 0, bits: null, offset: null };
}

/** Rows of the first `count` children; open ones only where their index is below `before`. */
function rowsIn(
  tree: Tree,
  count: number,
  opened: Opened,
  typeOf: (child: number) => Type,
  before = Number.POSITIVE_INFINITY,
): number {
  let rows = count;
  for (const [child, inner] of opened.children)
    if (child < before) rows += rowsBelow(tree, typeOf(child), inner);
  return rows;
}

function rowsBelow(tree: Tree, type: Type, opened: Opened): number {
  return rowsIn(tree, childCount(tree, type), opened, (child) => childType(tree, type, child));
}

function childType(tree: Tree, type: Type, child: number): Type {
  if (type.kind === 'record') return type.members[child]?.type ?? type;
  if (type.kind === 'array') return type.of;
  return pointedType(tree, type) ?? type;
}

/** Which child holds row `row`, and which row of it that is: 0 is the child itself. */
function locate(
  tree: Tree,
  count: number,
  opened: Opened,
  typeOf: (child: number) => Type,
  row: number,
): { readonly child: number; readonly left: number } | null {
  // Rows that opened children above have beyond one each.
  let extra = 0;
  const ascending = [...opened.children].sort(([a], [b]) => a - b);
  for (const [child, inner] of ascending) {
    const at = child + extra;
    if (row < at) break;
    const below = rowsBelow(tree, typeOf(child), inner);
    if (row <= at + below) return { child, left: row - at };
    extra += below;
  }
  const child = row - extra;
  return child >= 0 && child < count ? { child, left: 0 } : null;
}

/** The item that holds an address; of several the first. */
function itemAt({ items, type }: Tree, address: Address): number {
  if (items.kind === 'list')
    return items.addresses.findIndex((start) => address >= start && address < start + type.size);
  if (type.size === 0 || address < items.address) return -1;
  const item = Math.floor((address - items.address) / type.size);
  return item < items.count ? item : -1;
}

/** The part of a node that holds an address; of a union, or of members that share bytes, the first. */
function childAt({ type, address: start }: Node, address: Address): number {
  const at = address - start;
  if (type.kind === 'array') return type.of.size === 0 ? -1 : Math.floor(at / type.of.size);
  if (type.kind !== 'record') return -1;
  return type.members.findIndex(({ offset, bits, type: own }) => {
    const size = bits === null ? own.size : Math.ceil((bits.shift + bits.width) / 8);
    return at >= offset && at < offset + size;
  });
}
