"""Schemathesis asks the API whatever its description allows, and what it forbids, and finds nothing.

    openapi.py COPYDESK [OPTIONS OF SCHEMATHESIS]      the sample archive, served by COPYDESK

`--max-examples 400 --seed 2` asks ten times as often as scripts/test does, and for other things.
"""
import collections, json, os, re, subprocess, sys, tempfile
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent

# A second; the server answers 500 to an address, and 2,000 at once.
RATE = "300/s"

# Cases of each operation while fuzzing.
EXAMPLES = "40"


def main(copydesk, options):
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "sample")
        subprocess.run([copydesk, "demo", archive], check=True, capture_output=True)
        server = subprocess.Popen([copydesk, "serve", archive, "--port", "0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            url = server.stdout.readline().strip()
            report = Path(folder, "events.ndjson")
            with urlopen(f"{url}api/v1/stories?each=version&limit=200") as answer:
                rows = json.load(answer)["rows"]
            ids = [row[name] for row in rows for name in ("story", "version")]
            environment = os.environ | {"SCHEMATHESIS_HOOKS": "openapi_checks", "PYTHONPATH": str(HERE), "COPYDESK_IDS": json.dumps(ids)}
            command = [sys.executable, "-m", "schemathesis.cli", "run", f"{url}api/v1/openapi.json", "--checks", "all",
                       "--exclude-checks", "positive_data_acceptance", "--phases", "examples,coverage,fuzzing,stateful", "--mode", "all",
                       "--max-examples", EXAMPLES, "--seed", "1", "--rate-limit", RATE, "--continue-on-failure",
                       "--report", "ndjson", "--report-ndjson-path", str(report), *options]
            run = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True)
            if run.returncode != 0:
                sys.exit(f"{run.stdout}{run.stderr}\nopenapi: Schemathesis found something")
            answers = answered(report)
        finally:
            server.kill()
            server.wait()
    with_answer = {operation for operation, status in answers if status == 200}
    operations = {operation for operation, _ in answers}
    # What never answers was not tested; links and examples of the description see to it.
    if operations != with_answer or len(operations) != 14:
        sys.exit(f"openapi: nothing was found at {sorted(operations - with_answer)} of {len(operations)} addresses")
    cases = sum(answers.values())
    statuses = collections.Counter()
    for (_, status), number in answers.items():
        statuses[status] += number
    said = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))
    print(f"Schemathesis asked {len(operations)} addresses {cases} times ({said}) and found nothing")
    print(f"{cases} checks passed")


def answered(report):
    """How often each operation answered with each status."""
    answers = collections.Counter()
    for line in report.read_text().splitlines():
        event = json.loads(line).get("ScenarioFinished", {})
        for interaction in ((event.get("recorder") or {}).get("interactions") or {}).values():
            path = re.sub(r"^(/api/v1/stories|/story)/[^/]*", r"\1/{id}", urlsplit(interaction["request"]["uri"]).path)
            answers[path, (interaction.get("response") or {}).get("status_code")] += 1
    return answers


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
