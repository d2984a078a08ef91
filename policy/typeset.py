"""Typesets one paper in a process of its own: JSON on stdin, a PDF on stdout.

The template reads the JSON as data, so nothing in it is ever run. It can open what lies in the
folder that is its argument, and the fonts of `paper`, and nothing else. The process ends when it
asks for too much, and may write no file.
"""

import json
import resource
import sys
from pathlib import Path

import typst

FONTS = Path(__file__).resolve().parent / "paper" / "fonts"
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 10


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    asked = json.load(sys.stdin.buffer)
    folder = Path(sys.argv[1]).resolve()
    compiler = typst.Compiler(
        str(folder / asked["template"]),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(asked["data"])},
        package_path=str(FONTS),
        package_cache_path=str(FONTS),
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
