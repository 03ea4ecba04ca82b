"""`wenyuan config`: the settings in force, and what the data folder was built with."""

import dataclasses
from typing import Any

import click

from store.errors import WenyuanError
from ui.commands.common import Invocation, json_option, write, write_json
from ui.settings import MASK, Settings, masked
from ui.views import card_view
from ui.wiring import make_embedder, open_library
