"""Plays a recorder's log back as a power cut would leave it: what was not synced may be lost, in any part."""

from __future__ import annotations

import os
import random
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

SECTOR = 512
HEAD = struct.Struct("<ciqq")
Fate = Literal["nothing", "everything", "some"]
SOURCE = Path(__file__).parent / "recorder.c"


class Event(NamedTuple):
    """One record of the log; `path` is the file it speaks of."""

    type: str
    path: str
    place: int
    data: bytes


def build(folder: Path) -> Path:
    library = folder / "recorder.so"
    subprocess.run(
        ["gcc", "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", str(library), str(SOURCE), "-ldl"], check=True
    )
    return library


def record(library: Path, folder: Path, log: Path, program: list[str], environment: dict[str, str]) -> list[Event]:
    """Run a program to its end with everything recorded that it writes into a folder."""
    told = {"LD_PRELOAD": str(library), "SOTRAM_RECORDER": str(log), "SOTRAM_RECORDED": str(folder)}
    done = subprocess.run(
        [sys.executable, *program], env=os.environ | environment | told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return list(events(log.read_bytes()))


def events(log: bytes) -> Iterator[Event]:
    """The records of a log with their paths."""
    paths: dict[int, str] = {}
    at = 0
    while at < len(log):
        kind, fd, place, size = HEAD.unpack_from(log, at)
        at += HEAD.size
        data = log[at : at + size]
        at += size
        type_ = kind.decode()
        if type_ == "O":
            paths[fd] = data.decode()
        path = data.decode() if type_ == "U" else data.split(b"\0")[0].decode() if type_ == "R" else paths.get(fd, "")
        yield Event(type_, path, place, data)


@dataclass
class Disk:
    """One file: what is surely on the disk, and what was written since the last sync."""

    sure: bytearray = field(default_factory=bytearray)
    open: list[Event] = field(default_factory=list)

    def sync(self) -> None:
        for event in self.open:
            apply(self.sure, event)
        self.open.clear()


def apply(content: bytearray, event: Event) -> None:
    if event.type == "T":
        if event.place < len(content):
            del content[event.place :]
        else:
            content.extend(bytes(event.place - len(content)))
        return
    end = event.place + len(event.data)
    if end > len(content):
        content.extend(bytes(end - len(content)))
    content[event.place : end] = event.data


def cut(log: list[Event], at: int, begun: dict[str, bytes], fate: Fate, chance: random.Random) -> dict[str, bytes]:
    """The files after the power failed before event `at`; `begun` is what lay there when the log began."""
    disks = {path: Disk(bytearray(content)) for path, content in begun.items()}
    gone: dict[str, Disk] = {}
    for event in log[:at]:
        match event.type:
            case "O" if event.path not in disks:
                disks[event.path] = Disk()
            case "W" | "T":
                disks.setdefault(event.path, Disk()).open.append(event)
            case "S":
                if event.path in disks:
                    disks[event.path].sync()
                for path in [path for path in gone if str(Path(path).parent) == event.path]:
                    del gone[path]  # the folder was synced: the file is surely gone
            case "U" if event.path in disks:
                gone[event.path] = disks.pop(event.path)
            case "R" if event.path in disks:
                disks[event.data.split(b"\0")[1].decode()] = disks.pop(event.path)
    for path, disk in gone.items():
        if path not in disks and (fate == "nothing" or (fate == "some" and chance.random() < 0.5)):
            disks[path] = disk  # the unlink itself never reached the disk
    return {path: bytes(_left(disk, fate, chance)) for path, disk in disks.items() if not Path(path).is_dir()}


def _left(disk: Disk, fate: Fate, chance: random.Random) -> bytearray:
    content = bytearray(disk.sure)
    for event in disk.open:
        if fate == "everything":
            apply(content, event)
        elif fate == "some" and chance.random() < 0.6:
            if event.type == "W" and chance.random() < 0.3:
                whole = len(event.data) // SECTOR
                event = event._replace(data=event.data[: SECTOR * chance.randint(0, whole)])  # torn in the middle
            apply(content, event)
    return content
