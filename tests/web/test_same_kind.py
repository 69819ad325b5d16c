"""举一反三 through the door: who is asked answers, the office only for those who cannot log in."""

import re

import pytest
from django.urls import reverse

from bihuan.hazards.rules.acts import Act
from tests.hazards.stage import Stage
from tests.web.conftest import Visit
from tests.web.test_loop import photo


def test_given_an_accident_notice_when_a_task_is_opened_then_the_village_answers_it(enter: Visit, stage: Stage) -> None:
    office = enter("office")
    made = office.post(
        reverse("hazards:new_same_kind"),
        {"title": "粉尘爆炸举一反三", "words": "除尘", "units": [str(stage.town.units["东村"].id)]},
    )
    address = made["Location"]

    answered = enter("village_east").post(address, {"checked": "3", "found": "1", "fixed": "0"})

    assert answered.status_code == 303
    assert "1 / 1" in office.get(address).content.decode()


def test_given_an_unanswered_task_when_the_office_answers_for_a_village_then_the_item_can_be_reported(
    enter: Visit, stage: Stage
) -> None:
    hazard = stage.do(stage.superior_item(), Act.PASS, "chief", text="合格")
    office = enter("office")
    desk = office.get(reverse("desk:workbench")).content.decode()
    address = reverse("hazards:same_kind", args=[hazard.same_kind_task_id])

    answer = {"checked": "2", "found": "0", "fixed": "0"}
    named = answer | {"unit": str(stage.town.units["东村"].id), "acting_for": "东村村主任"}
    page = office.get(address).content.decode()
    refused = office.post(address, named | {"new_paper": photo()})
    stage.vacate("village_east")
    unnamed = office.post(address, answer)
    bare = office.post(address, named)
    answered = office.post(address, named | {"new_paper": photo()})

    assert f'href="{address}">补举一反三' in desk
    assert "举一反三还没有一个单位答复，现在不能上报" in desk
    assert ("提交答复" in page, "办结</button>" in page, "有单位答复后才能办结" in page) == (False, False, True)
    assert (refused.status_code, "由他们登录后自己答复" in refused.content.decode()) == (422, True)
    assert (unnamed.status_code, "请选定代哪个单位答复" in unnamed.content.decode()) == (422, True)
    assert (bare.status_code, "纸质凭据" in bare.content.decode()) == (422, True)
    assert answered.status_code == 303
    assert "代 东村村主任" in office.get(address).content.decode()
    assert 'submit_superior/">报上级认可' in office.get(reverse("desk:workbench")).content.decode()


@pytest.mark.parametrize("number", ["9" * 25, "10000"])
def test_given_a_number_nobody_counts_when_answered_then_the_form_says_so_and_nothing_is_kept(
    enter: Visit, stage: Stage, number: str
) -> None:
    hazard = stage.superior_item()
    address = reverse("hazards:same_kind", args=[hazard.same_kind_task_id])

    page = enter("village_east").post(address, {"checked": number, "found": "0", "fixed": "0"})

    assert (page.status_code, "数字最大填 9999" in page.content.decode()) == (422, True)
    hazard.refresh_from_db()
    assert hazard.same_kind_replies == 0


def test_given_an_answer_on_paper_when_the_task_is_opened_then_the_paper_opens_for_whoever_sees_the_task(
    enter: Visit, stage: Stage
) -> None:
    task_id = stage.superior_item().same_kind_task_id
    address = reverse("hazards:same_kind", args=[task_id])
    office = enter("office")
    untouched = office.get(address).content.decode()
    stage.vacate("village_east")
    answer = {"checked": "2", "found": "0", "fixed": "0", "acting_for": "东村村主任"}

    office.post(address, answer | {"unit": str(stage.town.units["东村"].id), "new_paper": photo()})
    page = office.get(address).content.decode()
    paper = re.search(rf'href="({address}papers/[0-9a-f-]+/)">凭据', page)
    assert paper is not None

    assert "留痕" not in untouched  # nothing happened to it yet, so no link that leads nowhere
    assert office.get(reverse("trail:subject", args=[task_id])).status_code == 200
    assert b"".join(office.get(paper[1]).streaming_content)
    assert office.get(f"{address}papers/{task_id}/").status_code == 404
    assert enter("boss").get(paper[1]).status_code == 404


def test_given_more_tasks_than_a_page_holds_when_listed_then_the_rest_is_on_the_next_page(
    enter: Visit, stage: Stage
) -> None:
    office = enter("office")
    units = [str(stage.town.units["东村"].id)]
    for number in range(21):
        office.post(
            reverse("hazards:new_same_kind"), {"title": f"第{number:02}项通报", "words": "除尘", "units": units}
        )

    pages = [office.get(reverse("hazards:same_kinds") + f"?size=20&page={page}").content.decode() for page in (1, 2)]

    shown = [[f"第{number:02}项通报" in page for number in range(21)] for page in pages]
    assert [sum(one) for one in shown] == [20, 1]
    assert [a or b for a, b in zip(*shown, strict=True)] == [True] * 21
    assert "共 21 项" in pages[0]


def test_given_a_task_for_a_village_when_an_enterprise_there_looks_then_it_is_the_villages_and_not_its_own(
    enter: Visit, stage: Stage
) -> None:
    task_id = stage.superior_item().same_kind_task_id
    address = reverse("hazards:same_kind", args=[task_id])
    seen = {}

    for who in ("village_east", "boss", "safety"):
        pages = [reverse("desk:workbench"), reverse("hazards:same_kinds"), address]
        answers = [enter(who).get(page) for page in pages]
        seen[who] = [address in one.content.decode() for one in answers[:2]] + [answers[2].status_code == 200]

    assert seen == {"village_east": [True] * 3, "boss": [False] * 3, "safety": [False] * 3}


def test_given_a_superiors_item_elsewhere_when_a_villages_items_are_listed_then_it_is_there_as_it_is_counted(
    enter: Visit, stage: Stage
) -> None:
    item = stage.superior_item()
    page, day = reverse("hazards:same_kinds"), stage.day.isoformat()

    def listed(who: str, unit: str) -> bool:
        asked = {"path": stage.town.units[unit].path, "from": day, "to": day, "of": "items"}
        return str(item.same_kind_task_id) in enter(who).get(page, asked).content.decode()

    told = {unit: listed("office", unit) for unit in ("东村", "西村", "经发办", "建设办")}
    assert told == {"东村": True, "西村": True, "经发办": True, "建设办": False}
    assert listed("village_east", "东村")
