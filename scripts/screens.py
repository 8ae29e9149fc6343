"""The screens in README.md are what copydesk prints.

    screens.py COPYDESK            fail where a screen is another
    screens.py COPYDESK --write    put the screens of now into README.md

A screen is a `text` block: that of `copydesk demo`, without its last lines, or one whose first line is `$ copydesk ...`, run where the
demo's archive is called `sample`. A last line `  ...` stands for the rest.
"""
import re, shlex, subprocess, sys, tempfile
from pathlib import Path


def main(copydesk, write):
    copydesk, readme = Path(copydesk).resolve(), Path("README.md")
    with tempfile.TemporaryDirectory() as folder:
        def screen(arguments):
            done = subprocess.run([copydesk, *arguments], cwd=folder, capture_output=True, text=True)
            if done.returncode:
                sys.exit(f"screens: `copydesk {shlex.join(arguments)}` ended with {done.returncode}: {done.stderr.strip()}")
            return done.stdout.strip("\n")

        demo = screen(["demo", "sample"]).split("\nMade in ")[0].strip("\n")

        def now(block):
            shown = block.group(1).strip("\n")
            if not shown.startswith("$ copydesk "):
                return f"```text\n{demo}\n```"
            command, *rest = shown.split("\n")
            lines = screen(shlex.split(command)[2:]).split("\n")
            if rest and rest[-1] == "  ...":
                lines = lines[:len(rest) - 1] + ["  ..."]
            return "```text\n" + "\n".join([command, *lines]) + "\n```"

        text = readme.read_text(encoding="utf-8")
        new, screens = re.subn(r"```text\n(.*?)\n```", now, text, flags=re.S)
    if write:
        readme.write_text(new, encoding="utf-8")
    elif new != text:
        for k, (a, b) in enumerate(zip(text.split("\n"), new.split("\n")), 1):
            if a != b:
                sys.exit(f"screens: README.md line {k} shows\n  {a}\nbut copydesk prints\n  {b}\nrun `python3 scripts/screens.py {copydesk.name} --write` and read the change")
        sys.exit("screens: README.md shows more or less than copydesk prints")
    print(f"{screens} checks passed")


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv[2:])
