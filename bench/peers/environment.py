"""The Python environment of the peers: build/peers/venv, made from requirements.txt (pinned, with hashes).

    environment.py FOLDER    makes it there, unless it is there already
"""

import json
import pathlib
import subprocess
import sys
import venv

REQUIREMENTS = pathlib.Path(__file__).with_name("requirements.txt")


def split_requirements(text: str) -> dict[str, str]:
    """Package → its part of the file: the line that pins it and the hashes below."""
    parts: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            name = line.split("==")[0].strip()
            parts[name] = ""
        if name:
            parts[name] += line + "\n"
    return parts


def installed_python(folder: pathlib.Path) -> pathlib.Path:
    return folder / "bin" / "python"


def pip_install(folder: pathlib.Path, requirements: pathlib.Path) -> str | None:
    """None when all went well, else what pip says. Dependencies are not resolved: the file is complete."""
    done = subprocess.run([installed_python(folder), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                           "--no-deps", "--require-hashes", "-r", requirements],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          check=False)
    if done.returncode == 0:
        return None
    lines = done.stdout.strip().splitlines() or ["pip failed"]
    return next((line for line in lines if line.startswith("ERROR")), lines[-1])


def install_one_by_one(folder: pathlib.Path) -> dict[str, str]:
    """Package → why it could not be installed."""
    failed = {}
    for name, part in split_requirements(REQUIREMENTS.read_text(encoding="utf-8")).items():
        single = folder / "one-requirement.txt"
        single.write_text(part, encoding="utf-8")
        if problem := pip_install(folder, single):
            failed[name] = problem
    return failed


def ensure(folder: pathlib.Path) -> dict[str, str]:
    """Makes the environment unless it is there, and returns what could not be installed: package → reason. An
    incomplete environment is tried again the next time."""
    stamp = folder / "installed.json"
    wanted = REQUIREMENTS.read_text(encoding="utf-8")
    if stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == wanted:
        return {}
    print("Installing the packages of bench/peers/requirements.txt", file=sys.stderr)
    try:
        venv.create(folder, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:  # Debian without python3-venv
        return dict.fromkeys(split_requirements(wanted), f"no Python environment could be made: {error}")
    if pip_install(folder, REQUIREMENTS) is None:
        stamp.write_text(json.dumps(wanted), encoding="utf-8")
        return {}
    return install_one_by_one(folder)


if __name__ == "__main__":
    sys.exit("\n".join(f"{name}: {why}" for name, why in ensure(pathlib.Path(sys.argv[1])).items()) or 0)
