"""Asks the local server with programs that know nothing of annals: `ask.py ANNALS INPUT…`. Exit status 1 if one is not answered
as the server promises: the description of the interface, requests made from it, feeds, tools for language models."""

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import feedparser
import openapi_spec_validator
from mcp import Client
from mcp.client.stdio import StdioServerParameters

HERE = Path(__file__).resolve().parent
# Requests made of each operation in each phase; more where a whole evening is at hand.
EXAMPLES = os.environ.get("EXAMPLES", "20")


class Server:
    """A server over an archive, ended with the block."""

    def __init__(self, annals, archive):
        command = [annals, "serve", archive, "--port", "0"]
        self.child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.child.stdout.readline().strip()
        self.token = self.child.stderr.readline().split()[-1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        assert self.child.wait(timeout=20) == 0, "it did not end as told"

    def get(self, path):
        with urllib.request.urlopen(self.url + path) as answer:
            return answer.read().decode("utf-8")

    def json(self, path):
        return json.loads(self.get(path))


def check_description(server):
    description = server.json("api/v1/openapi.json")
    openapi_spec_validator.validate(description)
    return f"{len(description['paths'])} paths in OpenAPI {description['openapi']}"


def check_requests(server, folder):
    """Valid and broken requests made from the description: every answer must be one that it promises."""
    command = [
        Path(sys.executable).parent / "schemathesis", "--config-file", HERE / "schemathesis.toml",
        "run", server.url + "api/v1/openapi.json", "--header", f"X-Annals-Token: {server.token}",
        "--checks", "all", "--max-examples", EXAMPLES, "--seed", "1", "--generation-database", "none",
    ]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    told = [line[:300] for line in (done.stdout + done.stderr).splitlines()]
    assert done.returncode == 0, "\n".join(told)
    return next(line.strip() for line in told if " generated, " in line)


def check_feeds(server):
    story = max(server.json("api/v1/stories")["stories"], key=lambda s: s["reports"])["id"]
    atom = feedparser.parse(server.get(f"story/{story}/feed.atom"))
    assert not atom.bozo and atom.entries, atom.get("bozo_exception")
    feed = server.json(f"story/{story}/feed.json")
    assert feed["version"] == "https://jsonfeed.org/version/1.1" and feed["title"] == atom.feed.title, feed
    entries = [(entry.id, entry.title, entry.content[0].value) for entry in atom.entries]
    assert [(item["id"], item["title"], item["content_text"]) for item in feed["items"]] == entries
    assert len({id for id, *_ in entries}) == len(entries), "an id stands twice"
    return f"{len(entries)} entries, the same as JSON Feed and Atom"


async def call_tools(target, mode):
    """Lists and calls every tool; returns how many there are and the protocol's version."""
    async with Client(target, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}

        async def call(name, **arguments):
            result = await client.call_tool(name, arguments)
            assert not result.is_error, (name, result)
            del tools[name]
            return result.structured_content["untrusted_from_reports"]

        count = len(tools)
        found = await call("search", q="the", rows="statements")
        story = found["found"][0]["story"]
        texts = (await call("story", story=story))["reports"]
        assert texts, "a story has reports"
        for line in (await call("timeline", story=story))["timeline"]:
            assert line["evidence"] and all(len(passage["report"]) == 32 for passage in line["evidence"]), line
        await call("origins", story=story)
        await call("changes_since", story=story, since="1990-01-01")
        quote = found["found"][0]["rows"][0]["evidence"][0]["exact"]
        held = await call("quote_check", quote=quote, story=story)
        assert held["verdict"] == "exact", held
        statement = held["versions"][0]["statement"]["id"]
        said = await call("statement_evidence", story=story, statement=statement)
        assert said["statement"]["content"]["exact"] in said["context"]["exact"]
        assert not tools, f"not called: {', '.join(tools)}"
        wrong = await client.call_tool("timeline", {"story": "../../etc/passwd"})
        assert wrong.is_error, wrong
        return count, client.protocol_version


def check_tools(server, annals, archive):
    targets = {"HTTP": server.url + "mcp", "stdio": StdioServerParameters(command=annals, args=["mcp", archive])}
    told = []
    for name, target in targets.items():
        for mode in ("legacy", "auto"):
            count, version = asyncio.run(call_tools(target, mode))
            told.append(f"{name} {version}")
    return f"{count} tools listed and called over {', '.join(told)}"


def check_strangers(server):
    """What pages of other sites may send: none of it is answered."""
    for header in ({"Origin": "http://elsewhere.test"}, {"Host": "elsewhere.test"}, {"Sec-Fetch-Site": "cross-site"}):
        for path in ("", "api/v1/stories", "mcp"):
            try:
                urllib.request.urlopen(urllib.request.Request(server.url + path, headers=header))
                raise AssertionError(f"{header} was answered at /{path}")
            except urllib.error.HTTPError as error:
                assert error.code == 403, (header, path, error.code)
    return "other sites and names are turned away"


def main():
    annals, *inputs = sys.argv[1:]
    annals = str(Path(annals).resolve())
    with tempfile.TemporaryDirectory() as folder:
        archive = str(Path(folder) / "archive")
        subprocess.run([annals, "add", archive, *inputs], check=True, stdout=subprocess.DEVNULL)
        with Server(annals, archive) as server:
            print("strangers:", check_strangers(server))
            print("feeds:", check_feeds(server))
            print("tools:", check_tools(server, annals, archive))
            print("description:", check_description(server))
            # Last: it decides that names are one, and takes it back, many times over.
            print("requests:", check_requests(server, folder))


if __name__ == "__main__":
    main()
