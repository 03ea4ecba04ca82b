"""Few sentences are said, in reading order, none twice."""

from dataclasses import replace

from assistant.pipeline import Assistant
from assistant.selection import select


def test_nothing_is_chosen_from_nothing() -> None:
    assert select("费用怎么分摊？", (), (), 4) == ()


def test_never_more_than_asked_for(assistant: Assistant) -> None:
    ranked = assistant.assess("助老食堂怎么收费、怎么送餐？").ranked
    for most in (1, 2, 4):
        assert 1 <= len(select("助老食堂怎么收费、怎么送餐？", (), ranked, most)) <= most


def test_the_best_is_always_there_and_order_is_that_of_reading(assistant: Assistant) -> None:
    ranked = assistant.assess("助老食堂怎么收费、怎么送餐？").ranked
    chosen = select("助老食堂怎么收费、怎么送餐？", (), ranked, 4)
    assert ranked[0] in chosen
    assert [one.index for one in chosen] == sorted(one.index for one in chosen)


def test_a_sentence_that_repeats_another_is_left_out(assistant: Assistant) -> None:
    best = assistant.assess("费用怎么分摊？").ranked[0]
    again = replace(best, total=best.total - 0.001)
    assert select("费用怎么分摊？", (), (best, again), 4) == (best,)
