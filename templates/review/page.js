// The controls: filters, keys, links, export and load, colours.
const control = (id) => document.getElementById(id);
const texts = edits.map((edit) => [edit.path, data.shapes[edit.shape].slice(1).join(" "), edit.engines.join(" "),
  edit.references.flat().join(" "), edit.text].join("\n").toLowerCase());
let shownGroups = [];
let current = null;

function chosen(edit) {
  const { verdict, comment } = decisionOf(edit);
  const [phase, risk, wanted] = ["by-phase", "by-risk", "by-verdict"].map((id) => control(id).value);
  if (phase && edit.phase !== Number(phase)) return false;
  if (risk && RISK[edit.risk] !== risk) return false;
  if (wanted && (wanted === "commented" ? !comment : verdict !== wanted)) return false;
  const words = control("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => texts[edit.index].includes(word));
}

function render() {
  forget();
  shownGroups = grouped(edits.filter(chosen));
  groupsElement.replaceChildren(...shownGroups.map(([shape, members]) => groupElement(shape, members)));
  tell();
}

function expand(shape, on = !opened.has(shape)) {
  if (on) opened.add(shape);
  else opened.delete(shape);
  const group = shownGroups.find(([other]) => other === shape);
  if (!group) return;
  release(group[1]);
  const [id] = data.shapes[shape];
  const had = document.activeElement && document.activeElement.classList.contains("more");
  document.getElementById(id).replaceWith(groupElement(...group));
  if (had) document.querySelector(`#${id} > .more`).focus({ preventScroll: true });
}

function amount(count, what) {
  return count === 1 ? `1 ${what}` : `${count} ${what}s`;
}

function tell() {
  const count = { accepted: 0, rejected: 0, undecided: 0 };
  for (const edit of edits) count[decisionOf(edit).verdict] += 1;
  const visible = shownGroups.reduce((sum, [, members]) => sum + members.length, 0);
  const files = holding.size ? `, which leaves ${amount(holding.size, "file")}`
    + `${back.size ? ` and keeps back ${amount(back.size, "other")}` : ""}` : "";
  control("progress").textContent = `${visible} of ${edits.length} edits in ${shownGroups.length} shapes. `
    + `${count.accepted} accepted, ${count.rejected} rejected${files}, ${count.undecided} open.`
    + (storage ? "" : " This browser keeps nothing of it: export before you close the page.");
}

function show(edit) {
  if (!reach(edit)) expand(edit.shape, true);
  if (!reach(edit)) return;
  build(chunkOf.get(edit.id));
  const card = cards.get(edit.id);
  current = edit;
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "center" });
}

function step(by) {
  const order = shownGroups.flatMap(([shape, members]) => (isExpanded(shape, members) ? members : members.slice(0, 1)));
  if (!order.length) return;
  const focused = document.activeElement && document.activeElement.closest(".edit");
  const at = order.findIndex((edit) => edit.id === (focused ? focused.id : current && current.id));
  show(order[Math.min(Math.max(at + by, 0), order.length - 1)]);
}

function follow() {
  const id = decodeURIComponent(window.location.hash.slice(1));
  const edit = byId.get(id);
  if (!edit) return;
  if (!chosen(edit)) {
    control("filters").reset();
    render();
  }
  show(edit);
}

const keys = {
  j: () => step(1),
  k: () => step(-1),
  a: () => current && toggle(current, "accepted"),
  r: () => current && toggle(current, "rejected"),
  o: () => current && (expand(current.shape), reach(current) && show(current)),
  c: () => current && (show(current), cards.get(current.id).querySelector("textarea").focus()),
  s: () => { control("view").value = view === "split" ? "unified" : "split"; changeView(); },
  "/": () => control("search").focus(),
  "?": () => control("help").showModal(),
};

function changeView() {
  view = control("view").value;
  keep("consolidate:view", view);
  heights.clear();
  for (const [id, card] of cards) if (card.dataset.filled) fill(byId.get(id));
}

document.addEventListener("keydown", (event) => {
  const target = event.target;
  if (event.key === "Escape" && target.matches("input, textarea")) target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea, select")) return;
  if (control("help").open || !Object.hasOwn(keys, event.key)) return;
  event.preventDefault();
  keys[event.key]();
});

groupsElement.addEventListener("focusin", (event) => {
  const card = event.target.closest(".edit");
  if (card) current = byId.get(card.id);
});

// Another choice begins at its top, wherever one was.
function choose() {
  render();
  if (groupsElement.getBoundingClientRect().top < 0) control("progress").scrollIntoView();
}

let waiting = 0;
control("filters").addEventListener("submit", (event) => event.preventDefault());
control("search").addEventListener("input", () => {
  window.clearTimeout(waiting);
  waiting = window.setTimeout(choose, 120);
});
for (const id of ["by-phase", "by-risk", "by-verdict"]) control(id).addEventListener("change", choose);
control("view").addEventListener("change", changeView);
control("help-button").addEventListener("click", keys["?"]);

control("export").addEventListener("click", () => {
  const url = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  element("a", { href: url, download: "decisions.json" }).click();
  window.setTimeout(() => URL.revokeObjectURL(url), 10000);
});

control("load").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (!file) return;
  try {
    const [count, all] = load(await file.text());
    hold();
    render();
    control("progress").textContent += ` ${count} of ${all} decisions loaded.`;
  } catch (error) {
    control("progress").textContent = error.message;
  }
  event.target.value = "";
});

const THEMES = ["", "dark", "light"];
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  control("theme").setAttribute("aria-label", `Colours: ${theme || "as the system"}`);
  keep("consolidate:theme", theme);
}
control("theme").addEventListener("click", () => {
  const now = document.documentElement.dataset.theme || "";
  setTheme(THEMES[(THEMES.indexOf(now) + 1) % THEMES.length]);
});

const theme = recall("consolidate:theme");
if (THEMES.includes(theme) && theme) setTheme(theme);
if (recall("consolidate:view") === "split") control("view").value = view = "split";
narrow.addEventListener("change", () => { render(); });
window.addEventListener("hashchange", follow);
render();
follow();
