"""Settings: one flat table, read from defaults, wenyuan.toml, the environment and flags."""

import logging
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit, urlunsplit

from platformdirs import user_data_dir
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from store.errors import UsageError

logger = logging.getLogger(__name__)

PREFIX = "WENYUAN_"
FILE_NAME = "wenyuan.toml"
MASK = "••••••"


class Settings(BaseSettings):
    """Every setting of the application. A description says what is allowed, with its unit."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, extra="ignore", frozen=True
    )

    home: Path = Field(
        default_factory=lambda: Path(user_data_dir("wenyuan", appauthor=False)),
        description="数据文件夹，一切入库的内容都在这里；没有就新建",
    )
    vectors: str = Field(
        default="chroma", min_length=1, description="向量索引：`chroma`，或不落盘的 `memory`"
    )
    embedder: str = Field(
        default="e5",
        min_length=1,
        description="向量模型：自带的 `e5`，或任一 sentence-transformers 模型的名称或路径；"
        "没有 torch 权重的用它的 ONNX 文件，也可写一个 .onnx 文件的路径",
    )
    embed_batch: int = Field(default=32, ge=1, description="一次送给向量模型的片段数，1 或更多")
    threads: int = Field(default=2, ge=1, description="向量模型和文字识别可用的线程数，1 或更多")
    passage_chars: int = Field(
        default=250, ge=40, le=2000, description="一个片段最多的字数，40 到 2000"
    )
    max_file_mb: float = Field(
        default=200.0,
        gt=0,
        le=2000,
        description="一个入库文件最大的体积，单位 MB，大于 0，至多 2000",
    )
    max_pages: int = Field(
        default=1000, ge=1, description="一个入库文件最多的页数，1 或更多；更多页的不收"
    )
    max_text_chars: int = Field(
        default=3_000_000,
        ge=1,
        description="一个入库文件最多的字数，不计空白，1 或更多；字数更多的不收",
    )
    max_megapixels: float = Field(
        default=100.0, gt=0, le=2000, description="一张图片最多的像素，单位百万，大于 0，至多 2000"
    )
    max_unpacked_mb: float = Field(
        default=200.0,
        gt=0,
        le=10_000,
        description="一个压缩包解开后最大的总体积，单位 MB，大于 0，至多 10000",
    )
    page_timeout_s: float = Field(
        default=120.0, gt=0, le=3600, description="读取一页最长的时间，单位秒，大于 0，至多 3600"
    )
    reader_memory_mb: int = Field(
        default=4000, ge=500, description="读取文件的进程最多可用的内存，单位 MB，500 或更多"
    )
    chat_model: str | None = Field(
        default=None,
        description="对话模型，写作 `提供者:型号`，如 `ollama:qwen3`，"
        "或 `llamacpp:GGUF 文件的路径`；不设则只摘原文",
    )
    chat_base_url: str | None = Field(
        default=None,
        description="`openai:` 兼容服务或 `ollama:` 的地址，以 http:// 或 https:// 开头",
    )
    chat_api_key: SecretStr | None = Field(
        default=None, description="对话模型的密钥；显示时遮盖，不写入日志"
    )
    chat_timeout_s: float = Field(
        default=60.0,
        gt=0,
        le=3600,
        description="等对话模型作答最长的时间，单位秒，大于 0，至多 3600",
    )
    chat_context_tokens: int = Field(
        default=4096,
        ge=1024,
        description="对话模型一次能读写的词元数，1024 或更多；放不下的依据不给它，并写进日志",
    )
    chat_temperature: float = Field(
        default=0.0, ge=0, le=2, description="对话模型的随机程度，0 到 2，0 最稳定"
    )
    max_question_chars: int = Field(
        default=500, ge=1, description="一个问题最长的字数，1 或更多；更长的问题不予回答"
    )
    max_sentences: int = Field(default=4, ge=1, description="摘原文作答时最多的句数，1 或更多")
    synonyms: Path | None = Field(
        default=None,
        description="自己的同义词文件（TOML，写法同 `assistant/data/synonyms.toml`），"
        "添在自带的之外",
    )
    reranker: str | None = Field(
        default=None,
        description="给找到的片段重新排序的交叉编码器，sentence-transformers 的名称或路径；"
        "不设则按字词和意思排",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="网页监听的地址；默认只有本机能访问"
    )
    port: int = Field(default=7860, ge=1, le=65535, description="网页监听的端口，1 到 65535")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning",
        description="日志的详细程度：`debug`、`info`、`warning` 或 `error`；日志写到标准错误",
    )

    @field_validator("home")
    @classmethod
    def _absolute(cls, value: Path) -> Path:
        return Path(os.path.abspath(value.expanduser()))  # noqa: PTH100 (resolve() follows links)

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("chat_base_url")
    @classmethod
    def _web_address(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith(("http://", "https://")):
            raise ValueError("not a web address")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources: flags outweigh the environment, which outweighs the files."""
        del dotenv_settings, file_secret_settings
        home = init_settings().get("home") or env_settings().get("home")
        from_files = InitSettingsSource(settings_cls, init_kwargs=read_files(home))
        return init_settings, env_settings, from_files


def read_files(home: str | Path | None) -> dict[str, Any]:
    """Read wenyuan.toml from the data folder, then from the current folder, which outweighs it.

    Args:
        home: the data folder as given by a flag or the environment; None for the default one.

    Raises:
        UsageError: a file is there but is not TOML.
    """
    default: Path = Settings.model_fields["home"].get_default(call_default_factory=True)
    here = _read_file(Path() / FILE_NAME)
    named = home or here.get("home")
    folder = Path(named).expanduser() if isinstance(named, str | Path) else default
    return _read_file(folder / FILE_NAME) | here


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"设置文件 {path} 不是有效的 TOML：{error}。") from error
    except OSError as error:
        logger.debug("no settings from %s: %s", path, error)
        return {}


def load_settings(**flags: object) -> Settings:
    """Compose the settings; a flag that is None counts as not given.

    Names that mean nothing, in the environment or in a file, are told in a warning.

    Raises:
        UsageError: a value cannot be used; the sentence names the setting and what it should be.
    """
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        settings = Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise UsageError(_sentence(error)) from error
    for name in unknown_names(os.environ, read_files(settings.home)):
        logger.warning("不认识的设置 %s，已忽略；`wenyuan config` 列出全部设置。", name)
    return settings


def unknown_names(environ: Mapping[str, str], from_files: Mapping[str, object]) -> tuple[str, ...]:
    """Return the WENYUAN_ variables and file entries that are no setting of ours, sorted."""
    known = set(Settings.model_fields)
    variables = {
        name
        for name in environ
        if name.upper().startswith(PREFIX) and name[len(PREFIX) :].lower() not in known
    }
    entries = {name for name in from_files if name.lower() not in known}
    return (*sorted(variables), *sorted(entries))


def masked(settings: Settings) -> dict[str, Any]:
    """Return the settings by name as plain JSON values, with what is secret in them covered."""
    values = settings.model_dump(mode="json", exclude={"chat_api_key"})
    values["chat_api_key"] = MASK if settings.chat_api_key else None
    values["chat_base_url"] = _without_password(settings.chat_base_url)
    return {name: values[name] for name in Settings.model_fields}


def _without_password(url: str | None) -> str | None:
    if url is None or "@" not in url:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=f"{MASK}@{parts.netloc.rpartition('@')[2]}"))


def _sentence(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    field = Settings.model_fields.get(name)
    secret = name == "chat_api_key" or not isinstance(first["input"], str | int | float)
    value = "" if secret else f"“{first['input']}”"
    meaning = f"；它是：{field.description}" if field else ""
    return f"设置 {name}（{PREFIX}{name.upper()}）的值{value}不能用{meaning}。"
