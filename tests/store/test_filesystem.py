"""What is asked of the system about the place where a log lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from tabletop.store.filesystem import identity, mount_type

MOUNTS = r"""22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:26 / /mnt rw - tmpfs tmpfs rw
31 30 0:27 / /mnt/share rw,relatime master:2 - nfs4 server:/export rw
32 22 0:28 / /home/a\040b rw - fuse.sshfs user@host: rw
33 30 0:29 / /mnt rw - cifs //server/share rw
damaged line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/", "ext4"),
        ("/var/log", "ext4"),
        ("/mnt/share/logs", "nfs4"),
        ("/mnt/shared", "cifs"),
        ("/home/a b/logs", "fuse.sshfs"),
        ("/home/a", "ext4"),
    ],
)
def test_f06_the_file_system_of_a_folder(tmp_path: Path, folder: str, kind: str) -> None:
    mounts = tmp_path / "mountinfo"
    mounts.write_text(MOUNTS)
    assert mount_type(Path(folder), mounts) == kind


def test_where_the_system_does_not_tell_nothing_is_known(tmp_path: Path) -> None:
    assert mount_type(tmp_path, tmp_path / "none") is None


def test_a_file_is_not_its_copy(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.touch()
    other.touch()
    assert identity(one) != identity(other)
    assert identity(one) == identity(one)
    assert identity(tmp_path / "none") is None
