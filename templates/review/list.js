// The shapes and their edits. Cards are there only while they are near the window, so thousands cost little.
const RISK = ["low", "medium", "high"];
const groupsElement = document.getElementById("groups");
const opened = new Set();
const cards = new Map(); // by id, those that are there
const inFile = new Map();
for (const edit of edits) inFile.set(heldBy(edit), (inFile.get(heldBy(edit)) || 0) + 1);
let holding = holders();
let back = keptBack(holding);
let view = "unified";
const MOST_TOLD = 30; // files

function badge(text, kind = "") {
  return element("span", { class: `badge ${kind}` }, text);
}

function fill(edit) {
  const card = cards.get(edit.id);
  if (!card || card.dataset.filled === view) return;
  card.dataset.filled = view;
  const [, codemod] = data.shapes[edit.shape];
  const place = `${edit.path}:${edit.line}`;
  const title = element("h4", { id: `${edit.id}-t` }, element("a", { href: `#${edit.id}` }, place));
  const forms = [...new Set(edit.references.map(([form]) => form))];
  const head = element("div", { class: "line-up" }, title, badge(`phase ${edit.phase}`), badge(codemod),
    ...forms.map((form) => badge(form)), badge(`${RISK[edit.risk]} risk`, `risk-${RISK[edit.risk]}`),
    badge(edit.proof, edit.proof === "proved" ? "good" : "warn"));
  const references = element("ul", { class: "refs" }, ...edit.references.slice(0, 8).map(([, old, made]) =>
    element("li", {}, element("code", {}, old), " → ", element("code", {}, made))));
  if (edit.references.length > 8) references.append(element("li", {}, `and ${edit.references.length - 8} more`));
  card.replaceChildren(head, ...(edit.references.length ? [references] : []), difference(edit, view), actions(edit),
    besides(edit), element("p", { class: "why" }));
  mark(edit);
}

// What a rejection would take along, told before anybody rejects.
function besides(edit) {
  const others = inFile.get(heldBy(edit)) - 1;
  const same = others ? `${others} other ${others === 1 ? "edit" : "edits"} of this file` : "";
  const found = keptBy(edit);
  if (!found.length) {
    const open = unasked.has(edit.path) ? "What it keeps back in other files was not asked: consolidate review --interactive tells." : "";
    return element("p", { class: "besides" }, [same && `Rejecting it leaves ${same}.`, open].filter(Boolean).join(" "));
  }
  const files = `${found.length} other ${found.length === 1 ? "file" : "files"}`;
  return element("details", { class: "besides" },
    element("summary", {}, `Rejecting it keeps back ${same ? `${same} and ` : ""}${files}`),
    element("ul", {}, ...found.slice(0, MOST_TOLD).map(({ path, told, reason }) => element("li", {},
      element("code", {}, path), ` ${told}${reason ? `: ${reason}` : ""}`)),
    ...(found.length > MOST_TOLD ? [element("li", {}, `and ${found.length - MOST_TOLD} more`)] : [])));
}

function actions(edit) {
  const button = (name, verdict) => element("button", {
    type: "button", class: name, "aria-pressed": "false", onclick: () => toggle(edit, verdict),
  }, name === "accept" ? "Accept" : "Reject");
  const comment = element("textarea", {
    rows: "1", placeholder: "Comment", "aria-label": `Comment on ${edit.path}:${edit.line}`,
    onchange: (event) => { decide(edit, { comment: event.target.value }); changed(); },
  });
  comment.value = decisionOf(edit).comment;
  return element("div", { class: "actions" }, button("accept", "accepted"), button("reject", "rejected"), comment);
}

// Shows what was decided about an edit, and about its file, on the card if it is there.
function mark(edit) {
  const card = cards.get(edit.id);
  if (!card) return;
  const { verdict } = decisionOf(edit);
  const holder = holding.get(heldBy(edit));
  const held = holder && verdict !== "rejected";
  const kept = !holder && back.get(heldBy(edit));
  card.className = `edit ${held || kept ? "held" : verdict}`;
  if (!card.dataset.filled) return;
  card.querySelector(".accept").setAttribute("aria-pressed", String(verdict === "accepted"));
  card.querySelector(".reject").setAttribute("aria-pressed", String(verdict === "rejected"));
  const why = held ? `Left too: line ${holder.line} of this file is rejected.`
    : kept ? `This file ${kept.told}: ${kept.by.path}:${kept.by.line} is rejected.` : "";
  card.querySelector(".why").textContent = why;
}

function toggle(edit, verdict) {
  decide(edit, { verdict: decisionOf(edit).verdict === verdict ? "undecided" : verdict });
  changed();
}

function hold() {
  holding = holders();
  back = keptBack(holding);
}

function changed() {
  save();
  hold();
  for (const id of cards.keys()) mark(byId.get(id));
  tell();
}

// A chunk of cards is there while it is near the window; far away, it is a box as high as its cards were.
const CHUNK = 3;
const GUESS = 260; // px of a card that was never there
const BUDGET = 5; // ms of a frame
const SHELF = 90; // edits, of which far away not even the chunks are there: layout passes over every element
const chunks = new Map(); // elements with their edits
const shelves = new Map(); // the same
const shelfOf = new Map(); // by the id of an edit
const heights = new Map(); // px of chunks that were there, by the id of their first edit
const chunkOf = new Map(); // by the id of an edit
let coming = [];

function chunk(members) {
  const made = element("div", { class: "chunk" });
  made.style.minHeight = `${heights.get(members[0].id) || members.length * GUESS}px`;
  chunks.set(made, members);
  for (const edit of members) chunkOf.set(edit.id, made);
  near.observe(made);
  return made;
}

// Puts edits into an element: as shelves where they are many, else as chunks.
function place(into, members) {
  const many = members.length > SHELF;
  for (let start = 0; start < members.length; start += many ? SHELF : CHUNK) {
    into.append(many ? shelf(members.slice(start, start + SHELF)) : chunk(members.slice(start, start + CHUNK)));
  }
}

function shelf(members) {
  const made = element("div", { class: "shelf" });
  made.style.minHeight = `${members.length * GUESS}px`;
  shelves.set(made, members);
  for (const edit of members) shelfOf.set(edit.id, made);
  near.observe(made);
  return made;
}

function fillShelf(made) {
  if (made.childElementCount) return;
  place(made, shelves.get(made));
  made.style.minHeight = "";
}

function clearShelf(made, height) {
  if (!made.childElementCount || made.contains(document.activeElement)) return;
  made.style.minHeight = `${height}px`;
  releaseChunks(shelves.get(made));
  made.replaceChildren();
}

function build(made) {
  if (made.childElementCount) return;
  const members = chunks.get(made);
  for (const edit of members) {
    const card = element("article", { class: "edit", id: edit.id, tabindex: "-1", "aria-label": `${edit.path}:${edit.line}` });
    cards.set(edit.id, card);
    fill(edit);
    mark(edit);
  }
  made.replaceChildren(...members.map((edit) => cards.get(edit.id)));
  made.style.minHeight = "";
}

// Makes the chunk of an edit that is shown, wherever it is; tells whether it is.
function reach(edit) {
  if (!chunkOf.has(edit.id) && shelfOf.has(edit.id)) fillShelf(shelfOf.get(edit.id));
  return chunkOf.has(edit.id);
}

// The height comes from the observer: to ask for it here would lay out the page once for each chunk.
function drop(made, height) {
  if (!made.childElementCount || made.contains(document.activeElement)) return;
  made.style.minHeight = `${height}px`;
  made.replaceChildren();
  const members = chunks.get(made) || [];
  if (members.length) heights.set(members[0].id, height);
  for (const edit of members) cards.delete(edit.id);
}

// A few in each frame, what came near last first: a fast scroll passes most of them by.
function buildSome() {
  const start = performance.now();
  while (coming.length && performance.now() - start < BUDGET) {
    const made = coming.pop();
    if (chunks.has(made)) build(made);
  }
  if (coming.length) requestAnimationFrame(buildSome);
}

const near = new IntersectionObserver((entries) => {
  const idle = !coming.length;
  for (const { isIntersecting, target, boundingClientRect } of entries) {
    if (shelves.has(target)) {
      if (isIntersecting) fillShelf(target);
      else clearShelf(target, boundingClientRect.height);
      continue;
    }
    coming = coming.filter((other) => other !== target);
    if (isIntersecting) coming.push(target);
    else drop(target, boundingClientRect.height);
  }
  if (idle && coming.length) requestAnimationFrame(buildSome);
}, { rootMargin: "700px 0px" });

function release(members) {
  for (const edit of members) {
    const made = shelfOf.get(edit.id);
    if (made) near.unobserve(made);
    shelves.delete(made);
    shelfOf.delete(edit.id);
  }
  releaseChunks(members);
}

function releaseChunks(members) {
  for (const edit of members) {
    const made = chunkOf.get(edit.id);
    if (made) near.unobserve(made);
    chunks.delete(made);
    chunkOf.delete(edit.id);
    cards.delete(edit.id);
  }
}

function forget() {
  near.disconnect();
  for (const known of [cards, chunks, chunkOf, shelves, shelfOf]) known.clear();
  coming = [];
}

// The edits by shape: the rarest shape first, as the shapes come numbered; in each the riskiest edit first.
function grouped(found) {
  const groups = new Map();
  for (const edit of found) {
    if (!groups.has(edit.shape)) groups.set(edit.shape, []);
    groups.get(edit.shape).push(edit);
  }
  for (const group of groups.values()) group.sort((a, b) => b.risk - a.risk || a.index - b.index);
  return [...groups].sort(([a], [b]) => a - b);
}

function isExpanded(shape, members) {
  return opened.has(shape) || members.length < 3;
}

function groupElement(shape, members) {
  const [id, codemod, form, before, after] = data.shapes[shape];
  const risk = Math.max(...members.map((edit) => edit.risk));
  const pattern = element("a", { href: `#${id}` }, element("code", {}, before || "(nothing)"), " → ", element("code", {}, after || "(nothing)"));
  const all = (verdict) => () => { for (const edit of members) decide(edit, { verdict }); changed(); };
  const header = element("header", {},
    element("h3", { id: `${id}-t` }, pattern),
    badge(members.length === 1 ? "1 edit" : `${members.length} edits`), badge(codemod), ...(form ? [badge(form)] : []),
    badge(`${RISK[risk]} risk`, `risk-${RISK[risk]}`),
    element("button", { type: "button", onclick: all("accepted"), "aria-label": `Accept all edits of ${before} to ${after}` }, "Accept all"),
    element("button", { type: "button", onclick: all("rejected"), "aria-label": `Reject all edits of ${before} to ${after}` }, "Reject all"));
  const made = element("section", { class: "group", id, "aria-labelledby": `${id}-t` }, header);
  const isOpen = isExpanded(shape, members);
  place(made, isOpen ? members : members.slice(0, 1));
  if (members.length > 2) {
    made.append(element("button", {
      type: "button", class: "more", "aria-expanded": String(isOpen), onclick: () => expand(shape),
    }, isOpen ? "Show one example" : `Show all ${members.length} edits`));
  }
  return made;
}
