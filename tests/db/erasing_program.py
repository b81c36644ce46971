"""A program that erases a child as the command line does; killed at any moment by the tests."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main(path: Path, uid: str) -> None:
    from desktop.application.erasing import erase_child
    from desktop.application.records import open_record

    with open_record(path, actor="lan") as record:
        os.write(1, b"opened\n")
        erase_child(record, uid=uid, reason="Đơn số 12")
        os.write(1, b"erased\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
