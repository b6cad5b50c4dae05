"""The settings under which git runs here, so that nothing which the repository brings along is ever executed.

A repository's own configuration can name programs for hooks, fsmonitor, filters, textconv, external diff, signing,
transport and paging (git-config(1)). Options given by `-c` win over every configuration file; what no option can
turn off (filters, textconv, external diff) is never asked for: only plumbing runs, with the flags against it.
"""

from __future__ import annotations

# Options that stand before every command.
OPTIONS: tuple[str, ...] = (
    "--no-pager",
    *(
        part
        for setting in (
            "core.fsmonitor=false",
            "core.hooksPath=/dev/null",
            "core.pager=cat",
            "core.editor=false",
            "core.askPass=",
            "core.sshCommand=false",
            "core.alternateRefsCommand=",
            "credential.helper=",
            "protocol.allow=never",
            "gpg.program=false",
            "gpg.ssh.program=false",
            "gpg.x509.program=false",
            "log.showSignature=false",
            "submodule.recurse=false",
            "color.ui=false",
            "gc.auto=0",
            "maintenance.auto=false",
            "i18n.commitEncoding=UTF-8",
            "i18n.logOutputEncoding=UTF-8",
        )
        for part in ("-c", setting)
    ),
)

# What every git process finds in its environment, beside the user's own.
ENVIRONMENT: dict[str, str] = {
    "LC_ALL": "C",
    "LANGUAGE": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "false",
    "GIT_ASKPASS": "",
    "GIT_SSH_COMMAND": "false",
    # A blob that a partial clone lacks is reported as missing. Older gits don't know the first; no protocol is called
    # "none", so the second stops a fetch there.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    # An object id means these very bytes: refs/replace would make hashes and contents disagree.
    "GIT_NO_REPLACE_OBJECTS": "1",
}

# Variables that point git at another repository, as a git hook or an alias leaves them behind (`git rev-parse
# --local-env-vars`, without those that carry configuration): the folder that the user named decides instead. And those
# that change what a path means (git(1), "environment variables"): git would not find a file, or find another one.
FORGOTTEN: tuple[str, ...] = (
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_GRAFT_FILE",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_INTERNAL_SUPER_PREFIX",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
)

# For an index that only serves to make a tree: complete, in one file, and with every spelling of `.git` refused.
SCRATCH_INDEX: tuple[str, ...] = (
    "core.splitIndex=false",
    "index.sparse=false",
    "core.sparseCheckout=false",
    "core.protectHFS=true",
    "core.protectNTFS=true",
)

# An author is somebody: user@host made up by git is no identity.
IDENTITY: tuple[str, ...] = ("user.useConfigOnly=true",)
