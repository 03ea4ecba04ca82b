"""Settings: which source outweighs which, what is told of a wrong one, and the README's table."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from assistant.config import AssistantConfig, ChatConfig
from ingest.config import IngestConfig
from store.config import StoreConfig
from store.errors import UsageError
from ui.settings import MASK, Settings, load_settings, masked, unknown_names

ROOT = Path(__file__).resolve().parents[2]


def readme_rows(section: str) -> dict[str, tuple[str, ...]]:
    """Return the rows of the first table of a README section, by their first cell."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = re.search(rf"^## {section}$(.*?)(?=^## |\Z)", readme, re.DOTALL | re.MULTILINE)
    assert found, f"README.md has no section ## {section}"
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in found[1].splitlines()
        if line.startswith("|")
    ]
    assert len(rows) > 2, f"README.md has no table under ## {section}"
    return {row[0].strip("`"): row for row in rows[2:]}


def test_environment_outweighs_files_and_flags_outweigh_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "wenyuan.toml").write_text('port = 1001\nhost = "h1"\nthreads = 7\n', encoding="utf-8")
    Path("wenyuan.toml").write_text("port = 1002\nembed_batch = 5\n", encoding="utf-8")

    assert (load_settings().port, load_settings().host) == (1002, "h1")
    monkeypatch.setenv("WENYUAN_PORT", "1003")
    assert load_settings().port == 1003
    settings = load_settings(port=1004, host=None)
    assert (settings.port, settings.host) == (1004, "h1")
    assert (settings.threads, settings.embed_batch) == (7, 5)


def test_the_file_of_the_home_given_as_a_flag_is_read(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "wenyuan.toml").write_text("port = 1005\n", encoding="utf-8")

    settings = load_settings(home=other)

    assert (settings.home, settings.port) == (other, 1005)


def test_an_empty_variable_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WENYUAN_CHAT_MODEL", "")
    assert load_settings().chat_model is None


def test_the_home_is_absolute_and_knows_the_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    assert load_settings(home=Path("~/x")).home == Path("/somewhere/x")
    assert load_settings(home=Path("y")).home == Path.cwd() / "y"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "65536"),
        ("port", "many"),
        ("threads", "0"),
        ("chat_timeout_s", "-1"),
        ("chat_base_url", "ftp://x"),
        ("log_level", "loud"),
        ("passage_chars", "3"),
        ("max_file_mb", "nan"),
    ],
)
def test_a_wrong_value_is_told_in_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"WENYUAN_{name.upper()}", value)
    with pytest.raises(UsageError) as caught:
        load_settings()
    sentence = str(caught.value)
    assert f"WENYUAN_{name.upper()}" in sentence
    assert value in sentence
    assert "\n" not in sentence


def test_a_broken_file_is_told_by_its_path() -> None:
    Path("wenyuan.toml").write_text("port = [", encoding="utf-8")
    with pytest.raises(UsageError, match=r"wenyuan\.toml"):
        load_settings()


def test_unknown_names_are_told_in_a_warning(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("WENYUAN_PROT", "1")
    Path("wenyuan.toml").write_text("hots = 1\n", encoding="utf-8")
    load_settings()
    assert "WENYUAN_PROT" in caplog.text
    assert "hots" in caplog.text


def test_known_names_are_no_warning() -> None:
    environ = {f"WENYUAN_{name.upper()}": "" for name in Settings.model_fields}
    assert unknown_names(environ | {"PATH": "/"}, dict.fromkeys(Settings.model_fields)) == ()


def test_secrets_are_masked_wherever_settings_are_shown() -> None:
    settings = load_settings(
        chat_api_key="sk-very-secret", chat_base_url="https://user:hidden@chat.example/v1"
    )
    shown = json.dumps(masked(settings), ensure_ascii=False) + repr(settings.chat_api_key)
    assert "very-secret" not in shown
    assert "hidden" not in shown
    assert masked(settings)["chat_api_key"] == MASK
    assert masked(settings)["chat_base_url"] == f"https://{MASK}@chat.example/v1"
    assert list(masked(settings)) == list(Settings.model_fields)


def test_the_defaults_are_those_of_the_packages() -> None:
    fields = Settings.model_fields
    for config, prefix in (
        (StoreConfig, ""),
        (IngestConfig, ""),
        (AssistantConfig, ""),
        (ChatConfig, "chat_"),
    ):
        for field in dataclasses.fields(config):
            ours = fields.get(prefix + field.name)
            if ours is not None:
                assert ours.default == field.default, f"{config.__name__}.{field.name}"


def test_every_setting_is_described() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_readme_lists_every_setting_with_its_default_and_meaning() -> None:
    rows = readme_rows("设置")
    assert list(rows) == list(Settings.model_fields)
    for name, field in Settings.model_fields.items():
        _, variable, default, meaning = rows[name]
        assert variable == f"`WENYUAN_{name.upper()}`"
        assert meaning == field.description
        if name != "home":
            assert default == ("不设" if field.default is None else f"`{field.default}`")


def test_the_readme_lists_every_command() -> None:
    from ui.cli import wenyuan

    named = {row.split()[1] for row in readme_rows("命令")}
    assert named == set(wenyuan.commands)
