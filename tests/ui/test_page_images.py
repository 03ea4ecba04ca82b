"""Pictures of pages over HTTP: what is sent, what is kept, and that nothing else can be had."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from assistant.config import AssistantConfig
from assistant.pipeline import Assistant
from store.library import Library
from store.reports import PageImage, ReportContents
from tests.ui.test_page_app import make_app

MakeContents = Callable[..., ReportContents]


def with_pages(contents: ReportContents, *data: bytes) -> ReportContents:
    """Give a report pages, and a fingerprint that changes with them."""
    pages = tuple(
        PageImage(page=number, width=60, height=90, data=one) for number, one in enumerate(data, 1)
    )
    fingerprint = hashlib.sha256(b"".join(data)).hexdigest()
    return replace(contents, report=replace(contents.report, fingerprint=fingerprint), pages=pages)


@pytest.fixture
def contents(make_contents: MakeContents) -> ReportContents:
    return with_pages(make_contents(), b"first", b"second")


@pytest.fixture
def client(library: Library, contents: ReportContents) -> Iterator[TestClient]:
    library.add(contents)
    app = make_app(library, Assistant(library, AssistantConfig()))
    with TestClient(app, base_url="http://127.0.0.1") as opened:
        yield opened


def test_a_page_is_a_picture_for_this_visitor_and_this_site_alone(
    client: TestClient, contents: ReportContents
) -> None:
    answer = client.get(f"/pages/{contents.report.id}/2")
    assert answer.content == b"second"
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "img-src 'self'" in answer.headers["content-security-policy"]


def test_the_addresses_of_an_article_lead_to_its_pages(
    client: TestClient, contents: ReportContents
) -> None:
    (page,) = client.get(f"/articles/{contents.articles[0].id}").json()["pages"]
    assert client.get(f"/{page['image']}").content == b"first"


def test_a_picture_that_the_browser_has_is_not_sent_again(
    client: TestClient, contents: ReportContents
) -> None:
    address = f"/pages/{contents.report.id}/1"
    tag = client.get(address).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = client.get(address, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


def test_the_picture_of_a_corrected_report_is_sent_anew(
    client: TestClient, library: Library, contents: ReportContents
) -> None:
    address = f"/pages/{contents.report.id}/1"
    tag = client.get(address).headers["etag"]
    library.add(with_pages(contents, b"corrected", b"second"))
    again = client.get(address, headers={"if-none-match": tag})
    assert again.content == b"corrected"
    assert again.headers["etag"] != tag


@pytest.mark.parametrize(
    "number", ["0", "3", "-1", "01", "1.0", "one", "１", "9" * 30, "1%00", "%20"]
)
def test_a_page_that_is_none_is_told_in_one_sentence(
    client: TestClient, contents: ReportContents, number: str
) -> None:
    answer = client.get(f"/pages/{contents.report.id}/{number}")
    assert answer.status_code == 404
    assert answer.json() == {"detail": "报道库中没有这一页的版面图。"}


@pytest.mark.parametrize("report", ["r0000000000", "..", "%2e%2e", "a%00b", "' OR 1=1 --", "𠀀"])
def test_no_other_name_of_a_report_leads_anywhere(client: TestClient, report: str) -> None:
    answer = client.get(f"/pages/{report}/1")
    assert answer.status_code == 404
    assert "detail" in answer.json()


def test_no_path_leads_to_a_file(client: TestClient) -> None:
    for path in ("..%2f..%2fetc%2fpasswd/1", "%2fetc%2fpasswd", "../../etc/passwd"):
        answer = client.get(f"/pages/{path}")
        assert answer.status_code == 404
        assert "root:" not in answer.text
