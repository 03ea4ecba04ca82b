"""The visitor's key in a cookie: made by the server, and gone with the browser."""

from ui.web.conversations import conversation_id, new_key

COOKIE = "wenyuan_conversation"


def key_header(*, secure: bool) -> str:
    """Return the Set-Cookie value that hands out the key to a new conversation.

    A session cookie: on a shared terminal the conversation ends with the browser, or with the
    button for a new one.

    Args:
        secure: the page came over HTTPS, and so must the cookie.
    """
    return f"{COOKIE}={new_key()}; Path=/; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def has_key(cookies: str) -> bool:
    """Say whether a Cookie header carries a key of ours."""
    for pair in cookies.split(";"):
        name, _, value = pair.strip().partition("=")
        if name == COOKIE and conversation_id(value) is not None:
            return True
    return False
