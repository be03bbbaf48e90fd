"""log --stamp: time stamps by an authority of our own, made with openssl, as a person meets it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from factlog.store import Store
from support.person import Factlog
from support.stores import by_hand

CONFIG = """
[ req ]
distinguished_name = dn
[ dn ]
[ ca ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
subjectKeyIdentifier = hash
[ ts ]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ tsa ]
default_tsa = own
[ own ]
serial = {0}/serial
signer_cert = {0}/ts.pem
signer_key = {0}/ts.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


def openssl(*words: object) -> None:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


class Authority:
    """An authority that stamps what it is asked for, or answers with something else."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "ca.pem"
        self.other = folder / "other.pem"
        self.answer: bytes | None = None
        self.status = 200
        config = folder / "config"
        config.write_text(CONFIG.format(folder))
        (folder / "serial").write_text("01\n")
        for name, title in (("ca", "Root"), ("other", "Another root")):
            openssl(
                *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "9", "-config", config),
                *("-subj", f"/CN={title}", "-extensions", "ca", "-keyout", folder / f"{name}.key"),
                *("-out", folder / f"{name}.pem"),
            )
        openssl(
            *("req", "-newkey", "rsa:2048", "-nodes", "-config", config, "-subj", "/CN=Stamps"),
            *("-keyout", folder / "ts.key", "-out", folder / "ts.csr"),
        )
        openssl(
            *("x509", "-req", "-in", folder / "ts.csr", "-CA", self.root, "-days", "9"),
            *("-CAkey", folder / "ca.key", "-CAcreateserial", "-out", folder / "ts.pem"),
            *("-extfile", config, "-extensions", "ts"),
        )
        self._config = config
        for one, other in (("ca", "other"), ("other", "ca")):  # one of the two is not that of DER
            both = "".join((folder / f"{name}.pem").read_text() for name in (one, other))
            (folder / f"{one} first.pem").write_text(both)
        self.chain: Path | None = None

    def stamp(self, asked: bytes) -> bytes:
        if self.answer is not None:
            return self.answer
        with tempfile.TemporaryDirectory() as folder:
            query, reply = Path(folder) / "query", Path(folder) / "reply"
            query.write_bytes(asked)
            openssl(
                *("ts", "-reply", "-queryfile", query, "-out", reply),
                *("-config", self._config, "-section", "own"),
                *(("-chain", self.chain) if self.chain else ()),
            )
            return reply.read_bytes()


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Authority]]:
    if shutil.which("openssl") is None:  # pragma: no cover
        pytest.skip("openssl is not there")
    own = Authority(tmp_path_factory.mktemp("authority"))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            body = own.stamp(asked)
            self.send_response(own.status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_said: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/tsr", own
    server.shutdown()
    server.server_close()


def stamp(factlog: Factlog, authority: tuple[str, Authority]) -> tuple[str, ...]:
    factlog("add", "Fire", "3 killed", "--source", "Ministry")
    return ("log", "--stamp", *named(authority))


def named(authority: tuple[str, Authority]) -> tuple[str, ...]:
    return ("--authority", authority[0], "--authority-certificate", str(authority[1].root))


def test_the_head_is_stamped_and_the_stamp_checked(
    factlog: Factlog, authority: tuple[str, Authority]
) -> None:
    done = factlog(*stamp(factlog, authority))
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("The log up to 1:")
    assert done.out.endswith(f"UTC, says {authority[0]}\n")
    factlog("add", "Fire", "4 killed", "--source", "Mayor")
    verified = factlog("log", "--verify")
    assert verified.out.splitlines()[1] == done.out.rstrip("\n")
    assert verified.out.startswith("Everything fits: 3 events")
    assert factlog("log", "--verify", *named(authority)[2:]).code == 0
    assert f"event 1 by {authority[0]}" in factlog("log", "-f", "json").out


def test_a_pack_takes_the_stamp_along_for_others_to_check(
    factlog: Factlog, here: Path, authority: tuple[str, Authority]
) -> None:
    factlog(*stamp(factlog, authority))
    assert factlog("pack", "-o", "fire.zip").code == 0
    with zipfile.ZipFile("fire.zip") as pack:
        pack.extractall(here / "fire")
    place = here / "fire" / "stamps"
    openssl(
        *("ts", "-verify", "-data", place / "1.txt", "-in", place / "1.tsr"),
        *("-CAfile", place / "1.pem"),
    )
    assert "openssl ts -verify" in (here / "fire" / "README.md").read_text()


@pytest.mark.parametrize("chain", ["ca first.pem", "other first.pem"])
def test_certificates_may_come_in_any_order(
    factlog: Factlog, authority: tuple[str, Authority], chain: str
) -> None:
    words = stamp(factlog, authority)
    authority[1].chain = authority[1].root.with_name(chain)
    try:
        assert factlog(*words).code == 0
    finally:
        authority[1].chain = None
    assert factlog("log", "--verify", *named(authority)[2:]).code == 0
    done = factlog("log", "--verify", "--authority-certificate", str(authority[1].other))
    assert "does not hold" in done.err


def test_the_authority_can_stand_in_the_defaults(
    factlog: Factlog, here: Path, authority: tuple[str, Authority]
) -> None:
    stamp(factlog, authority)
    (here / "factlog.toml").write_text(
        f'[log]\nauthority = "{authority[0]}"\nauthority-certificate = "{authority[1].root}"\n'
    )
    assert factlog("log", "--stamp").code == 0
    assert factlog("undo", "--yes").code == 0
    assert factlog("log", "--verify").out.count("\n") == 1


def test_another_authority_does_not_vouch_for_it(
    factlog: Factlog, authority: tuple[str, Authority]
) -> None:
    factlog(*stamp(factlog, authority))
    other = str(authority[1].other)
    for words in (
        ("log", "--verify", "--authority-certificate", other),
        ("log", "--stamp", "--authority", authority[0], "--authority-certificate", other),
    ):
        done = factlog(*words)
        assert (done.code, done.err.count("\n")) == (2, 2)
        assert "does not hold: it was not signed under the certificate given.\n" in done.err
    assert len(Store.open("facts.db").stamps()) == 1


@pytest.mark.parametrize(
    ("answer", "status", "told"),
    [
        (b"", 200, "does not hold: it is no time stamp."),
        (b"rubbish", 200, "does not hold: it is no time stamp."),
        (bytes.fromhex("30053003020100"), 200, "does not hold: it is no time stamp."),
        (b"x" * 200_000, 200, "does not hold: it is no time stamp."),
        (bytes.fromhex("30053003020102"), 200, "does not hold: the authority refused to give one."),
        (None, 500, "gave no time stamp: the answer was 500 Internal Server Error."),
    ],
)
def test_an_authority_that_answers_otherwise_is_told(
    factlog: Factlog, authority: tuple[str, Authority], answer: bytes | None, status: int, told: str
) -> None:
    words = stamp(factlog, authority)
    authority[1].answer, authority[1].status = answer, status
    try:
        done = factlog(*words)
    finally:
        authority[1].answer, authority[1].status = None, 200
    assert (done.code, done.out) == (2, "")
    problem, instead = done.err.splitlines()
    assert problem.endswith(told)
    assert instead == "Try later, or name another authority."
    assert factlog("log", "-f", "json").out.count('"event"') == 1


def test_the_answer_to_another_question_is_not_taken(
    factlog: Factlog, authority: tuple[str, Authority]
) -> None:
    words = stamp(factlog, authority)
    factlog(*words)
    with Store.open("facts.db") as store:
        authority[1].answer = store.stamps()[0].token
    try:
        done = factlog(*words)
    finally:
        authority[1].answer = None
    assert done.code == 2
    assert "does not hold: it answers another question.\n" in done.err


@pytest.mark.parametrize("column", ["event", "hash", "authority", "token", "root", "at", "uid"])
def test_every_value_of_a_stamp_is_covered(
    factlog: Factlog, here: Path, authority: tuple[str, Authority], column: str
) -> None:
    factlog(*stamp(factlog, authority))
    new = "2" if column == "event" else "'changed'"
    by_hand(here / "facts.db", f"update stamp set {column} = {new}")
    assert factlog("log", "--verify").code == 4


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("log", "--stamp"), "needs an authority and its root certificate"),
        (
            ("log", "--stamp", "--authority", "http://127.0.0.1:1/"),
            "needs an authority and its root certificate",
        ),
        (("log", "--verify", "--authority-certificate", "nix"), "Cannot read a certificate in nix"),
        (
            ("log", "--stamp", "--authority", "ftp://a", "--authority-certificate", "facts.toml"),
            "gave no time stamp: it is no link",
        ),
        (
            *(("log", "--stamp", "--authority", "http://127.0.0.1:1/"),),
            "needs an authority and its root certificate",
        ),
        (
            (
                *("log", "--stamp", "--authority", "http://127.0.0.1:1/"),
                *("--authority-certificate", "facts.toml"),
            ),
            "gave no time stamp: Connection refused",
        ),
    ],
)
def test_what_cannot_be_stamped_is_told(
    factlog: Factlog, here: Path, words: tuple[str, ...], problem: str
) -> None:
    factlog("add", "Fire", "3 killed", "--source", "Ministry")
    (here / "facts.toml").write_text("no certificate")
    done = factlog(*words)
    assert (done.code, done.out, done.err.count("\n")) == (2, "", 2)
    assert problem in done.err
