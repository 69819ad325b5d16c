"""What may be closed over open hazards: nothing open is left without someone who answers for it."""


def firm_stays(*, still_open: int, major: int, is_known: bool) -> str:
    """Return why an enterprise is not taken off the register, or "". is_known: whoever closes it knows what is open."""
    if major:
        return (
            f"还有 {major} 项重大隐患没有销号，不能注销：注销后没有单位对它负责。"
            "请先治理、验收、摘牌并销号；已经不存在的，按作废办理。"
        )
    if still_open and not is_known:
        return f"这家企业还有 {still_open} 项隐患没有销号。确要注销的，请勾选“已经知道”。"
    return ""


def unit_stays(name: str, *, firms: int, still_open: int) -> str:
    """Return why a unit is not closed, or "". firms: enterprises on the register in it."""
    if firms:
        return f"{name}还有 {firms} 家在册企业，不能撤销。请安监办先在企业页把它们迁到接收的村（社区）。"
    if still_open:
        return f"{name}还有 {still_open} 条没有办结的隐患，不能撤销。请先办结，或由安监办改给别的单位。"
    return ""
