"""A place that is named alone is answered with the headlines of the article about it."""

from assistant.pipeline import Assistant
from assistant.records import Status
from store.articles import Kind


def test_each_place_compared_is_told_by_its_headlines(assistant: Assistant) -> None:
    found = assistant.assess("桂花社区和石桥社区有什么区别？")
    kinds = {one.sentence.kind for one in found.chosen}
    assert found.status is Status.ANSWERED
    assert kinds <= {Kind.HEADLINE, Kind.SUBHEAD, Kind.HEADING}
    assert {one.article.community for one in found.chosen} == {"桂花社区", "石桥社区"}


def test_a_respect_is_answered_by_what_is_said_of_it(assistant: Assistant) -> None:
    found = assistant.assess("桂花社区和石桥社区的收费有什么区别？")
    assert all(one.sentence.kind is Kind.BODY for one in found.chosen)
