// Python's tokens, one line at a time: enough for a diff. Text becomes text nodes, never HTML.
const KEYWORDS = new Set(
  ("False None True and as assert async await break case class continue def del elif else except finally for from " +
   "global if import in is lambda match nonlocal not or pass raise return try type while with yield").split(" "),
);
const TOKEN = /(#.*)|((?:\b[rRbBuUfF]{1,2})?(?:"""[^]*?(?:"""|$)|'''[^]*?(?:'''|$)|"(?:\\.|[^"\\])*(?:"|$)|'(?:\\.|[^'\\])*(?:'|$)))|(@[\w.]+)|([\p{L}_][\p{L}\p{N}_]*)/gu;

// Returns [start, end, class] for the tokens of a line that have a colour, in order.
function tokens(line) {
  const found = [];
  let defines = false;
  for (const match of line.matchAll(TOKEN)) {
    const end = match.index + match[0].length;
    let kind = match[1] ? "c" : match[2] ? "s" : match[3] ? "d" : "";
    if (match[4]) {
      kind = KEYWORDS.has(match[4]) ? "k" : defines ? "d" : "";
      defines = match[4] === "def" || match[4] === "class";
    }
    if (kind) found.push([match.index, end, kind]);
  }
  return found;
}

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "class") made.className = value;
    else if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

// Fills `into` with a line in pieces, every second of them marked.
function paint(into, pieces, python) {
  const line = pieces.join("");
  const coloured = python ? tokens(line) : [];
  let next = 0;
  let start = 0;
  pieces.forEach((piece, index) => {
    if (!piece) return;
    const to = index % 2 ? into.appendChild(document.createElement("mark")) : into;
    const end = start + piece.length;
    let place = start;
    while (place < end) {
      while (next < coloured.length && coloured[next][1] <= place) next += 1;
      const token = coloured[next];
      const inside = token && token[0] <= place;
      const stop = Math.min(end, token ? (inside ? token[1] : token[0]) : end);
      const text = line.slice(place, stop);
      to.append(inside ? element("span", { class: token[2] }, text) : text);
      place = stop;
    }
    start = end;
  });
}
