"""A Ray cluster of several nodes on this machine, whose nodes and workers can be killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

STORE_BYTES = 80 * 2**20
"""The smallest object store Ray starts with: what needs one runs out of it soon."""


@dataclass
class Machines:
    """The nodes of a cluster; the first is the head, which has no cores for work."""

    cluster: Any

    @property
    def address(self) -> str:
        """Where drivers find it."""
        return str(self.cluster.address)

    def kill_node(self, number: int) -> None:
        """Take a node away as a power cut does."""
        node = list(self.cluster.worker_nodes)[number]
        self.cluster.remove_node(node, allow_graceful=False)

    def add_node(self) -> None:
        """Add a node of one core."""
        self.cluster.add_node(num_cpus=1, object_store_memory=STORE_BYTES)


@contextmanager
def machines(nodes: int = 3) -> Iterator[Machines]:
    """Start a cluster of `nodes` nodes with one core each, and a head without any."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    # Workers find the package of this checkout, wherever the tests run.
    paths = os.pathsep.join([str(Path(__file__).parents[2] / "src"), str(Path(__file__).parents[2])])
    os.environ["PYTHONPATH"] = paths
    cluster = Cluster(
        initialize_head=True,
        head_node_args={"num_cpus": 0, "object_store_memory": STORE_BYTES, "include_dashboard": False},
    )
    made = Machines(cluster)
    try:
        for _ in range(nodes):
            made.add_node()
        yield made
    finally:
        cluster.shutdown()


def start_build(raw: str | Path, out: str | Path, *options: str) -> subprocess.Popen[str]:
    """Start `onrecord build` in a process of its own."""
    command = [sys.executable, "-m", "onrecord", "build", str(raw), str(out), *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_shards(folder: Path, count: int, build: subprocess.Popen[str], seconds: float = 180) -> set[str]:
    """Wait until `count` shards are finished, or the build has ended; return their names."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done = {path.name for path in folder.glob("*.parquet")}
        if len(done) >= count or build.poll() is not None:
            return done
        time.sleep(0.05)
    raise TimeoutError(f"{count} shards were not made in {seconds} seconds")


def task_processes() -> list[int]:
    """Return the processes that are making a shard now."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                words = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
            except OSError:
                continue
            if words.startswith(b"ray::_task"):
                found.append(int(folder.name))
    return found


def kill(process: int) -> None:
    """End a process as the kernel does when memory is short."""
    os.kill(process, signal.SIGKILL)
