"""`versions` and `restore`: which texts of a report are kept, and another of them put in force."""

import click

from store.ids import ReportId
from store.reports import ReportVersion
from ui.commands.common import Invocation, json_option, when, write, write_json
from ui.views import version_view
from ui.wiring import open_library, passage_splitter

_LARGEST = 2**31 - 1


@click.command(help="列出一份报道保留的各版；编号见 `wenyuan reports`。")
@click.argument("report_id", metavar="REPORT")
@json_option
@click.pass_obj
def versions(invocation: Invocation, report_id: str, as_json: bool) -> None:
    """List the versions of a report."""
    with open_library(invocation.settings()) as library:
        kept = library.versions(ReportId(report_id))
    if as_json:
        write_json({"id": report_id, "versions": [version_view(one) for one in kept]})
        return
    for one in kept:
        write(version_text(one))


@click.command(help="换回一份报道的另一版，现在的一版照样保留；版号见 `wenyuan versions`。")
@click.argument("report_id", metavar="REPORT")
@click.argument("version", metavar="VERSION", type=click.IntRange(1, _LARGEST))
@json_option
@click.pass_obj
def restore(invocation: Invocation, report_id: str, version: int, as_json: bool) -> None:
    """Put another version of a report in force."""
    settings = invocation.settings()
    with open_library(settings) as library:
        report = library.restore(ReportId(report_id), version, passage_splitter(settings))
        from ingest.twins import TwinFinder

        TwinFinder(library)  # compares the restored articles with the others
        kept = library.versions(report.id)
    if as_json:
        write_json({"id": report.id, "versions": [version_view(one) for one in kept]})
    else:
        write(f"{report.id}《{report.title}》已换回第 {version} 版。")


def version_text(version: ReportVersion) -> str:
    """Return a version for reading, on one line."""
    state = f"{when(version.put_aside_at)} 放下" if version.put_aside_at else "现在的一版"
    pages = f"，{version.pages} 页图像" if version.pages else ""
    return f"第 {version.version} 版  {version.title}  {version.articles} 篇文章{pages}  {state}"
