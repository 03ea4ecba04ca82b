"""The web application: Gradio's page in our frame, and the few addresses that the frame needs."""

import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated

import gradio as gr
from fastapi import FastAPI, Header, HTTPException, Query, Request, Response
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles

from assistant.pipeline import Assistant
from ingest.job import WatchJob
from store.errors import NotFoundError, WenyuanError
from store.ids import ArticleId
from store.library import Library
from store.text import clean
from ui.web import reading, render
from ui.web.conversations import Conversations
from ui.web.dialogue import TROUBLE, Dialogue
from ui.web.facsimile import page_of, page_response
from ui.web.feedback import add_feedback
from ui.web.guard import Guard
from ui.web.intake import add_intake
from ui.web.page import build_page
from ui.web.places import Place
from ui.web.shell import ASSETS, Shell, assets_folder
from ui.web.theme import theme
from ui.web.visitor import key_header

logger = logging.getLogger(__name__)

MAX_PLACES = 60
GONE = "这篇文章已不在报道库中。"
NO_PAGE = "报道库中没有这一页的版面图。"


def create_app(library: Library, assistant: Assistant, job: WatchJob | None = None) -> FastAPI:
    """Make the web application over an open library.

    Args:
        library: what is read; stays open for as long as the application runs.
        assistant: answers the questions.
        job: what takes reports in meanwhile, for the page to tell; None where nothing does.
    """
    conversations = Conversations(library)
    dialogue = Dialogue(assistant, conversations)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
        yield
        dialogue.close()

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    _add_routes(app)
    add_feedback(app, conversations)
    _add_reading(app, library)
    add_intake(app, library, job)
    app.mount(f"/{assets_folder()}", StaticFiles(directory=ASSETS), name="assets")
    suggestions = [clean(text) for text in assistant.suggestions()]
    page = build_page(dialogue, suggestions, lambda: render.welcome(*library.counts()))
    app.add_middleware(Shell)
    app.add_middleware(Guard)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme(),
        favicon_path=str(ASSETS / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        ssr_mode=False,
        pwa=False,
        mcp_server=False,
        enable_monitoring=False,
        max_file_size=0,
    )
    return mounted


def _add_routes(app: FastAPI) -> None:
    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.post("/conversation", status_code=204)
    def new_conversation(request: Request) -> Response:
        cookie = key_header(secure=request.url.scheme == "https")
        return Response(status_code=204, headers={"set-cookie": cookie})

    @app.exception_handler(WenyuanError)
    def told(request: Request, error: WenyuanError) -> JSONResponse:
        logger.warning("%s failed: %s", request.url.path, error)
        return JSONResponse({"detail": str(error)}, status_code=503)

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> JSONResponse:
        del request, error  # logged with its traceback by the server, and never shown
        return JSONResponse({"detail": TROUBLE}, status_code=500)


def _add_reading(app: FastAPI, library: Library) -> None:
    @app.get("/reports")
    def reports() -> reading.JsonObject:
        return reading.catalogue(library)

    @app.get("/articles/{article_id}")
    def article(
        article_id: str, cite: Annotated[tuple[str, ...], Query(max_length=MAX_PLACES)] = ()
    ) -> reading.JsonObject:
        try:
            found = library.article(ArticleId(article_id))
            report = library.report(found.report_id)
            pages = library.page_count(found.report_id)
        except NotFoundError as error:
            raise HTTPException(404, GONE) from error
        places = [place for token in cite if (place := Place.parse(token))]
        return reading.article_page(found, report, places, pages)

    @app.get("/pages/{report_id}/{number}")
    def page(
        report_id: str, number: str, if_none_match: Annotated[str | None, Header()] = None
    ) -> Response:
        try:
            image = page_of(library, report_id, number)
        except NotFoundError as error:
            raise HTTPException(404, NO_PAGE) from error
        return page_response(image, if_none_match)
