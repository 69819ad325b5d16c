"""Programs that help where they are installed: LibreOffice for .doc and .wps, OCR for scans."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from bihuan.campaigns.readers.limits import Limits
from bihuan.kernel.errors import Refusal

OFFICE: Final = ("soffice", "libreoffice")
OCR: Final = "ocrmypdf"


def old_word_as_docx(path: Path, name: str, folder: Path, limits: Limits) -> Path:
    """Return a .docx made by LibreOffice from an old Word file, in a folder."""
    program = next((found for one in OFFICE if (found := shutil.which(one))), None)
    if program is None:
        raise Refusal(
            "campaigns.no_office",
            (
                f"“{name}”是旧版 Word 文件（.doc），这台服务器没有安装 LibreOffice，读不了。请用 Word "
                f"或 WPS 另存为 .docx 再上传。"
            ),
        )
    made = _converted(program, path, "plan.doc", "docx:MS Word 2007 XML", name, limits)
    if made is None:
        raise Refusal(
            "campaigns.broken_file", f"“{name}”打不开，文件可能已损坏或加了密码。请用 Word 或 WPS 另存为 .docx 再上传。"
        )
    return made


def old_book_as_xlsx(content: bytes, name: str, limits: Limits) -> bytes:
    """Return an .xlsx made by LibreOffice from an old workbook (.xls, .et)."""
    program = next((found for one in OFFICE if (found := shutil.which(one))), None)
    if program is None:
        raise Refusal(
            "returns.no_office",
            f"“{name}”是旧版 Excel 文件（.xls），这台服务器没有安装 LibreOffice，读不了。请用 Excel 或 WPS 另存为 "
            ".xlsx 再上传。",
            field="file",
        )
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder) / "old"
        old.write_bytes(content)
        made = _converted(program, old, "form.xls", "xlsx:Calc MS Excel 2007 XML", name, limits)
        if made is None:
            raise Refusal(
                "returns.broken_file",
                f"“{name}”打不开，文件可能已损坏或加了密码。请用 Excel 或 WPS 另存为 .xlsx 再上传。",
                field="file",
            )
        return made.read_bytes()


def _converted(program: str, path: Path, called: str, into: str, name: str, limits: Limits) -> Path | None:
    """Return what LibreOffice makes of a file, beside it; None where it makes nothing. into: suffix and filter."""
    folder = path.parent
    copy = folder / called
    shutil.copyfile(path, copy)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to", into, "--outdir", str(folder), str(copy),
        ]  # fmt: skip
        _run(command, name, limits)
    made = copy.with_suffix("." + into.partition(":")[0])
    return made if made.is_file() else None


def scan_as_text_pdf(path: Path, name: str, folder: Path, limits: Limits) -> Path:
    """Return a .pdf with text made by OCRmyPDF from a scan, in a folder."""
    program = shutil.which(OCR)
    if program is None:
        raise Refusal(
            "campaigns.no_ocr",
            (
                f"“{name}”是扫描件，里面没有文字，这台服务器没有安装文字识别（OCR）。请上传 Word 原件或带文字的 "
                f"PDF，或把文字粘贴进来。"
            ),
        )
    made = folder / "plan.pdf"
    _run([program, "--language", "chi_sim", "--force-ocr", "--quiet", str(path), str(made)], name, limits)
    if not made.is_file():
        raise Refusal("campaigns.ocr_failed", f"“{name}”的文字没有识别出来。请上传更清楚的扫描件，或把文字粘贴进来。")
    return made


def _run(command: list[str], name: str, limits: Limits) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=limits.seconds, check=False)  # noqa: S603 -- found on the path, with our own words
    except subprocess.TimeoutExpired as error:
        raise Refusal(
            "campaigns.too_slow", f"“{name}”转换了 {limits.seconds} 秒还没完，已停下。请另存为 .docx 再上传。"
        ) from error
