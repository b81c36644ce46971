from __future__ import annotations

from pathlib import Path

import pytest

from desktop.system import drives
from desktop.system.drives import Drive

MOUNTS = r"""
overlay / overlay rw 0 0
/dev/sda1 /home ext4 rw 0 0
/dev/sdb1 /media/lan/USB\040STICK vfat rw 0 0
/dev/nvme0n1p2 /data ext4 rw 0 0
server:/share /mnt/share nfs4 rw 0 0
//may-chu/chung /mnt/chung cifs rw 0 0
tmpfs /tmp tmpfs rw 0 0
sshfs#x /mnt/ssh fuse.sshfs rw 0 0
bad line
"""


@pytest.mark.posix
@pytest.mark.parametrize(
    ("path", "drive"),
    [
        ("/srv/lan/so.sotramdb", Drive.LOCAL),
        ("/media/lan/USB STICK/so.sotramdb", Drive.REMOVABLE),
        ("/media/lan/USB STICKER/so.sotramdb", Drive.LOCAL),
        ("/data/so.sotramdb", Drive.LOCAL),
        ("/mnt/share/y te/so.sotramdb", Drive.NETWORK),
        ("/mnt/chung/so.sotramdb", Drive.NETWORK),
        ("/mnt/ssh/so.sotramdb", Drive.NETWORK),
        ("/tmp/so.sotramdb", Drive.LOCAL),
        ("/opt/so.sotramdb", Drive.LOCAL),
    ],
)
def test_a_place_lies_on_the_drive_it_is_mounted_from(tmp_path: Path, path: str, drive: Drive) -> None:
    listing = tmp_path / "mounts"
    listing.write_text(MOUNTS, encoding="utf-8")
    for disk, removable in (("sda", "0"), ("sdb", "1"), ("nvme0n1", "0")):
        (tmp_path / "devices" / disk / f"{disk}{'p2' if disk.startswith('nvme') else '1'}").mkdir(parents=True)
        (tmp_path / "devices" / disk / "removable").write_text(f"{removable}\n", encoding="utf-8")
    blocks = tmp_path / "class"
    blocks.mkdir()
    for part in (tmp_path / "devices").glob("*/*[0-9]"):
        (blocks / part.name).symlink_to(part)
    assert drives._mounted(Path(path), drives._mounts(listing), blocks) is drive


def test_a_folder_that_is_not_yet_made_lies_where_its_parent_lies(tmp_path: Path) -> None:
    assert drives.drive_of(tmp_path / "not" / "yet" / "a.db") is drives.drive_of(tmp_path)


def test_a_system_that_lists_no_mounts_has_local_drives(tmp_path: Path) -> None:
    assert drives._mounts(tmp_path / "nothing") == []
    assert drives._mounted(tmp_path, [], tmp_path) is Drive.LOCAL
