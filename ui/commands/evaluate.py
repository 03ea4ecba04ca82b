"""`wenyuan eval DATASET…`: measure the answers; `eval compare` and `eval table` read results."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from store.errors import UsageError
from ui.commands.common import REJECTED_EXIT, Invocation, json_option, repeatable, tell
from ui.commands.compare import compare
from ui.commands.figures import show
from ui.commands.table import table
from ui.measuring import Plan, Progress, measure, require_floors

if TYPE_CHECKING:
    from assistant.evaluation.gate import Floor
    from assistant.evaluation.halves import Half
    from assistant.evaluation.records import Dataset
    from assistant.evaluation.results import Result, Results

EVERY = "all"


READERS = {one.name: one for one in (compare, table)}


class _WithReaders(click.Command):
    """A command whose first argument may be one of `READERS`, each a command of its own."""

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,  # noqa: ANN401 (click's own)
    ) -> click.Context:
        """Read the arguments, as those of one of the commands."""
        reader = READERS.get(args[0]) if args else None
        if reader is not None:
            return reader.make_context(f"{info_name} {reader.name}", args[1:], parent, **extra)
        return super().make_context(info_name, args, parent, **extra)


@click.command(
    "eval",
    cls=_WithReaders,
    help="用数据集测量回答的质量：问题文件（每行一个 JSON 对象），或带 corpus.jsonl 的文件夹等。"
    "比较两次的结果：wenyuan eval compare A B；写成 Markdown：wenyuan eval table RESULTS…。",
)
@click.argument("datasets", metavar="DATASET…", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--half",
    type=click.Choice(["development", "reporting"]),
    help="只问一半的题：拟合用 development，报告用 reporting；按编号分，各处相同。",
)
@click.option("--sample", type=click.IntRange(min=1), metavar="N", help="每个数据集只抽 N 题。")
@click.option("--seed", type=int, default=0, show_default=True, help="抽样和变形的种子。")
@click.option("--variants", metavar="NAMES", help="再用这些变形问一遍：逗号分隔，all 是全部。")
@click.option(
    "--translations",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="题目的英文，供变形 english 用：每行一个 JSON 对象（id、question_en）。",
)
@click.option("--noise", metavar="RATIOS", help="只给五篇材料，噪声占这些比例：逗号分隔，或 all。")
@click.option("--retrieval-only", is_flag=True, help="只测检索，不作答。")
@click.option("--answers-only", is_flag=True, help="只测回答，不测检索。")
@click.option("--no-baseline", is_flag=True, help="不测基线，快一些。")
@click.option("--model", metavar="NAME", help="对话模型；不设则只摘原文作答。")
@click.option("--judge", metavar="NAME", help="用这个对话模型核对依据；不设则按字面核对。")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="把结果写到这里：results.json 和 report.html，连同基线和检索。",
)
@click.option(
    "--fail-under",
    multiple=True,
    metavar="METRIC=VALUE",
    help="指标不到这个值时退出码为 1；可重复，可写 指标@题型、问法/指标。",
)
@json_option
@click.pass_obj
def evaluate(  # noqa: PLR0913, PLR0917 (one for each option)
    invocation: Invocation,
    datasets: tuple[Path, ...],
    half: "Half | None",
    sample: int | None,
    seed: int,
    variants: str | None,
    translations: Path | None,
    noise: str | None,
    retrieval_only: bool,
    answers_only: bool,
    no_baseline: bool,
    model: str | None,
    judge: str | None,
    out: Path | None,
    fail_under: tuple[str, ...],
    as_json: bool,
) -> int:
    """Measure the answers on data sets."""
    from assistant.evaluation.gate import parse_floor
    from assistant.evaluation.journal import remove
    from assistant.evaluation.results import Results
    from assistant.evaluation.retrieval_options import arms_of

    if not datasets:
        raise UsageError("请写一个数据集：问题文件，或带 corpus.jsonl 的文件夹。")
    if retrieval_only and answers_only:
        raise UsageError("--retrieval-only 和 --answers-only 只能用一个。")
    floors = [parse_floor(text) for text in fail_under]
    arms = {one.run for one in floors} & set(arms_of(baselines=True))
    finding = out is not None or retrieval_only or bool(arms)
    beside = out is not None or retrieval_only or not arms <= set(arms_of(baselines=False))
    plan = Plan(
        half=half,
        sample=sample,
        seed=seed,
        variants=_variants(variants),
        noise=_ratios(noise),
        judge=judge,
        baseline=not no_baseline and beside,
        answers=not retrieval_only,
        retrieval=not answers_only and finding,
        folder=out,
    )
    loaded = _loaded(datasets, translations)
    settings = invocation.settings(chat_model=model)
    require_floors(floors, loaded, settings, plan)
    unfinished: list[Path] = []  # a run that is killed goes on from these: kept till all is written
    results = [
        _bar(one.name, lambda told: measure(one, settings, plan, told, unfinished.append))  # noqa: B023
        for one in loaded
    ]
    show(results, as_json=as_json)
    if out is not None:
        _written(Results(results=tuple(results), command=_command(results)), out)
    for path in unfinished:
        remove(path)
    return _judged(results, floors)


def _loaded(paths: "Sequence[Path]", translations: Path | None) -> "Sequence[Dataset]":
    from assistant.evaluation.datasets import load
    from assistant.evaluation.translations import translated

    loaded = [load(path) for path in paths]
    names = [one.name for one in loaded]
    if len(set(names)) < len(names):
        raise UsageError(f"有同名的数据集：{'、'.join(names)}；请改名后再一起评测。")
    return translated(loaded, translations) if translations else loaded


def _variants(text: str | None) -> tuple[str, ...]:
    from assistant.evaluation.variants import NAMES

    names = NAMES if text == EVERY else _listed(text)
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        raise UsageError(f"没有 {unknown[0]} 这种变形，可选：{'、'.join(NAMES)}，或 all。")
    return names


def _ratios(text: str | None) -> tuple[float, ...]:
    from assistant.evaluation.noise import RATIOS

    try:
        ratios = RATIOS if text == EVERY else tuple(map(float, _listed(text)))
    except ValueError:
        ratios = (-1.0,)
    if not all(0 <= ratio <= 1 for ratio in ratios):
        raise UsageError(f"--noise 要写 0 到 1 的比例，逗号分隔，不能是“{text}”。")
    return tuple(dict.fromkeys(ratios))


def _listed(text: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in (text or "").split(",") if one.strip()))


def _bar(name: str, work: "Callable[[Progress], Result]") -> "Result":
    """Do the work under a bar, where there is somebody to see it."""
    from tqdm import tqdm

    with tqdm(disable=not sys.stderr.isatty(), leave=False, dynamic_ncols=True) as bar:

        def told(what: str, done: int, total: int) -> None:
            bar.set_description_str(f"{name} {what}", refresh=False)
            bar.total, bar.n = total, done
            bar.update(0)

        return work(told)


def _command(results: "Sequence[Result]") -> str:
    """The command as anybody may repeat it, after what was taken in; nothing left at default."""
    context = click.get_current_context()
    taken = dict.fromkeys(name for one in results for name in one.provenance.reports)
    told = [f"wenyuan ingest {' '.join(taken)}\n"] if taken else []
    told += ["wenyuan eval", *map(repeatable, context.params["datasets"])]
    for option in context.command.params:
        value = context.params.get(option.name or "")
        if not isinstance(option, click.Option) or value in (None, (), False, option.default):
            continue
        if option.name in {"as_json", "fail_under"}:
            continue
        shown = repeatable(value) if isinstance(value, Path) else value
        told.append(option.opts[0] if option.is_flag else f"{option.opts[0]} {shown}")
    return " ".join(told).replace("\n ", "\n")


def _written(found: "Results", out: Path) -> None:
    from assistant.evaluation.report import write_report
    from assistant.evaluation.results import write_results

    tell(f"结果：{write_results(found, out)}")
    tell(f"网页：{write_report(found, out)}")


def _judged(results: "Sequence[Result]", floors: "Sequence[Floor]") -> int:
    """Tell which floors are missed, and return the exit code."""
    from assistant.evaluation.gate import missed

    told = [sentence for one in results if (sentence := missed(one, floors))]
    for sentence in told:
        tell(sentence)
    return REJECTED_EXIT if told else 0
