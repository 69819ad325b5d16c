import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from bihuan.kernel.errors import NotFound
from bihuan.trail import queries, services
from bihuan.trail.models import Job, Slot
from bihuan.trail.rules import JobLine
from tests.migrated import migrated_file
from tests.trail.people import NOON, ONE, TWO

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def worker(settings: Any, tmp_path: Path, db: None) -> Iterator[str]:
    settings.HOME = tmp_path
    with services.living_worker() as worker_id, services.clock_of_jobs(lambda: NOON):
        yield worker_id


def ask(task: str, **kwargs: Any) -> JobLine:
    return services.start_job(
        kind="test", title="数数", task=f"tests.trail.chores.{task}", actor=ONE, now=NOON, total=3, kwargs=kwargs
    )


def test_given_a_job_when_a_worker_runs_it_then_its_owner_sees_it_done_and_nobody_else_sees_it(
    worker: str, tmp_path: Path
) -> None:
    job = ask("count", file=str(tmp_path / "lines"), upto=3)
    before = queries.job_for(ONE, job.id)

    ran = [services.run_next(worker, now=NOON), services.run_next(worker, now=NOON)]

    after = queries.job_for(ONE, job.id)
    assert ran == [True, False]
    assert (before.state, before.percent, before.ended) == ("waiting", 0, False)
    assert (after.state, after.say, after.percent, after.ended_at) == ("done", "已完成", 100, NOON)
    assert queries.jobs_of(ONE) == [after]
    with pytest.raises(NotFound):
        queries.job_for(TWO, job.id)


def test_given_a_refusal_or_a_defect_when_a_job_ends_then_its_owner_reads_a_sentence(
    worker: str, caplog: pytest.LogCaptureFixture
) -> None:
    refused, broken = ask("refuse"), ask("break_down")

    while services.run_next(worker, now=NOON):
        pass

    says = [queries.job_for(ONE, one.id) for one in (refused, broken)]
    assert [one.state for one in says] == ["failed", "failed"]
    assert says[0].say == "第 3 行没有企业名称，请补上后重新提交。"
    assert "请联系系统管理员" in says[1].say
    assert "LookupError: a defect" in caplog.text


def test_given_an_act_that_fails_when_it_has_asked_for_a_job_then_the_job_vanishes_with_it(db: None) -> None:
    def act() -> None:
        ask("refuse")
        raise LookupError

    with pytest.raises(LookupError), transaction.atomic():
        act()

    assert (Job.objects.count(), DBTaskResult.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_given_an_open_transaction_when_progress_is_reported_then_it_is_refused_since_nobody_could_see_it() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        services.report_progress(UUID(int=1), done=1)


def test_given_an_ended_job_when_more_is_reported_then_its_end_stands(worker: str) -> None:
    job = ask("refuse")
    services.end_job(job.id, say="导入 12 条", now=NOON, result={"rows": 12})

    services.fail_job(job.id, say="晚了", now=NOON)
    services.report_progress(job.id, done=1)

    line = queries.job_for(ONE, job.id)
    assert (line.state, line.say, line.result) == ("done", "导入 12 条", {"rows": 12})


def test_given_a_schedule_when_ticked_twice_then_each_turn_is_enqueued_once(settings: Any, worker: str) -> None:
    settings.BIHUAN_SCHEDULE = "tests.trail.chores.TURNS"

    taken = [services.tick(now=NOON), services.tick(now=NOON), services.tick(now=NOON.replace(day=16))]

    assert taken == [["test.note"], [], ["test.note", "test.note"]]
    assert Slot.objects.count() == DBTaskResult.objects.count() == 3
    services.run_next(worker, now=NOON)
    first = DBTaskResult.objects.order_by("enqueued_at")[0]
    assert first.return_value == "2018-02-14T07:00:00+08:00 at 2018-02-14T12:00:00+08:00"


def test_given_our_own_schedule_when_read_then_every_task_and_rhythm_is_known(db: None) -> None:
    assert len(services.tick(now=NOON)) == len(services.schedule())


def test_given_a_living_worker_when_swept_then_its_job_is_left_alone(worker: str, tmp_path: Path) -> None:
    ask("count", file=str(tmp_path / "lines"), upto=1)
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[worker])

    assert services.sweep(now=NOON) == 0
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_given_three_dead_workers_when_swept_then_the_job_is_given_up_with_a_sentence(worker: str) -> None:
    job = ask("refuse")
    host = worker.split(":")[0]
    DBTaskResult.objects.update(status="RUNNING", worker_ids=[f"{host}:a", f"{host}:b", f"{host}:c"])

    services.sweep(now=NOON)

    assert DBTaskResult.objects.get().status == "FAILED"
    assert queries.job_for(ONE, job.id).say.startswith("处理多次中断")


def test_given_a_worker_of_another_machine_when_swept_then_nobody_judges_it(worker: str) -> None:
    ask("refuse")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["elsewhere:a"])

    assert services.sweep(now=NOON) == 0


@pytest.mark.slow
def test_given_a_worker_when_it_is_killed_in_the_middle_then_sweep_takes_its_job_up_and_it_completes(
    tmp_path: Path,
) -> None:
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "BIHUAN_HOME": str(tmp_path),
        "BIHUAN_DATABASE": f"sqlite:///{tmp_path / 'bihuan.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
    }

    def bihuan(*arguments: str) -> int:
        return subprocess.run(
            [sys.executable, "-m", "bihuan.cli.main", *arguments], env=environment, check=False
        ).returncode

    def python(code: str) -> str:
        setup = "import django; django.setup()\n"
        done = subprocess.run([sys.executable, "-c", setup + code], env=environment, check=True, capture_output=True)
        return done.stdout.decode()

    migrated_file(tmp_path)
    python(f"from tests.trail.test_jobs import ask\nask('count', file={str(tmp_path / 'lines')!r}, upto=3, kill_at=2)")
    state = "from bihuan.trail.models import Job; j = Job.objects.get(); print(j.state, j.done, j.attempts)"

    killed = bihuan("work", "--once")
    halfway = python(state)
    finished = bihuan("work", "--once")

    assert killed == -signal.SIGKILL
    assert halfway.split() == ["running", "2", "1"]
    assert finished == 0
    assert python(state).split() == ["done", "3", "2"]
    assert (tmp_path / "lines").read_text(encoding="utf-8") == "1\n2\n3\n"
    assert list((tmp_path / "workers").iterdir()) == []
