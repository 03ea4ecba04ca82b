"""The nouns of evaluation: documents, questions with what is right, and data sets of both."""

from dataclasses import dataclass

from store.turns import Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A text of a data set's own corpus."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvalQuestion:
    """A question, and what is right about its answer; what a data set does not tell is empty.

    Attributes:
        id: told once in its data set.
        type: the kind of question, for figures by kind.
        question: as it is asked.
        answerable: whether the corpus answers it.
        history: earlier turns; an empty answer means whatever the assistant said.
        evidence: gold sentences, or parts of them: citing one that holds it counts.
        facts: of each inner tuple one string is to be found in the answer or its quotes.
        gold: ids of the documents that answer, any of which is a hit.
        grades: how well each of `gold` answers, 1 or more, in its order; empty: all equally.
        groups: of a question in several parts: for each part the documents that answer it.
        answers: of each inner tuple one string is to be found: accepted spellings of an answer.
        noise: ids of documents that look right and are not.
        english: the question in English; "" where nobody translated it.
        forbidden: none of these strings is to be said: what a question, or a text that addresses
            the assistant, tries to make it say.
    """

    id: str
    type: str
    question: str
    answerable: bool
    history: tuple[Turn, ...] = ()
    evidence: tuple[str, ...] = ()
    facts: tuple[tuple[str, ...], ...] = ()
    gold: tuple[str, ...] = ()
    grades: tuple[int, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    answers: tuple[tuple[str, ...], ...] = ()
    noise: tuple[str, ...] = ()
    english: str = ""
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """Questions, and the documents they are about; without documents they are about the library.

    `fingerprint` is the SHA-256 of the files it was read from, in hex: results of two runs are
    compared only where it is the same.
    """

    name: str
    questions: tuple[EvalQuestion, ...]
    documents: tuple[Document, ...] = ()
    fingerprint: str = ""
