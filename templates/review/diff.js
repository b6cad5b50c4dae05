// A hunk as elements: unified, or side by side.
function code(pieces, kind, python) {
  const made = element("code", { class: pieces ? kind : "none" });
  if (pieces) paint(made, pieces, python);
  return made;
}

function unifiedRow(kind, oldLine, newLine, pieces, python) {
  const signs = { del: "-", add: "+", "": " " };
  const line = element("div", { class: `row ${kind}` });
  line.append(
    element("span", {}, oldLine), element("span", {}, newLine), element("span", { class: "sign" }, signs[kind]),
    code(pieces, "", python),
  );
  return line;
}

function unified(hunk, python) {
  const [oldStart, newStart, , rows] = hunk;
  const lines = [];
  let [oldLine, newLine] = [oldStart, newStart];
  for (let index = 0; index < rows.length;) {
    if (typeof rows[index] === "string") {
      lines.push(unifiedRow("", oldLine, newLine, [rows[index]], python));
      oldLine += 1;
      newLine += 1;
      index += 1;
      continue;
    }
    let end = index;
    while (end < rows.length && typeof rows[end] !== "string") end += 1;
    const changed = rows.slice(index, end);
    for (const [old] of changed) if (old) lines.push(unifiedRow("del", oldLine++, "", old, python));
    for (const [, made] of changed) if (made) lines.push(unifiedRow("add", "", newLine++, made, python));
    index = end;
  }
  return lines;
}

function split(hunk, python) {
  const [oldStart, newStart, , rows] = hunk;
  let [oldLine, newLine] = [oldStart, newStart];
  return rows.map((row) => {
    const same = typeof row === "string";
    const [old, made] = same ? [[row], [row]] : row;
    return element("div", { class: "row" },
      element("span", {}, old ? oldLine++ : ""), code(old, same ? "" : "del", python),
      element("span", {}, made ? newLine++ : ""), code(made, same ? "" : "add", python));
  });
}

const FIRST = 40; // lines that are shown at once
const narrow = window.matchMedia("(max-width: 700px)");

function difference(edit, view) {
  const hunk = data.hunks[edit.hunk];
  if (!hunk) return element("p", { class: "note" }, "The file changes as a whole, and has no text.");
  const python = /\.(py|pyi|ipynb)$/.test(edit.path);
  const sides = view === "split" && !narrow.matches;
  const made = element("div", { class: sides ? "diff split" : "diff", role: "group", tabindex: "-1", "aria-label": `Difference in ${edit.path}` });
  const lines = (sides ? split : unified)(hunk, python);
  const rest = lines.splice(FIRST);
  made.append(...lines);
  if (rest.length) {
    const more = element("button", { type: "button", class: "rest" }, `Show ${rest.length} more lines`);
    more.addEventListener("click", () => { more.replaceWith(...rest); made.focus(); });
    made.append(more);
  }
  if (hunk[2]) {
    made.append(element("div", { class: "cut" }, `${hunk[2]} lines are not here: consolidate diff --phase ${edit.phase}`));
  }
  return made;
}
