"""Ask the same pages of several served sizes, in turns, so that a noisy minute hits all of them alike."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tools.bench.client import Answer, Client


@dataclass(frozen=True, slots=True)
class Line:
    """What was measured of one page for one viewer on one size. Times in milliseconds."""

    size: int
    viewer: str
    page: str
    clients: int
    p50: float
    p95: float
    kilobytes: float
    queries: int


def in_turns(
    clients: Mapping[int, Client], pages: Mapping[str, Mapping[int, str]], *, viewer: str, rounds: int
) -> list[Line]:
    """Measure with one client: round after round, page after page, size after size. pages: name → size → path."""
    answers: dict[tuple[str, int], list[Answer]] = {}
    for turn in range(rounds + 1):
        for page, paths in pages.items():
            for size, path in paths.items():
                answer = _checked(clients[size].get(path), path)
                if turn:  # the first round warms caches up, as the first person of the morning does
                    answers.setdefault((page, size), []).append(answer)
    return [_line(size, viewer, page, 1, found) for (page, size), found in answers.items()]


def at_once(clients: Sequence[Client], paths: Mapping[str, str], *, size: int, viewer: str, rounds: int) -> list[Line]:
    """Measure with several clients that all ask at once. paths: page → path."""
    lines = []
    for page, path in paths.items():
        answers: list[Answer] = []

        def ask(client: Client, path: str = path, answers: list[Answer] = answers) -> None:
            answers.extend(_checked(client.get(path), path) for _ in range(rounds))

        threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        lines.append(_line(size, viewer, page, len(clients), answers))
    return lines


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which `share` of the values lie (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _checked(answer: Answer, path: str) -> Answer:
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}; nothing else can be measured from it.")
    return answer


def _line(size: int, viewer: str, page: str, clients: int, answers: Sequence[Answer]) -> Line:
    times = [answer.seconds * 1000 for answer in answers]
    largest = max(answer.size for answer in answers) / 1000
    queries = max(answer.queries for answer in answers)
    return Line(size, viewer, page, clients, percentile(times, 0.5), percentile(times, 0.95), largest, queries)
