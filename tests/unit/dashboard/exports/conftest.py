"""A second library that reads what was printed."""

from collections.abc import Callable

import pypdfium2
import pytest


@pytest.fixture(scope="session")
def page_texts() -> Callable[[bytes], list[str]]:
    """Return a function that gives the text of every page of a PDF."""

    def read(content: bytes) -> list[str]:
        document = pypdfium2.PdfDocument(content)
        return [page.get_textpage().get_text_bounded().replace("\u200b", "") for page in document]

    return read
