"""Addresses that are a key stay out of every log."""

import logging

import pytest

from stek.private_paths import PrivatePaths, without_keys


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("GET /antwoord/abc-DEF_1/ 200", "GET /antwoord/.../ 200"),
        ("/antwoord/abc/nieuwe-link/", "/antwoord/.../nieuwe-link/"),
        ('"POST /antwoord/" 422', '"POST /antwoord/" 422'),
        (
            "/toeleiding/abc/?verzonden=1 and /antwoord/def",
            "/toeleiding/.../?verzonden=1 and /antwoord/...",
        ),
        ("/antwoord//abc/", "/antwoord//.../"),
        ("/ANTWOORD/abc/", "/ANTWOORD/.../"),
        ("GET /uitnodiging/abc-DEF_1/ 200", "GET /uitnodiging/.../ 200"),
        ("/medewerkers/uitnodigingen/7/opnieuw/", "/medewerkers/uitnodigingen/7/opnieuw/"),
        ("/toeleiding/links/7/maken/", "/toeleiding/links/7/maken/"),
        ("/toeleiding/aanvragen/7/nieuw/", "/toeleiding/aanvragen/7/nieuw/"),
        ("/toeleiding/aanvragenx/", "/toeleiding/.../"),
        ("/doorverwijzingen/7/", "/doorverwijzingen/7/"),
    ],
)
def test_key_in_an_address_is_not_written(said: str, kept: str) -> None:
    assert without_keys(said) == kept


def test_key_in_a_traceback_is_not_written() -> None:
    error = ValueError("/antwoord/geheim/")
    about = (type(error), error, None)
    record = logging.LogRecord("x", logging.ERROR, "", 1, "%s", ("/antwoord/geheim/",), about)
    written = PrivatePaths().format(record)
    assert "ValueError: /antwoord/.../" in written
    assert "geheim" not in written
