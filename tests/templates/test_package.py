"""The templates are data of the package: they are found in a wheel, also one that was never unpacked."""

import subprocess
import sys
import zipfile
from pathlib import Path

import templates

CODE = """
import sys
sys.path[:] = [path for path in sys.path if "site-packages" in path or "python3" in path or path.endswith(".zip")]
import templates.shim
assert "jinja2" not in sys.modules
from templates.render import render_shim
assert ".zip" in sys.modules["templates.render"].__file__
print(len(render_shim(templates.shim.Shim("app.old", (), (), False, "name", "", ""))))
"""


def test_templates_render_out_of_a_zip_and_jinja2_is_imported_by_one_module_only(tmp_path: Path) -> None:
    folder = Path(templates.__file__).parent
    archive = tmp_path / "wheel.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for path in sorted(folder.iterdir()):
            if path.is_file():
                file.write(path, f"templates/{path.name}")
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", CODE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(archive)},
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 1000
