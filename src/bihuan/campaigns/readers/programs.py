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
    copy = folder / "plan.doc"
    shutil.copyfile(path, copy)
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, "--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(copy),
        ]  # fmt: skip
        _run(command, name, limits)
    made = folder / "plan.docx"
    if not made.is_file():
        raise Refusal(
            "campaigns.broken_file", f"“{name}”打不开，文件可能已损坏或加了密码。请用 Word 或 WPS 另存为 .docx 再上传。"
        )
    return made


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
