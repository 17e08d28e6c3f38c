"""Runs schemathesis against a demo desk of its own, as an administrator and as a user.

python schemathesis.py [OPTION OF SCHEMATHESIS...]; SPOC_BINARY names another binary, SPOC_EXAMPLES the
number of examples for each operation.
"""

import concurrent.futures
import http.cookiejar
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from datetime import datetime, timedelta, timezone

ROOT = pathlib.Path(__file__).resolve().parent.parent
BINARY = os.environ.get("SPOC_BINARY", str(ROOT / "target/debug/spoc"))
EXAMPLES = os.environ.get("SPOC_EXAMPLES", "8")
# The token in use is not among the first numbers, which examples like to revoke.
SPARE = 12
# What is right by the schema may still name a team that is not there; whether what is right is taken is
# told by the stories of tests/api.
LEFT_OUT_CHECKS = "positive_data_acceptance"
# It answers for as long as somebody listens.
LEFT_OUT_PATH = "/api/v1/events/stream"


def demo(folder):
    """Makes the company; answers log-in and password by role."""
    told = subprocess.run(
        [BINARY, "demo", "--data", folder, "--seed", "7", "--people", "80", "--tickets", "100", "--log-level", "error"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ).stdout
    return {role: (login, password) for role, login, password in re.findall(r"^\s+(\w+)\s+(\S+@\S+)\s+(\S+)", told, re.MULTILINE)}


def serve(folder):
    desk = subprocess.Popen(
        [BINARY, "serve", "--data", folder, "--listen", "127.0.0.1:0", "--limits-anonymous-per-second", "5000",
         "--limits-person-per-second", "5000", "--log-level", "error"],
        stdout=subprocess.PIPE, text=True,
    )
    for line in desk.stdout:
        ready = re.search(r"ready at (http://\S+)", line)
        if ready:
            return desk, ready.group(1)
    raise SystemExit("the desk did not start")


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Person:
    """Somebody who is signed in, as in a browser."""

    def __init__(self, base, login, password):
        self.base = base
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Stay)
        form = urllib.parse.urlencode({"email": login, "password": password}).encode()
        try:
            self.browser.open(urllib.request.Request(f"{base}/login", data=form, headers={"Origin": base}))
        except urllib.error.HTTPError as answer:
            if answer.code != 303:
                raise

    def ask(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        headers = {"Origin": self.base, "Content-Type": "application/json"}
        with self.browser.open(urllib.request.Request(f"{self.base}/api/v1{path}", data=data, headers=headers)) as answer:
            return json.load(answer)

    def token(self):
        ends = (datetime.now(timezone.utc) + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
        wanted = {"name": "schemathesis", "scopes": ["read", "write"], "expires_at": ends}
        return [self.ask("/tokens", wanted)["token"] for _ in range(SPARE)][-1]


def with_tokens(administrator, user):
    """A plain user has no tokens: the administrator makes a role that adds them, and grants it."""
    role = administrator.ask("/roles/user")
    verbs = {**role["verbs"], "token.manage": "own"}
    body = {"names": role["names"], "verbs": verbs, "hidden": role["hidden"], "active": True}
    administrator.ask("/roles", {"key": "user_with_tokens", "role": body, "tenant": 0})
    administrator.ask("/grants", {"person": user.ask("/me")["person"], "role": "user_with_tokens", "tenant": 0})


def run(base, role, token):
    begun = time.monotonic()
    tool = pathlib.Path(sys.executable).parent / "schemathesis"
    ended = subprocess.run(
        [str(tool), "--config-file", str(ROOT / "scripts/schemathesis.toml"), "run", f"{base}/api/v1/openapi.json", "--header", f"Authorization: Bearer {token}",
         "--exclude-checks", LEFT_OUT_CHECKS, "--exclude-path", LEFT_OUT_PATH, "--max-examples", EXAMPLES,
         "--phases", "examples,coverage,fuzzing", "--seed", "7", "--workers", "1", "--request-timeout", "20", "--no-color", *sys.argv[1:]],
        cwd=ROOT / "target", check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )
    print(ended.stdout, f"== schemathesis as {role}: {time.monotonic() - begun:.0f} s", sep="", flush=True)
    return ended.returncode == 0


def main():
    with tempfile.TemporaryDirectory(prefix="spoc-schemathesis-") as folder:
        log_ins = demo(folder)
        desk, base = serve(folder)
        try:
            people = {role: Person(base, *log_ins[role]) for role in ("administrator", "user")}
            with_tokens(people["administrator"], people["user"])
            # Side by side: the tool itself takes one processor each, and is not safe with threads.
            with concurrent.futures.ThreadPoolExecutor() as pool:
                good = list(pool.map(lambda role: run(base, role, people[role].token()), people))
        finally:
            desk.terminate()
            desk.wait(60)
    sys.exit(0 if all(good) else 1)


main()
