"""How the child gives up whatever it does not need, before it reads a byte of the file.

Two layers. Where the kernel lets it, the child gets user, network, mount and IPC namespaces of its
own and an empty root: there is no network and no file to reach. Everywhere, root or not, container
or not, it may open no descriptor any more (RLIMIT_NOFILE 0), so that neither Python nor native
code can make a socket or open a file; nor start a process, nor write into a file.

Called through ctypes since Python 3.11 has no os.unshare; no program has to be installed.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import socket

from crosslight.custody.inspection.results import Isolation

_CLONE_NEWNS, _CLONE_NEWIPC = 0x00020000, 0x08000000
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_CAPABILITY_VERSION = 0x20080522
# Holds nothing but numbers of the child's own descriptors, and nobody can write there.
_EMPTY_ROOT = "/proc/self/fdinfo"
_CPU_GRACE = 2


class NotConfined(Exception):
    """The child could still reach a network, so it does not look at anything."""


def leave_the_network(*, use_namespaces: bool) -> Isolation:
    """First, while there is one thread: namespaces cannot be left alone by one of several."""
    libc = ctypes.CDLL(None, use_errno=True)
    own = _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWNS
    isolation = Isolation.DESCRIPTORS
    # Without the right to a user namespace, root can still have the others.
    if use_namespaces and any(
        libc.unshare(kinds) == 0 for kinds in (_CLONE_NEWUSER | own, own, _CLONE_NEWNET)
    ):
        isolation = Isolation.NAMESPACE
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    return isolation


def limit_resources(*, memory_bytes: int, cpu_seconds: int) -> None:
    _lower(resource.RLIMIT_AS, memory_bytes)
    _lower(resource.RLIMIT_CPU, cpu_seconds, grace=_CPU_GRACE)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)


def close_the_door() -> None:
    """Last, once everything is imported: no new file, socket, process or privilege.

    Raises NotConfined where a socket can be made all the same.
    """
    try:
        os.chroot(_EMPTY_ROOT)
    except OSError:
        # Without namespaces and not root: the limits below are what keeps files shut.
        pass
    else:
        os.chdir("/")
    _drop_capabilities()
    _lower(resource.RLIMIT_NOFILE, 0)
    _lower(resource.RLIMIT_NPROC, 0)
    try:
        socket.socket().close()
    except OSError:
        return
    raise NotConfined


def _lower(kind: int, value: int, *, grace: int = 0) -> None:
    """Never above what the child got from its parent; the hard limit cannot be raised again."""
    _, hard = resource.getrlimit(kind)
    most = value + grace if hard == resource.RLIM_INFINITY else min(value + grace, hard)
    resource.setrlimit(kind, (min(value, most), most))


def _drop_capabilities() -> None:
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    nothing = (ctypes.c_uint32 * 6)()
    ctypes.CDLL(None).capset(header, nothing)
