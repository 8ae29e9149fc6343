"""Virtual environments that rivals from PyPI are installed into."""
import subprocess, sys


def python(folder):
    """The interpreter of the virtual environment `folder`, which is made where it is missing."""
    found = folder / "bin" / "python"
    if not found.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    return found


def installs(python, *packages):
    """Does pip install them? Where not, they are named on standard error."""
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages])
    if done.returncode:
        print(f"rivals: `{' '.join(packages)}` will not install; it is left out", file=sys.stderr)
    return done.returncode == 0
