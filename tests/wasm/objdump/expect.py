#!/usr/bin/env python3
"""Writes fixtures.json beside it: what wasm-objdump (wabt 1.0.32) says of every instruction of every fixture module.

    python3 tests/wasm/objdump/expect.py

For each module: its functions, its instructions, and the SHA-256 of the lines `OFFSET NAME`, one an instruction, the
offset in hexadecimal from the file's start. Modules that wabt cannot read are left out; llvm-objdump-22 reads them:
see objdump.test.ts.
"""

import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FIXTURES = HERE.parent.parent / "fixtures"
FUNCTION = re.compile(r"^[0-9a-f]+ func\[\d+\]")
# A line that goes on with the bytes of the one before has no name.
LINE = re.compile(r"^ ([0-9a-f]+): (?:[0-9a-f]{2} )+ *\| *(\S+)?")


def expectation(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    with tempfile.NamedTemporaryFile(suffix=".wasm") as module:
        module.write(data)
        module.flush()
        run = subprocess.run(["wasm-objdump", "-d", module.name], capture_output=True, text=True)
    if run.returncode != 0:
        print(f"left out: {path.relative_to(FIXTURES)}: {run.stderr.strip()[-80:]}")
        return None
    functions = instructions = 0
    digest = hashlib.sha256()
    for line in run.stdout.splitlines():
        functions += FUNCTION.match(line) is not None
        found = LINE.match(line)
        if found is None or found[2] is None or found[2].startswith("local["):
            continue
        instructions += 1
        digest.update(f"{int(found[1], 16):x} {found[2]}\n".encode())
    return {"functions": functions, "instructions": instructions, "sha256": digest.hexdigest()}


expected = {}
for path in sorted(FIXTURES.glob("*/*/*.wasm*")):
    found = expectation(path)
    if found is not None:
        expected[str(path.relative_to(FIXTURES)).removesuffix(".gz")] = found
(HERE / "fixtures.json").write_text(json.dumps(expected, indent=2) + "\n")
