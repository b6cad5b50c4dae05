// What the reviewer decided: kept in this browser, exported and loaded as JSON. Nothing here touches the page.
const data = JSON.parse(document.getElementById("data").textContent);
const FORMAT = "1.0";
const VERDICTS = ["accepted", "rejected", "undecided"];
const edits = data.edits.map(([id, phase, path, line, risk, proof, shape, hunk, engines, references, text], index) => ({
  id, phase, path: data.paths[path], line, risk, proof, shape, hunk, engines, references, text, index,
}));
const byId = new Map(edits.map((edit) => [edit.id, edit]));

// A page from disk may have no storage, or one that throws when it is asked for.
const storage = (() => {
  try {
    const found = window.localStorage;
    found.setItem("consolidate:probe", "1");
    found.removeItem("consolidate:probe");
    return found;
  } catch {
    return null;
  }
})();

function recall(key) {
  try {
    return storage && JSON.parse(storage.getItem(key));
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    if (storage) storage.setItem(key, JSON.stringify(value));
  } catch {
    // full, or forbidden meanwhile: the decisions last as long as the page is open
  }
}

// By commit: another plan of the same commit has the same edits under the same names.
const KEY = `consolidate:review:${data.migration}:${data.commit}`;
const UNDECIDED = { verdict: "undecided", comment: "" };
const decisions = new Map();

function clean(entry) {
  if (!entry || typeof entry !== "object") return null;
  const verdict = VERDICTS.includes(entry.verdict) ? entry.verdict : "undecided";
  return { verdict, comment: typeof entry.comment === "string" ? entry.comment.slice(0, 4000) : "" };
}

for (const [id, [verdict, comment]] of Object.entries(data.decisions)) decisions.set(id, clean({ verdict, comment }));
for (const [id, entry] of Object.entries(recall(KEY) || {})) {
  const found = clean(entry);
  if (found && byId.has(id)) decisions.set(id, found);
}

function decisionOf(edit) {
  return decisions.get(edit.id) || UNDECIDED;
}

function save() {
  keep(KEY, Object.fromEntries(decisions));
}

function decide(edit, change) {
  decisions.set(edit.id, { ...decisionOf(edit), ...change });
}

// What a rejection holds: the whole file, or, where a shim is deleted in the end, that deletion.
function heldBy(edit) {
  return targetOf(edit.path, data.shapes[edit.shape][1] === "remove-shim");
}

function targetOf(path, deletion) {
  return deletion ? `${path}\0` : path;
}

// The first rejected edit of each file or deletion.
function holders() {
  const found = new Map();
  for (const edit of edits) {
    if (decisionOf(edit).verdict === "rejected" && !found.has(heldBy(edit))) found.set(heldBy(edit), edit);
  }
  return found;
}

// What the planner says that a rejection keeps back in other files, by the path of the rejected one.
const keptWith = new Map(data.kept.map(([path, found]) => [data.paths[path], found.map(
  ([other, fate, told, reason]) => ({ path: data.paths[other], fate, told, reason }))]));
const unasked = new Set(data.unasked.map((path) => data.paths[path]));
const undeleted = data.undeleted.map((path) => (
  { path: data.paths[path], fate: "kept", told: "is not deleted", reason: "the shims go together" }));

function keptBy(edit) {
  if (heldBy(edit) === edit.path) return keptWith.get(edit.path) || [];
  return undeleted.filter(({ path }) => path !== edit.path);
}

// What is kept back now, beside what is rejected: each with the edit whose rejection does so.
function keptBack(holding) {
  const found = new Map();
  for (const by of holding.values()) {
    for (const item of keptBy(by)) {
      const target = targetOf(item.path, item.fate === "kept");
      if (!holding.has(target) && !found.has(target)) found.set(target, { ...item, by });
    }
  }
  return found;
}

function exported() {
  const told = edits.filter((edit) => decisions.has(edit.id)).map((edit) => {
    const { verdict, comment } = decisionOf(edit);
    return { id: edit.id, path: edit.path, line: edit.line, verdict, comment };
  });
  const head = { format_version: FORMAT, migration: data.migration, commit: data.commit, plan: data.plan };
  return `${JSON.stringify({ ...head, decisions: told }, null, 1)}\n`;
}

// Returns how many decisions were taken over, or throws an Error with the reason for the reader.
function load(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error("The file is no JSON.");
  }
  if (!file || !Array.isArray(file.decisions) || String(file.format_version).split(".")[0] !== "1") {
    throw new Error("The file holds no decisions of format 1.");
  }
  if (file.migration !== data.migration) throw new Error("The decisions are of another migration.");
  let count = 0;
  for (const entry of file.decisions) {
    const found = clean(entry);
    if (found && byId.has(entry.id)) {
      decisions.set(entry.id, found);
      count += 1;
    }
  }
  save();
  return [count, file.decisions.length];
}
