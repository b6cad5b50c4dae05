"""Names in strings: annotations, `__all__`, paths to patch, attributes by name, f-strings."""

from __future__ import annotations

from tests.proof.pairs.allowed import IMPORT, MOVED

ACCEPTED: dict[str, tuple[str, str]] = {
    "quoted annotations": (
        "from typing import List, Optional, cast, TypeVar, Annotated\n" + IMPORT + "x: 'Optional[Eng]' = None\n"
        "y: List['Eng'] = []\nz = cast('Eng', y)\nT = TypeVar('T', bound='Eng')\na: Annotated['Eng', 'Eng'] = 1\n"
        "D = dict['Eng', int]\n",
        "from typing import List, Optional, cast, TypeVar, Annotated\n" + MOVED + "x: 'Optional[UserEng]' = None\n"
        "y: List['UserEng'] = []\nz = cast('UserEng', y)\nT = TypeVar('T', bound='UserEng')\n"
        "a: Annotated['UserEng', 'Eng'] = 1\nD = dict['UserEng', int]\n",
    ),
    "Literal is no annotation": (
        "from typing import Literal\n" + IMPORT + "x: Literal['Eng'] = Eng\n",
        "from typing import Literal\n" + MOVED + "x: Literal['Eng'] = UserEng\n",
    ),
    "__all__ is renamed with its name": (
        IMPORT + "__all__ = ['Eng', 'x']\nx = 1\n",
        MOVED + "__all__ = ['UserEng', 'x']\nx = 1\n",
    ),
    "__all__ extended": (
        IMPORT + "__all__ = []\n__all__ += ['Eng']\n__all__.extend(['Eng'])\n",
        MOVED + "__all__ = []\n__all__ += ['UserEng']\n__all__.extend(['UserEng'])\n",
    ),
    "__all__ keeps the name": (
        IMPORT + "__all__ = ['Eng']\n",
        "from pkg.core import UserEng as Eng\n__all__ = ['Eng']\n",
    ),
    "dotted strings": (
        "with patch('pkg.legacy.Eng') as m, patch('pkg.app.user.Eng'): m()\n",
        "with patch('pkg.core.UserEng') as m, patch('pkg.app.user.UserEng'): m()\n",
    ),
    "patch.object by name": (
        "import pkg.oldmod as m\npatch.object(m, 'Thing')\n",
        "import pkg.newmod as m\npatch.object(m, 'Item')\n",
    ),
    "getattr through a module left alone": (
        "import pkg.oldmod as m\ngetattr(m, 'Thing', None)\n",
        "import pkg.newmod as m\ngetattr(m, 'Item', None)\n",
    ),
}

# name: (before, after, part of the reason)
REFUSED: dict[str, tuple[str, str, str]] = {
    "quoted annotation left": (IMPORT + "x: 'Eng' = Eng()\n", MOVED + "x: 'Eng' = UserEng()\n", "'Eng' is not bound"),
    "quoted annotation broken": (IMPORT + "x: 'Eng'\n", MOVED + "x: 'User Eng'\n", "annotation"),
    "cast left": (
        "from typing import cast\n" + IMPORT + "cast('Eng', 1)\n",
        "from typing import cast\n" + MOVED + "cast('Eng', 1)\n",
        "'Eng' is not bound",
    ),
    "Literal changed": (
        "from typing import Literal\n" + IMPORT + "x: Literal['Eng'] = Eng\n",
        "from typing import Literal\n" + MOVED + "x: Literal['UserEng'] = UserEng\n",
        "became",
    ),
    "__all__ left": (IMPORT + "__all__ = ['Eng']\n", MOVED + "__all__ = ['Eng']\n", "'Eng' is not bound"),
    "__all__ renamed without the name": (
        IMPORT + "__all__ = ['Eng']\n",
        IMPORT + "__all__ = ['UserEng']\n",
        "'UserEng' is not bound",
    ),
    "__all__ renamed without agreement": (
        "from pkg.legacy import make\n__all__ = ['make']\n",
        "from pkg.factory import create\n__all__ = ['create']\n",
        "not agreed",
    ),
    "string changed": ("log('Eng started')\n", "log('UserEng started')\n", "became"),
    "string changed to the wrong value": ("patch('pkg.legacy.Eng')\n", "patch('pkg.core.Eng')\n", "became"),
    "docstring changed": (
        IMPORT + "def f():\n    'pkg.legacy.Eng'\n    return Eng\n",
        MOVED + "def f():\n    'pkg.core.UserEng'\n    return UserEng\n",
        "became",
    ),
    "f-string text changed": (IMPORT + "f'{Eng} Eng'\n", MOVED + "f'{UserEng} UserEng'\n", "became"),
    "f-string expression left": (IMPORT + "f'{Eng}'\n", MOVED + "f'{Eng}'\n", "'Eng' is not bound"),
    "f-string debug text": (IMPORT + "f'{Eng=}'\n", MOVED + "f'{UserEng=}'\n", "became"),
    "getattr name left": (
        "import pkg.oldmod as m\ngetattr(m, 'Thing')\n",
        "import pkg.newmod as m\ngetattr(m, 'Thing')\n",
        "which it does not move to",
    ),
}
