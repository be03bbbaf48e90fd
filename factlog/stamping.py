"""Time stamps (RFC 3161): asking an authority for one, and holding one against what it is of.

An authority signs a hash with the time at which it saw it: proof that what was hashed existed then.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from factlog.errors import MissingPackage, UsageError
from factlog.values import dataclass

_SECONDS = 30
_LARGEST = 100_000  # bytes of an answer


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A stamp of the log as it stood at an event: the event's hash, and what the authority signed.

    `root` is the certificate, in PEM, that the authority's own rests on.
    """

    event: int
    hash: str
    authority: str
    token: bytes
    root: str
    id: int | None = None


def ask(event: int, hash_: str, authority: str, root: str) -> tuple[TimeStamp, datetime]:
    """A stamp of an event's hash by an authority, held against its certificate; and its time."""
    from http.client import HTTPException  # which no other command needs

    library = _library()
    builder = library.TimestampRequestBuilder().data(hash_.encode())
    asked = builder.hash_algorithm(library.HashAlgorithm.SHA256).build()
    try:
        token = _posted(authority, asked.as_bytes())
    except (OSError, ValueError, HTTPException) as error:
        told = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise UsageError(f"{authority} gave no time stamp: {told[:200]}.", _ANOTHER) from error
    stamp = TimeStamp(event, hash_, authority, token, root)
    return stamp, stamped_at(stamp, nonce=asked.nonce)


def _posted(authority: str, body: bytes) -> bytes:
    import http.client
    import ssl

    parts = urlsplit(authority)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("it is no link of the web")
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        context = ssl.create_default_context()
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=_SECONDS, context=context
        )
    else:  # what it answers is signed
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=_SECONDS)
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        heads = {"Content-Type": "application/timestamp-query"}
        connection.request("POST", path, body, heads)
        with connection.getresponse() as answer:
            if answer.status != 200:
                raise ValueError(f"the answer was {answer.status} {answer.reason}".rstrip())
            return answer.read(_LARGEST)
    finally:
        connection.close()


def stamped_at(stamp: TimeStamp, root: str | None = None, nonce: int | None = None) -> datetime:
    """The time of a stamp; UsageError unless it is of that hash and signed as it should be.

    A `root` that one has from the authority itself counts in place of the one that was kept.
    """
    library = _library()
    from cryptography.x509 import load_pem_x509_certificates

    try:
        answer = library.decode_timestamp_response(_in_order(stamp.token))
        signed = None if answer.status else answer.tst_info
    except ValueError as error:
        raise _unsound(stamp, "it is no time stamp", _ANOTHER) from error
    if signed is None:
        raise _unsound(stamp, "the authority refused to give one", _ANOTHER)
    if nonce is not None and signed.nonce != nonce:
        raise _unsound(stamp, "it answers another question", _ANOTHER)
    try:
        builder = library.VerifierBuilder(nonce=nonce)
        for each in load_pem_x509_certificates((root or stamp.root).encode()):
            builder = builder.add_root_certificate(each)
        builder.build().verify_message(answer, stamp.hash.encode())
    except (ValueError, TypeError, library.VerificationError) as error:
        told = str(error)
        if told.startswith("Error while verifying certificates"):  # and what OpenSSL says of that
            told = "it was not signed under the certificate given"
        raise _unsound(stamp, told, _CERTIFICATE) from error
    time: datetime = signed.gen_time
    return time


_ANOTHER = "Try later, or name another authority."
_CERTIFICATE = "Give the certificate that the authority publishes: --authority-certificate FILE"


def _unsound(stamp: TimeStamp, why: str, instead: str) -> UsageError:
    told = " ".join(why.split())[:200].rstrip(".")
    by = f"The time stamp of event {stamp.event} by {stamp.authority}"
    return UsageError(f"{by} does not hold: {told}.", instead)


# In an answer: its token, the content of that, what is signed in it, and the certificates.
_CERTIFICATES, _BESIDE_WHAT_IS_SIGNED = (0, 1, 1, 0, 3), 0xA0


def _in_order(answer: bytes) -> bytes:
    """An answer with its certificates in the order of DER, which the library insists on.

    Real authorities send them in the order of their chain. They are no part of what is signed, so
    this changes nothing that the signature vouches for; the answer itself is kept as it came.
    """
    tag, start, end = 0, 0, len(answer)
    try:
        for nth in _CERTIFICATES:
            tag, start, end = list(_elements(answer, start, end))[nth]
        some = sorted(answer[one:last] for one, _, last in _elements(answer, start, end))
    except (IndexError, ValueError):
        return answer  # which the library says
    if answer[tag] != _BESIDE_WHAT_IS_SIGNED:
        return answer
    return answer[:start] + b"".join(some) + answer[end:]


def _elements(der: bytes, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where each element begins, where its content does, and where both end."""
    while start < end:
        length, content = der[start + 1], start + 2
        if length > 0x7F:  # so many bytes that say the length
            content += length & 0x7F
            length = int.from_bytes(der[start + 2 : content])
        if content + length > end:
            raise ValueError
        yield start, content, content + length
        start = content + length


def _library() -> Any:
    try:
        import rfc3161_client
        from cryptography import x509  # noqa: F401  which reads the certificates
    except ImportError as error:
        raise MissingPackage("A time stamp", "stamps", error) from error
    return rfc3161_client
