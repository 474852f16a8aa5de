"""The engine `ray` on a real cluster of three machines in small: what dies costs time, never a record."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pytest

from bench.texts import interview
from onrecord.building import build
from onrecord.collection.facts import Source
from onrecord.engines import Engine, Task, engine_named
from onrecord.engines.local import Local
from onrecord.engines.shards import Shard, making, read_shard
from onrecord.loading import load
from onrecord.pipeline import Settings
from onrecord.publish.verification import verify
from onrecord.storage import AnyPath
from tests.cluster.cluster import Machines, kill, machines, start_build, task_processes, wait_for_shards
from tests.storage.s3 import serving

pytest.importorskip("ray", reason="needs the extra `ray`")
pytestmark = pytest.mark.cluster

COUNT = 2400
CARD = "title: C\nlanguage: en\nrights: {holder: Us, licence: CC0-1.0, redistribution: full, basis: Ours.}\n"


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some thousand short interviews: a dozen shards."""
    folder = tmp_path_factory.mktemp("corpus") / "raw"
    for number in range(COUNT):
        file = folder / f"c{number % 3}" / f"t{number:04}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(interview(number, turns=6, words=150))
    for number in range(3):
        (folder / f"c{number}" / "collection.yaml").write_text(CARD)
    return folder


@pytest.fixture(scope="module")
def expected(raw: Path) -> Path:
    """The dataset as one machine makes it."""
    out = raw.parent / "local" / "out"
    build(raw, out)
    return out


@pytest.fixture(scope="module")
def cluster() -> Iterator[Machines]:
    """Three nodes of one core; a test that kills one adds another."""
    with machines(3) as made:
        yield made


def _finished(process: subprocess.Popen[str], seconds: float = 400) -> subprocess.CompletedProcess[str]:
    out, err = process.communicate(timeout=seconds)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def _require_same(out: Path, expected: Path) -> None:
    """Complete, nothing twice, byte for byte what one machine makes."""
    assert verify(out) == ()
    ids = load("interviews", out, columns=["id"]).column("id").to_pylist()
    assert len(ids) == len(set(ids)) == COUNT
    assert _files(out) == _files(expected)


def _shards(out: Path) -> Path:
    return out.parent / ".onrecord" / "shards"


def test_the_same_shards_names_and_bytes_as_on_one_machine(
    cluster: Machines, raw: Path, expected: Path, tmp_path: Path
) -> None:
    """The engine chooses where, never what; nothing of Ray's is printed."""
    run = _finished(start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address))
    assert run.returncode in (0, 1), run.stderr
    assert "ray" not in run.stderr.lower()
    _require_same(tmp_path / "out", expected)
    assert {p.name for p in _shards(tmp_path / "out").iterdir()} == {p.name for p in _shards(expected).iterdir()}


def test_a_killed_worker_costs_its_shard_only(cluster: Machines, raw: Path, expected: Path, tmp_path: Path) -> None:
    """Workers are killed in the middle, twice: the dataset is the same."""
    build_ = start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address)
    killed = 0
    until = time.monotonic() + 200
    while killed < 2 and build_.poll() is None and time.monotonic() < until:
        for process in task_processes()[:1]:
            kill(process)
            killed += 1
            time.sleep(1)
        time.sleep(0.02)
    run = _finished(build_)
    assert killed == 2
    assert run.returncode in (0, 1), run.stderr
    _require_same(tmp_path / "out", expected)


def test_a_killed_machine_costs_its_shards_only(cluster: Machines, raw: Path, expected: Path, tmp_path: Path) -> None:
    """One of three nodes goes in the middle: the others do its work."""
    build_ = start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address)
    before = wait_for_shards(_shards(tmp_path / "out"), 1, build_)
    assert build_.poll() is None
    cluster.kill_node(0)
    try:
        run = _finished(build_)
    finally:
        cluster.add_node()
    assert before
    assert run.returncode in (0, 1), run.stderr
    _require_same(tmp_path / "out", expected)


def test_a_killed_driver_is_restarted_and_redoes_nothing(
    cluster: Machines, raw: Path, expected: Path, tmp_path: Path
) -> None:
    """The driver is killed in the middle and run again: finished shards stay as they are, to the nanosecond."""
    build_ = start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address)
    wait_for_shards(_shards(tmp_path / "out"), 2, build_)
    os.kill(build_.pid, signal.SIGKILL)
    _finished(build_)
    time.sleep(3)  # tasks of the dead driver end
    stamps = {path.name: path.stat().st_mtime_ns for path in _shards(tmp_path / "out").glob("*.parquet")}
    assert len(stamps) >= 2
    assert not (tmp_path / "out").exists()
    run = _finished(start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address))
    assert run.returncode in (0, 1), run.stderr
    _require_same(tmp_path / "out", expected)
    after = {path.name: path.stat().st_mtime_ns for path in _shards(tmp_path / "out").glob("*.parquet")}
    assert stamps.items() <= after.items()
    assert len(after) == len(list(_shards(expected).iterdir()))


def test_an_object_store_that_is_full_stops_nothing(
    cluster: Machines, raw: Path, expected: Path, tmp_path: Path
) -> None:
    """Another program has filled Ray's object store: tasks over paths do not need it."""
    hog = subprocess.Popen(
        [
            sys.executable, "-c",
            "import ray, sys, time, numpy\n"
            f"ray.init(address={cluster.address!r}, log_to_driver=False)\n"
            "hold = ray.remote(num_cpus=0, scheduling_strategy='SPREAD')(lambda: numpy.zeros(70 * 2**20, 'u1'))\n"
            "held = [hold.remote() for _ in range(12)]\n"
            "ray.wait(held, num_returns=12, timeout=60, fetch_local=False)\n"
            "print('full', flush=True); time.sleep(400)\n",
        ],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert hog.stdout is not None
        assert hog.stdout.readline().strip() == "full"
        run = _finished(start_build(raw, tmp_path / "out", "--engine", "ray", "--address", cluster.address))
    finally:
        hog.kill()
        hog.communicate()
    assert run.returncode in (0, 1), run.stderr
    _require_same(tmp_path / "out", expected)


def _run(engine: Engine, tasks: Sequence[Task], folder: Path) -> list[AnyPath]:
    with closing(engine):
        return engine.run(tasks, folder)


@dataclass(frozen=True)
class Text:
    """A source held in memory."""

    id: str
    size: int = 10

    def load(self) -> Source:
        return Source(self.id, f"{self.id}.txt", f"Q: Who is {self.id}?\nA: Nobody.\n".encode())


@dataclass(frozen=True)
class Killer(Text):
    """A source that kills the worker that reads it, but not the driver."""

    driver: int = 0

    def load(self) -> Source:
        if os.getpid() != self.driver:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().load()


def test_a_record_that_kills_every_worker_becomes_a_finding(cluster: Machines, tmp_path: Path) -> None:
    """The shard is run again, then cut down to the one record that kills, as on one machine."""
    sources = [Killer("t4", driver=os.getpid()) if n == 4 else Text(f"t{n}") for n in range(6)]
    shards: list[Shard] = [tuple(sources[:3]), tuple(sources[3:])]
    paths = _run(engine_named("ray", 1, cluster.address), making(shards, Settings()), tmp_path)
    rows = pa.concat_tables(read_shard(path) for path in paths).to_pylist()
    assert [row["id"] for row in rows] == [source.id for source in sources]
    assert [row["id"] for row in rows if any(f["code"] == "worker-died" for f in row["findings"])] == ["t4"]


def test_what_a_task_raises_is_raised_here(cluster: Machines, tmp_path: Path) -> None:
    """A full or forbidden disk is told as on one machine, not as a fault of the cluster."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError, match="file"):
        _run(engine_named("ray", 1, cluster.address), making([(Text("t"),)], Settings()), tmp_path / "file" / "shards")


def test_without_an_address_a_cluster_is_started_here(tmp_path: Path) -> None:
    """`--engine ray` alone works on one machine, with the same names as the local engine."""
    shards: list[Shard] = [(Text("t0"),), (Text("t1"),)]
    made = _run(engine_named("ray", 1), making(shards, Settings()), tmp_path / "ray")
    assert [path.name for path in made] == [
        path.name for path in Local().run(making(shards, Settings()), tmp_path / "local")
    ]


def test_an_address_where_nothing_answers_ends_soon_with_a_code(raw: Path, tmp_path: Path) -> None:
    """Wrong usage, exit code 2, in seconds."""
    started = time.monotonic()
    run = _finished(start_build(raw, tmp_path / "out", "--engine", "ray", "--address", "127.0.0.1:9"))
    assert run.returncode == 2
    assert "no Ray cluster answers at 127.0.0.1:9" in run.stderr
    assert time.monotonic() - started < 30


def test_raw_shards_and_release_in_a_bucket(cluster: Machines, raw: Path, expected: Path, tmp_path: Path) -> None:
    """Tasks read and write S3 from their own processes; the release in the bucket is that of one machine."""
    from onrecord.storage import RemotePath, write_whole
    from tests.storage.test_building import _fetched

    with serving() as server, machines(2) as inner:  # its workers know the server from the environment
        for path in raw.rglob("*"):
            if path.is_file():
                write_whole(RemotePath("s3", f"press/raw/{path.relative_to(raw).as_posix()}"), path.read_bytes())
        arguments = ("--engine", "ray", "--address", inner.address)
        build_ = start_build("s3://press/raw", "s3://press/out", *arguments)
        run = _finished(build_)
        assert run.returncode in (0, 1), run.stderr
        _require_same(_fetched("s3://press/out", tmp_path / "fetched"), expected)
        assert len(server.keys(".onrecord/shards")) == len(list(_shards(expected).iterdir()))
    assert cluster.address
