"""What a section is for, by its heading: guiding ideas, goals, scope, time, tasks; a child follows its parent."""

import re
from enum import StrEnum
from typing import Final

from bihuan.campaigns.rules.headings import Heading


class Role(StrEnum):
    """What the sentences of a section are."""

    OPENING = "opening"  # before the first heading: grounds, decision, period
    GUIDING = "guiding"  # ideas, principles, background
    GOALS = "goals"
    SCOPE = "scope"  # objects and contents of the work: orders only where they say so
    TIME = "time"  # steps and dates
    TASKS = "tasks"  # everything else
    CONTACT = "contact"


_WORDS: Final = (
    (Role.GOALS, r"(?:总体)?(?:要求|思路)(?:和|及|与|、)(?:工作|总体|主要)?目标"),
    (Role.TASKS, r"(?:内容|重点|范围|对象)(?:和|及|与|、)[^,。]{0,4}(?:分工|职责|责任)"),
    (Role.TASKS, r"(?:提高|统一|深化)[^,。]{0,6}(?:认识|站位)|充分认识|认识到位"),
    (
        Role.GUIDING,
        (
            r"指导思想|总体要求|总体思路|工作思路|基本思路|基本原则|工作原则|编制(?:目的|依据)|制定依据|"
            r"适用范围|背景|目的$|(?:重要|目的|重大)意义|面临形势|"
            r"形势(?:分析)?$|基本情况|现状|存在(?:的)?(?:主要)?问题|主要问题|术语|名词解释|总则$|"
            r"主要依据|工作依据|总体考虑|^(?:活动|宣传)?(?:主题|口号)$"
        ),
    ),
    (Role.GOALS, r"(?<!责任)目标(?!责任|考核|管理|任务分解|分解)|预期成效|总目标"),
    (
        Role.SCOPE,
        (
            r"(?:整治|检查|排查|治理|打击|行动|工作|实施|适用|督查|重点)(?:的)?(?:范围|对象)|(?:整治|"
            r"检查|排查|治理|打击|督查|自查)(?:的)?(?:重点|内容|要点)|(?:报送|填报|上报|汇报|总结)(?:的)?内容|重点内容|"
            r"(?:重点|主要)(?:检查|整治|排查|打击|督查)?(?:内容|对象|范围)|范围(?:和|及|与)(?:重点|"
            r"内容)|(?:内容|重点)(?:和|及|与)范围"
        ),
    ),
    (
        Role.TIME,
        (
            r"(?:时间|进度|步骤)(?:安排|步骤|进度|节点)?$|(?:实施|方法|工作|行动|整治)(?:步骤|阶段)|"
            r"时间(?:安排|步骤|进度|及|和|与|、)|^工作安排$|阶段(?:安排|划分)|步骤(?:和|及)|(?:时间|阶段)及"
        ),
    ),
    (Role.CONTACT, r"联系(?:方式|人|电话)"),
)
_PATTERNS: Final = tuple((role, re.compile(pattern)) for role, pattern in _WORDS)


def role_of(heading: Heading | None) -> Role:
    """Return what the sentences under a heading are; the nearest heading that says so decides."""
    if heading is None:
        return Role.OPENING
    for one in reversed(heading.path):
        text = re.sub(r"\s+", "", one.text)
        for role, pattern in _PATTERNS:
            if pattern.search(text):
                return role
    return Role.TASKS
