"""The address that takes votes: whoever holds the key to a conversation may judge its answers."""

from typing import Annotated

from fastapi import Body, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from store.errors import NotFoundError, UsageError
from store.feedback import Vote
from ui.web.conversations import Conversations, conversation_id
from ui.web.owner import is_own_page
from ui.web.visitor import COOKIE

NOT_READ = "没有看懂这个请求，请刷新网页后再试。"
NO_KEY = "只有提问的人能评价回答；请先提一个问题。"
_LAST = 2**31 - 1


def add_feedback(app: FastAPI, conversations: Conversations) -> None:
    """Add the address to an application.

    The conversation is told by the visitor's cookie alone, and only our own page may send it: a
    page on another port of the same host gets the cookie sent along, too.
    """

    @app.exception_handler(RequestValidationError)
    def unreadable(_request: Request, _error: RequestValidationError) -> Response:
        return JSONResponse({"detail": NOT_READ}, 422)

    @app.post("/feedback", status_code=204)
    def rate(
        request: Request,
        turn: Annotated[int, Body(ge=0, le=_LAST)],
        vote: Annotated[Vote | None, Body()],
        comment: Annotated[str, Body()] = "",
    ) -> Response:
        conversation = conversation_id(request.cookies.get(COOKIE))
        if conversation is None or not is_own_page(request):
            raise HTTPException(403, NO_KEY)
        try:
            conversations.rate(conversation, turn, vote, comment)
        except NotFoundError as error:
            raise HTTPException(404, str(error)) from error
        except UsageError as error:
            raise HTTPException(400, str(error)) from error
        return Response(status_code=204)
