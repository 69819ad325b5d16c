"""What stays of a campaign: its figures as they were when it was closed, and a page that is read without us (R9.15)."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from bihuan.campaigns.rules.lines import CampaignView
from bihuan.campaigns.rules.standing import STANDING_NAMES, Standing

CLAUSE_HEAD: Final = ("编号", "要求", "责任单位", "状态", "指标", "数", "分子", "分母", "任务完成", "任务总数")
UNIT_HEAD: Final = ("单位", "签收", "签收人", "机构", "负责人", "子方案", "子方案日期")
TASK_HEAD: Final = ("任务", "要求编号", "单位", "进度", "完成比例", "时限", "最初时限", "最后报告", "说明")
EVENT_HEAD: Final = ("时间", "办理人", "岗位", "事项", "说明", "理由", "代谁", "哈希")
STYLE: Final = (
    "body{font-family:serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.7}"
    "table{border-collapse:collapse;width:100%;font-size:14px}"
    "td,th{border:1px solid #999;padding:4px 8px;text-align:left}"
)


def clause_rows(frozen: Mapping[str, Any]) -> list[list[object]]:
    """Return the clauses as a table, a row for each figure."""
    rows: list[list[object]] = []
    for one in frozen["clauses"]:
        head = [one["label"], one["text"], "、".join(one["parties"]), STANDING_NAMES[Standing(one["standing"])]]
        tail = [one["tasks"][1], one["tasks"][0]]
        for figure in one["figures"] or [{"title": "", "text": "", "numerator": None, "denominator": None}]:
            amounts = [figure["title"], figure["text"], figure["numerator"], figure["denominator"]]
            rows.append([*head, *amounts, *tail])
    return rows


def index_page(campaign: CampaignView, frozen: Mapping[str, Any], files: Sequence[str]) -> str:
    """Return the page with which a package begins; it needs nothing but a browser."""
    title = escape(campaign.title)
    counts = "，".join(f"{STANDING_NAMES[Standing(key)]} {count} 条" for key, count in frozen["counts"].items())
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape('' if cell is None else str(cell))}</td>" for cell in row) + "</tr>"
        for row in clause_rows(frozen)
    )
    head = "".join(f"<th>{name}</th>" for name in CLAUSE_HEAD)
    links = "".join(f'<li><a href="{escape(name)}">{escape(name)}</a></li>' for name in files)
    return (
        f'<!doctype html><html lang="zh-Hans"><meta charset="utf-8"><title>{title}</title><style>{STYLE}</style>'
        f"<h1>{title}</h1>"
        f"<p>{escape(campaign.issuing_body)} {escape(campaign.doc_number)}；{campaign.starts_on} 至 {campaign.ends_on}"
        f"{f'（原定 {campaign.first_ends_on}）' if campaign.first_ends_on != campaign.ends_on else ''}</p>"
        f"<h2>总结</h2><p>{escape(frozen['summary'])}</p>"
        f"<h2>截至 {frozen['on']} 24 时</h2><p>要求 {len(frozen['clauses'])} 条：{counts}。"
        f"没有销号、转入日常管理的隐患 {len(frozen['open_hazards'])} 项，见 open_hazards.csv。</p>"
        f"<table><tr>{head}</tr>{rows}</table><h2>文件</h2><ul>{links}</ul></html>"
    )
