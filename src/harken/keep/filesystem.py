"""On what a file lies: a write-ahead log needs shared memory, which network file systems do not have.

On virtiofs a database in WAL mode was corrupt within a minute (keeping.md section 1); so there the older journal is
used. Known on Linux, and on Windows by its path; elsewhere what the system says is believed.
"""

from __future__ import annotations

from pathlib import Path

NETWORKS = frozenset({
    "9p", "afs", "autofs", "ceph", "cifs", "coda", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs",
    "fuse.vmhgfs-fuse", "glusterfs", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "prl_fs", "smb3",
    "smbfs", "vboxsf", "virtiofs", "vmhgfs",
})  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")


def shared(path: Path) -> str | None:
    """The kind of the network or shared file system that ``path`` lies on, or None for an ordinary one."""
    where = path.absolute()
    if where.drive.startswith("\\\\"):
        return "a network drive"
    try:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    return next((kind for kind in (_kind(where.resolve(), mounts),) if kind in NETWORKS), None)


def _kind(path: Path, mounts: list[str]) -> str:
    """The kind of the innermost mount that holds ``path``: of two at one place the later one."""
    depth, kind = -1, ""
    for mount in mounts:
        before, _, after = mount.partition(" - ")
        place = Path(before.split(" ")[4].encode("latin-1", "replace").decode("unicode_escape", "replace"))
        if len(place.parts) >= depth and (path == place or place in path.parents):
            depth, kind = len(place.parts), after.split(" ")[0]
    return kind
