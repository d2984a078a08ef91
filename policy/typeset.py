"""Typesets one paper in a process of its own: JSON on stdin, a PDF on stdout.

The template reads the JSON as data, so nothing in it is ever run. It can open what lies in
`paper` and nothing else. The process ends when it asks for too much, and may write no file.
"""

import json
import resource
import sys
from pathlib import Path

import typst

PAPER = Path(__file__).resolve().parent / "paper"
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.load(sys.stdin.buffer)
    compiler = typst.Compiler(
        str(PAPER / asked["template"]),
        root=str(PAPER),
        font_paths=[str(PAPER / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asked["data"])},
        package_path=str(PAPER),
        package_cache_path=str(PAPER),
    )
    # For an archive that opens it in years, and for somebody who can't see it. The same hour for
    # the same paper, so that it has the same bytes.
    pdf = compiler.compile(
        format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=asked["timestamp"]
    )
    assert isinstance(pdf, bytes)
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
