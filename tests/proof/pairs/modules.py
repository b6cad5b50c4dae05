"""Names reached through a module: aliases, dotted imports, submodules and stars."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
    "module alias": (
        "import pkg.oldmod as m\nm.Thing(), m.rest\n",
        "import pkg.newmod as m\nm.Item(), m.rest\n",
    ),
    "module alias to explicit import": ("import pkg.legacy as m\nm.Eng()\n", MOVED + "UserEng()\n"),
    "module alias, one name moves": (
        "import pkg.legacy as m\nm.Eng(m.other)\n",
        "import pkg.legacy as m\nfrom pkg.core import UserEng\nUserEng(m.other)\n",
    ),
    "plain dotted import": (
        "import pkg.legacy\nx = pkg.legacy.Eng()\n",
        "import pkg.core\nx = pkg.core.UserEng()\n",
    ),
    "plain dotted import of another top package": (
        "import legacy\nx = legacy.Eng()\n",
        "import core\nx = core.UserEng()\n",
    ),
    "plain dotted import, another one stays": (
        "import pkg.legacy\nimport pkg.other\npkg.legacy.Eng(pkg.other.x)\n",
        "import pkg.core\nimport pkg.other\npkg.core.UserEng(pkg.other.x)\n",
    ),
    "from package import module": (
        "from pkg import oldmod\noldmod.Thing(oldmod.x)\n",
        "from pkg import newmod\nnewmod.Item(newmod.x)\n",
    ),
    "star becomes explicit": (
        "from pkg.legacy import *\nEng(make, other)\n",
        (
            "from pkg.core import UserEng\nfrom pkg.factory import create\nfrom pkg.legacy import other\n"
            "UserEng(create, other)\n"
        ),
    ),
    "star stays, one import beside it": (
        "from pkg.legacy import *\nEng(other)\n",
        "from pkg.legacy import *\nfrom pkg.core import UserEng\nUserEng(other)\n",
    ),
    "symbol to its module": (IMPORT + "Eng()\n", "from pkg import core\ncore.UserEng()\n"),
    "assignment through a module": (
        "import pkg.oldmod as m\nm.Thing = 1\ndel m.Thing\n",
        "import pkg.newmod as m\nm.Item = 1\ndel m.Item\n",
    ),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    "module alias, wrong member": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg.newmod as m\nm.Thing()\n",
        "which it does not move to",
    ),
    "module alias, member renamed only": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg.oldmod as m\nm.Item()\n",
        "which it does not move to",
    ),
    "plain import loses another submodule": (
        "import pkg.legacy\npkg.legacy.Eng(pkg.legacy.other)\n",
        "import pkg.core\npkg.core.UserEng(pkg.legacy.other)\n",
        "not imported where",
    ),
    "plain import, submodule not loaded": (
        "import pkg.legacy\nimport pkg.app\npkg.legacy.Eng()\n",
        "import pkg.legacy\nimport pkg.app\npkg.core.UserEng()\n",
        "not imported where",
    ),
    "plain import, another name loses its binding": (
        "import legacy\nlegacy.Eng(legacy.x)\n",
        "import core\ncore.UserEng(legacy.x)\n",
        "'legacy' is not bound",
    ),
    "guarded module alias, member renamed": (
        "try:\n    import pkg.oldmod as m\nexcept ImportError:\n    m = None\nm.Thing\n",
        "try:\n    import pkg.newmod as m\nexcept ImportError:\n    m = None\nm.Thing\n",
        "which it does not move to",
    ),
    "star dropped, one use without import": (
        "from pkg.legacy import *\nEng(make)\n",
        MOVED + "UserEng(make)\n",
        "'make' is not bound",
    ),
    "unknown star dropped": ("from vendor import *\nEng()\n", MOVED + "Eng()\n", "is lost"),
    "symbol to a package that may not have loaded the module": (
        IMPORT + "Eng()\n",
        "import pkg\npkg.core.UserEng()\n",
        "not imported where",
    ),
    "module alias to a package that may not have loaded it": (
        "import pkg.oldmod as m\nm.Thing()\n",
        "import pkg as p\np.newmod.Item()\n",
        "not imported where",
    ),
}
