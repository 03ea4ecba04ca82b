"""The address that takes votes: whoever holds the key to a conversation may judge its answers."""

from typing import Annotated

from fastapi import Body, FastAPI, HTTPException, Request, Response

from store.errors import NotFoundError, UsageError
from store.feedback import Vote
from ui.web.conversations import Conversations, conversation_id
from ui.web.visitor import COOKIE

NO_KEY = "只有提问的人能评价回答；请先提一个问题。"
_LAST = 2**31 - 1


def add_feedback(app: FastAPI, conversations: Conversations) -> None:
    """Add the address to an application.

    The conversation is told by the visitor's cookie alone, which other sites' pages do not send.
    """

    @app.post("/feedback", status_code=204)
    def rate(
        request: Request,
        turn: Annotated[int, Body(ge=0, le=_LAST)],
        vote: Annotated[Vote | None, Body()],
        comment: Annotated[str, Body()] = "",
    ) -> Response:
        conversation = conversation_id(request.cookies.get(COOKIE))
        if conversation is None:
            raise HTTPException(403, NO_KEY)
        try:
            conversations.rate(conversation, turn, vote, comment)
        except NotFoundError as error:
            raise HTTPException(404, str(error)) from error
        except UsageError as error:
            raise HTTPException(400, str(error)) from error
        return Response(status_code=204)
