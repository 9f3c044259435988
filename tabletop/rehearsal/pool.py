"""Run the tasks of a rehearsal in this process or in several."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context
from typing import Final

from tabletop.errors import ExitCode, TabletopError
from tabletop.exercise.events import Record
from tabletop.rehearsal.game import Start
from tabletop.rehearsal.rehearsal import Rehearsal
from tabletop.rehearsal.tasks import Outcome, Plan, Task, run_task

Progress = Callable[[int, int], None]
"""Told how many plays are done, and of how many."""

_AHEAD: Final = 3
"""Tasks handed out in advance for each process, so that none waits and few are in vain at a stop."""

Generated = Generator[tuple[Task, Outcome], None, None]

_prepared: list[Start] = []
"""In a process of the pool: the one exercise that its tasks begin from."""


def rehearse(first: Record, plan: Plan, processes: int, progress: Progress | None = None) -> Rehearsal:
    """Play all plays of the plan. After Ctrl+C, what is done so far is returned, marked as interrupted."""
    found = Rehearsal(first, plan)
    total = sum(task.plays for task in plan.tasks())
    done = 0
    outcomes = _here(first, plan) if processes == 1 else _in_processes(first, plan, processes)
    try:
        for task, outcome in outcomes:
            found.add(outcome)
            done += task.plays
            if progress is not None:
                progress(done, total)
    except KeyboardInterrupt:
        found.interrupted = True
    finally:
        outcomes.close()
    return found


def _here(first: Record, plan: Plan) -> Generated:
    start = Start(first)
    for task in plan.tasks():
        yield task, run_task(start, plan.seed, task)


def _in_processes(first: Record, plan: Plan, processes: int) -> Generated:
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (first.model_dump_json(),))
    waiting = plan.tasks()
    running: dict[Future[Outcome], Task] = {}
    try:
        while True:
            for task in islice(waiting, processes * _AHEAD - len(running)):
                running[pool.submit(_run, plan.seed, task)] = task
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    except BrokenProcessPool as broken:
        raise TabletopError(
            "a process of the rehearsal was ended from outside, perhaps for want of memory. "
            "Try again with fewer: --processes 1.",
            exit_code=ExitCode.PROBLEMS,
        ) from broken
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _prepare(first: str) -> None:
    """Compile the scenario once in each process; Ctrl+C is for the parent to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prepared.append(Start(Record.model_validate_json(first)))
    gc.freeze()  # the scenario stays: nothing of it is to be looked through again and again


def _run(seed: int, task: Task) -> Outcome:
    return run_task(_prepared[0], seed, task)
