"""The register of accountability as a table of the package that only those get who keep it (R9.12)."""

from bihuan.campaigns.models import AccountabilityCase, Campaign
from bihuan.campaigns.queries.archive.papers import Papers
from bihuan.campaigns.rules.closing import Table
from bihuan.campaigns.rules.supervision.accountability import FAILING_NAMES, FORM_NAMES, CaseForm, Failing
from bihuan.campaigns.rules.supervision.states import CASE_NAMES, CaseState

HEAD = (
    "编号", "单位", "对象", "情形", "事实", "事故", "事故调查报告", "从轻情节", "移交给", "移交日期", "状态",
    "追责形式", "决定机关", "决定文号", "决定日期", "结果", "移交材料", "决定材料",
)  # fmt: skip


def cases_of(row: Campaign) -> list[AccountabilityCase]:
    """Return the cases of a campaign."""
    rows = AccountabilityCase.objects.filter(campaign=row).select_related("part")
    return list(rows.order_by("handed_over_on", "made_at", "id"))


def cases_table(row: Campaign, papers: Papers) -> Table:
    """Return them as a table with their papers."""
    found = cases_of(row)
    papers.know(file for one in found for file in (*one.files, *one.decision_files))
    rows = []
    for number, one in enumerate(found, start=1):
        handed = papers.keep("cases", f"{number:03d}-1", f"问责 {number} 的移交材料", one.files)
        decided = papers.keep("cases", f"{number:03d}-2", f"问责 {number} 的决定", one.decision_files)
        failings = "、".join(FAILING_NAMES[Failing(each)] for each in one.failings)
        form = FORM_NAMES[CaseForm(one.form)] if one.form else ""
        unit = one.part.name if one.part else ""
        given = (one.who, failings, one.grounds, one.accident, one.report, one.lighter, one.handed_to)
        state = CASE_NAMES[CaseState(one.state)]
        decision = (form, one.organ, one.doc_number, one.decided_on, one.result)
        rows.append((number, unit, *given, one.handed_over_on, state, *decision, handed, decided))
    return Table("cases.csv", "问责", HEAD, rows)
