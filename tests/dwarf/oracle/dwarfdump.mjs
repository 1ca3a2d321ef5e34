/** What `llvm-dwarfdump --debug-line` prints: a table for each unit, its file names as `--relativenames` gives them, its sequences of rows. */
export function lineTables(text) {
  const tables = [];
  for (const part of text.split(/^debug_line\[/m).slice(1)) {
    const version = Number(/^ +version: (\d+)$/m.exec(part)?.[1]);
    const directories = [];
    for (const [, index, name] of part.matchAll(/^include_directories\[ *(\d+)\] = "(.*)"$/gm))
      directories[Number(index)] = name;
    const files = [];
    for (const [, index, name, directory] of part.matchAll(
      /^file_names\[ *(\d+)\]:\n +name: "(.*)"\n +dir_index: (\d+)$/gm,
    ))
      files[Number(index)] = relative(
        name,
        Number(directory) === 0 ? '' : (directories[Number(directory)] ?? ''),
      );
    const sequences = [[]];
    for (const [, address, line, column, file, flags] of part.matchAll(
      /^0x([0-9a-f]{16}) +(\d+) +(\d+) +(\d+) +\d+ +\d+ +\d+ +(.*?) *$/gm,
    )) {
      const words = flags.split(/ +/);
      sequences.at(-1).push({
        address: Number.parseInt(address, 16),
        line: Number(line),
        column: Number(column),
        file: Number(file),
        flags: (words.includes('is_stmt') ? 1 : 0) | (words.includes('end_sequence') ? 2 : 0),
      });
      if (words.includes('end_sequence')) sequences.push([]);
    }
    if (sequences.at(-1).length === 0) sequences.pop();
    tables.push({
      offset: Number.parseInt(part, 16),
      version,
      files: [...files].map((file) => file ?? null),
      sequences,
    });
  }
  return tables;
}

function relative(name, directory) {
  if (name.startsWith('/') || directory === '') return name;
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`;
}

/** Live subprograms by their `low_pc`, as `llvm-dwarfdump --debug-info` prints them: the mangled name where there is one. */
export function outermostNames(text) {
  const byStart = new Map();
  for (const part of text.split(/\n\n/)) {
    if (!/DW_TAG_subprogram/.test(part)) continue;
    const low = /DW_AT_low_pc\t\((0x[0-9a-f]+)\)/.exec(part)?.[1];
    if (low === undefined) continue;
    const start = Number(low);
    const linkage = /DW_AT_(?:MIPS_)?linkage_name\t\("(.*)"\)/.exec(part)?.[1];
    const name = /DW_AT_name\t\("(.*)"\)/.exec(part)?.[1];
    const other = /DW_AT_(?:abstract_origin|specification)\t\(0x[0-9a-f]+ "(.*)"\)/.exec(part)?.[1];
    const found = { linkage: linkage ?? other ?? name ?? null };
    if (start > 1 && start < 0xfffffffe) byStart.set(start, found);
  }
  return byStart;
}
