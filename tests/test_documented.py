"""What the product has is in its documents: settings, commands, rules, rooms, decisions; every link leads somewhere."""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tools import docs

from bihuan.hazards.rules.acts import WORDS
from bihuan.kernel.roles import Role
from tests.source import PACKAGE, ROOT, calls, rooms, sources, strings

DOCS: Final = ROOT / "docs"
RUNNING: Final = (DOCS / "running.md").read_text(encoding="utf-8")
READERS: Final = {"text", "flag", "number", "words", "database"}
GUIDE: Final = DOCS / "guide"
PAGES: Final[dict[Role, str]] = {
    Role.SAFETY_OFFICE: "safety-office",
    Role.SAFETY_CHIEF: "safety-office",
    Role.COMMITTEE_CHAIR: "leader",
    Role.LEADER: "leader",
    Role.DEPARTMENT: "department",
    Role.VILLAGE: "village",
    Role.INSPECTOR: "inspector",
    Role.PRINCIPAL: "enterprise",
    Role.SAFETY_OFFICER: "enterprise",
    Role.SERVICE_AGENCY: "service-agency",
    Role.SUPERIOR: "superior",
    Role.SUPERVISION_GROUP: "supervision-group",
    Role.SYSTEM_ADMIN: "administrators",
    Role.SECURITY_ADMIN: "administrators",
    Role.AUDIT_ADMIN: "administrators",
}
REGISTER: Final = (DOCS / "rules.md").read_text(encoding="utf-8")


def _settings() -> set[str]:
    """Return every environment variable that the product reads."""
    names = set()
    for source in sources():
        for name, node in calls(source.tree):
            reads = (name.split(".")[-1] in READERS and source.room == "config") or name.startswith("os.environ.get")
            if reads and node.args and isinstance(node.args[0], ast.Constant):
                names.add(str(node.args[0].value))
    return {name for name in names if name.startswith("BIHUAN_")}


def test_given_a_setting_when_read_by_the_code_then_running_md_explains_it_and_no_other() -> None:
    explained = set(re.findall(r"`(BIHUAN_[A-Z_]+?)`", "\n".join(re.findall(r"^\| `BIHUAN.*", RUNNING, re.MULTILINE))))

    assert explained == _settings()


def test_given_a_command_of_ours_when_listed_then_running_md_says_what_it_does() -> None:
    commands = {file.stem for file in (PACKAGE / "cli/management/commands").glob("[a-z]*.py")}

    explained = set(re.findall(r"^\| `bihuan (\w+)` \| \S", RUNNING, re.MULTILINE))

    assert explained == commands


def test_given_a_rule_when_cited_in_the_code_then_the_register_explains_it() -> None:
    explained = set(re.findall(r"^\| ([LR]\d+(?:\.\d+[a-z]?)?) \| [^`]", REGISTER, re.MULTILINE))

    assert set(docs.cited()) - explained == set()


def test_given_an_event_when_the_code_names_its_kind_then_events_md_says_when_it_happens() -> None:
    text = (DOCS / "events.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \| \S", text, re.MULTILINE))
    subjects = {kind.partition(".")[0] for kind in explained} - {
        "standards",
        "trail",
        "campaign",
    }  # its whole names are to-dos

    named = _kinds_of_campaigns() | {
        said
        for source in sources()
        if source.room not in {"web", "cli", "config"} and not source.is_migration
        for said in strings(source.tree)
        if re.fullmatch(r"[a-z_]+\.[a-z_]+", said) and said.partition(".")[0] in subjects
    }

    others = {
        "same_kind.open",
        "same_kind.reply",
        "hazard.unsafe",
        "hazard.unaccepted",
        "hazard.warned",
        "listing.publish_delisting",
        "self_report.table",
    }  # repeatable acts, to-dos
    assert named - explained - others == set()


TELLERS = {"tell", "news_of", "record", "_tell_clauses"}  # of the room campaigns: row, kind, sentence


def _kinds_of_campaigns() -> set[str]:
    """Return the kinds that the services of campaigns name by their second part."""
    calls = [
        call
        for source in sources()
        if source.room == "campaigns"
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and _name_of(call) in TELLERS and len(call.args) > 1
    ]
    said = {one.value for call in calls for one in ast.walk(call.args[1]) if isinstance(one, ast.Constant)}
    return {f"campaign.{one}" for one in said if isinstance(one, str) and not one.startswith("_")}


def _name_of(call: ast.Call) -> str:
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def test_given_the_register_when_read_then_no_number_is_explained_twice() -> None:
    numbers = re.findall(r"^\| ([LR]\d+(?:\.\d+[a-z]?)?) \| [^`]", REGISTER, re.MULTILINE)

    assert sorted(numbers) == sorted(set(numbers))


def test_given_a_room_when_built_then_the_map_shows_it() -> None:
    drawn = (DOCS / "architecture.md").read_text(encoding="utf-8")

    assert [room for room in sorted(rooms()) if f'  {room}["' not in drawn] == []


def test_given_the_generated_parts_when_made_again_then_they_are_the_same() -> None:
    command = [sys.executable, str(ROOT / "tools/docs.py"), "--check"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert done.stdout == ""


def test_given_a_link_in_a_document_when_followed_then_the_file_is_there() -> None:
    broken = []
    for file in [*ROOT.glob("*.md"), *DOCS.rglob("*.md")]:
        text = re.sub(r"```.*?```", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", text):
            if "://" not in target and not (file.parent / target).exists():
                broken.append(f"{file.relative_to(ROOT)}: {target}")

    assert broken == []


def test_given_a_decision_when_read_then_it_has_its_date_and_its_parts() -> None:
    incomplete = [
        f"{file.name}: {part}"
        for file in sorted((DOCS / "adr").glob("[0-9]*.md"))
        for part in ("\nDate: 20", "## Context", "## Decision", "## Consequences")
        if part not in file.read_text(encoding="utf-8")
    ]

    assert incomplete == []


def test_given_a_person_reading_on_another_machine_when_documents_name_a_place_then_it_is_not_ours() -> None:
    ours: list[str] = []
    for file in [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), ROOT / "Makefile", *Path(ROOT / "tools").glob("*.py")]:
        ours += [f"{file.name}: {found}" for found in re.findall(r"/work/\S*|/root/\S*", file.read_text("utf-8"))]

    assert ours == []


def test_given_a_role_that_people_hold_when_the_guide_is_opened_then_it_leads_to_its_page_and_to_each_page() -> None:
    listed = re.findall(
        r"^\| [^|]+ \| \[[\w-]+\.md\]\(([\w-]+)\.md\) \|$",
        (GUIDE / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )

    assert set(PAGES) == set(Role) - {Role.SYSTEM}
    assert (
        sorted(listed)
        == sorted({file.stem for file in GUIDE.glob("*.md")} - {"README", "screen"})
        == sorted(set(PAGES.values()))
    )


def test_given_a_page_of_the_guide_when_it_names_a_button_of_the_loop_then_such_a_button_exists() -> None:
    buttons = {words.button for words in WORDS.values()}
    said = {
        word
        for page in ("inspector", "supervision-group", "service-agency")
        for word in re.findall(r"\*\*(\w+)\*\*", (GUIDE / f"{page}.md").read_text(encoding="utf-8"))
    }

    named = {"立行立改", "核实定级", "到期复查", "升为重大", "申请作废", "催办", "反弹重开", "补充材料"}
    assert named <= said
    assert named <= buttons
