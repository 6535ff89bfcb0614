{
  const { reasons, groups } = JSON.parse(document.getElementById("data").textContent);
  const text = document.getElementById("text");
  const tip = document.getElementById("tip");
  const marks = [...text.querySelectorAll("mark[id]")];
  const isFlag = (mark) => mark.classList.contains("flag");
  const groupOf = (mark) => Number(/\bk(\d+)/.exec(mark.className)[1]);
  const numberOf = (mark) => mark.id ? mark.id.slice(1) : mark.dataset.of;

  // ---- switches: one style sheet says which groups are plain, so that a switch costs the same for any number of marks
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [sheet];
  const edits = document.getElementById("edits");
  const flags = document.getElementById("flags");
  const rules = [...document.querySelectorAll("[data-rule]")];
  const cleaners = [...document.querySelectorAll("[data-cleaner]")];
  const rulesOf = (cleaner) => [...cleaner.closest("li").querySelectorAll("[data-rule]")];
  let shownGroups = new Set();
  let shown = marks;

  const isShown = (mark) => (isFlag(mark) ? flags : edits).checked && shownGroups.has(groupOf(mark));

  function applySwitches() {
    const off = new Set(rules.filter((box) => !box.checked).map((box) => box.dataset.rule));
    const known = new Set(rules.map((box) => box.dataset.rule));
    const hidden = [];
    shownGroups = new Set();
    groups.forEach((names, k) => {
      if (names.some((name) => known.has(name) ? !off.has(name) : true)) shownGroups.add(k);
      else hidden.push(`.k${k}`);
    });
    const selectors = hidden.length ? [`:is(${hidden.join(",")})`] : [];
    if (!edits.checked) selectors.push(":not(.flag)");
    const plain = "background:none!important;color:inherit!important;text-decoration:none!important;border-color:transparent!important;box-shadow:none!important;cursor:auto";
    const css = selectors.map((s) => `main mark${s},main mark${s} del,.result ins${s}{${plain}}main mark${s} ins{display:none}`);
    if (!flags.checked) css.push(`main mark.flag{${plain}}`);
    sheet.replaceSync(css.join("\n"));
    shown = marks.filter(isShown);
    for (const mark of marks) mark.tabIndex = -1;
    for (const mark of shown) mark.tabIndex = 0;
    hideTip();
    listFrom(0);
    showPlace();
  }

  document.getElementById("legend").addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.cleaner !== undefined) for (const rule of rulesOf(box)) rule.checked = box.checked;
    for (const cleaner of cleaners) {
      const on = rulesOf(cleaner).filter((rule) => rule.checked).length;
      cleaner.checked = on > 0;
      cleaner.indeterminate = on > 0 && on < rulesOf(cleaner).length;
    }
    applySwitches();
  });

  // ---- the list of changes, a part at a time
  const PART = 200;
  const list = document.querySelector(".changes");
  const more = document.getElementById("more");
  let listed = 0;

  function change(mark, length) {
    const cut = (string) => string.length > length ? string.slice(0, length) + "…" : string;
    const what = make("span", "what");
    if (isFlag(mark)) what.append(make("span", "flag", cut(mark.textContent)));
    for (const part of mark.children) what.append(...(what.hasChildNodes() ? [" → "] : []), make(part.localName, "", cut(part.textContent)));
    return what;
  }

  function entry(mark) {
    const what = change(mark, 60);
    const names = reasons[mark.dataset.why][0].join(" + ");
    const button = make("button", mark.className.replace("flag ", ""),
      make("span", "where", mark.parentElement.dataset.line), make("span", "rule", names + (isFlag(mark) ? " · kept" : "")), what);
    button.type = "button";
    button.dataset.jump = mark.id;
    return make("li", "", button);
  }

  function listFrom(start) {
    if (!start) { list.replaceChildren(); listed = 0; }
    const part = shown.slice(start, start + PART);
    list.append(...part.map(entry));
    listed = start + part.length;
    more.hidden = listed >= shown.length;
    more.textContent = `Show more (${(shown.length - listed).toLocaleString("en")} left)`;
    markCurrent();
  }
  more.addEventListener("click", () => listFrom(listed));
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-jump]");
    if (button) jump(document.getElementById(button.dataset.jump));
  });

  // ---- jumps
  let current = null;

  function jump(mark) {
    if (!mark) return;
    if (text.dataset.view === "result") setView("both");
    mark.scrollIntoView({ block: "center" });
    mark.focus({ preventScroll: true });
    bringBack(mark, 5);
  }
  function bringBack(mark, times) { // sections that are laid out only now may push it away
    requestAnimationFrame(() => {
      if (mark !== current) return;
      const { top, bottom } = mark.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) mark.scrollIntoView({ block: "center" });
      if (times) bringBack(mark, times - 1);
    });
  }
  function showPlace() {
    const at = shown.indexOf(current);
    const all = shown.length.toLocaleString("en");
    document.getElementById("place").value = at < 0 ? all : `${(at + 1).toLocaleString("en")} / ${all}`;
    for (const id of ["previous", "next"]) document.getElementById(id).disabled = !shown.length;
    markCurrent();
  }
  function markCurrent() {
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    if (current) list.querySelector(`[data-jump="${current.id}"]`)?.setAttribute("aria-current", "true");
  }
  function step(by) {
    if (!shown.length) return;
    const at = shown.indexOf(current);
    jump(shown[at < 0 ? (by > 0 ? 0 : shown.length - 1) : (at + by + shown.length) % shown.length]);
  }
  document.getElementById("next").addEventListener("click", () => step(1));
  document.getElementById("previous").addEventListener("click", () => step(-1));

  // ---- tooltip: on hover and on focus; Escape closes it; the pointer may move onto it
  const KINDS = { flag: "Looked at and kept", del: "Removed", ins: "Inserted", both: "Replaced" };
  let leaving = 0;

  function kindOf(mark) {
    if (isFlag(mark)) return KINDS.flag;
    const tags = [...(document.getElementById(`c${numberOf(mark)}`) ?? mark).children].map((part) => part.localName);
    return tags.length > 1 ? KINDS.both : KINDS[tags[0]] ?? KINDS.del;
  }
  function fillTip(mark) {
    const [names, note, evidence, also] = reasons[mark.dataset.why];
    const first = document.getElementById(`c${numberOf(mark)}`) ?? mark;
    const line = first.closest("[data-line]").dataset.line;
    tip.className = `k${groupOf(mark)}`;
    tip.replaceChildren(make("p", "rule", `${kindOf(mark)}: ${names.join(" + ")}`));
    tip.append(change(first, 80));
    if (note) tip.append(make("p", "", note));
    if (evidence.length) {
      const rows = evidence.map(([feature, weight, matched]) => make("tr", "", make("th", "", feature), make("td", "", weight ? String(weight) : ""), make("td", "", matched)));
      tip.append(make("table", "", make("tbody", "", ...rows)));
    }
    for (const [under, why] of also) tip.append(make("p", "", `Also looked at: ${under.join(" + ")}${why ? ": " + why : ""}`));
    tip.append(make("p", "at", `Line ${line}, characters ${first.dataset.at}`));
  }
  function partners(mark) {
    return text.querySelectorAll(`[data-of="${numberOf(mark)}"]`);
  }
  let tipped = null;
  function showTip(mark) {
    hideTip();
    if (!isShown(mark)) return;
    tipped = mark;
    fillTip(mark);
    tip.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    for (const partner of partners(mark)) partner.classList.add("lit");
    const place = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = tip;
    tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - width - 8))}px`;
    const below = mark.getBoundingClientRect().bottom + 6;
    tip.style.top = `${below + height < innerHeight ? below : Math.max(8, place.top - height - 6)}px`;
  }
  function hideTip() {
    clearTimeout(leaving);
    tip.hidden = true;
    if (!tipped) return;
    tipped.removeAttribute("aria-describedby");
    for (const partner of partners(tipped)) partner.classList.remove("lit");
    tipped = null;
  }
  function leave() {
    clearTimeout(leaving);
    leaving = setTimeout(() => { if (!tip.matches(":hover") && !tipped?.matches(":hover, :focus")) hideTip(); }, 150);
  }
  text.addEventListener("mouseover", (event) => {
    const mark = event.target.closest("mark");
    if (mark) { clearTimeout(leaving); if (mark !== tipped) showTip(mark); }
  });
  text.addEventListener("mouseout", (event) => { if (event.target.closest("mark")) leave(); });
  tip.addEventListener("mouseleave", leave);
  text.addEventListener("focusin", (event) => {
    const mark = event.target.closest("mark");
    if (!mark) return;
    if (mark.id) { current = mark; showPlace(); }
    showTip(mark);
  });
  text.addEventListener("focusout", leave);
  addEventListener("scroll", () => { if (tipped && !tipped.matches(":focus")) hideTip(); else if (tipped) showTip(tipped); }, { passive: true });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("textarea, select")) return;
    if (event.key === "n") step(1);
    if (event.key === "p") step(-1);
  });

  // ---- unchanged stretches get their line numbers when they are opened
  const SECTION = 100;

  function unfold(stretch) {
    const source = stretch.querySelector("pre");
    if (!source) return;
    const lines = source.textContent.split("\n");
    const [left, right] = [Number(stretch.dataset.line), Number(stretch.dataset.result)];
    const sections = [];
    for (let at = 0; at < lines.length; at += SECTION) {
      const section = make("section", "rows");
      section.style.containIntrinsicBlockSize = `auto ${1.7 * Math.min(SECTION, lines.length - at)}rem`;
      lines.slice(at, at + SECTION).forEach((line, i) => {
        const [original, result] = [make("p", "", line), make("p", "result", line)];
        original.dataset.line = left + at + i;
        result.dataset.line = right + at + i;
        section.append(make("div", "row", original, result));
      });
      sections.push(section);
    }
    source.replaceWith(...sections);
  }
  text.addEventListener("toggle", (event) => { if (event.target.open) unfold(event.target); }, true);
  document.getElementById("unfold").addEventListener("click", (event) => {
    const open = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", String(open));
    for (const stretch of text.querySelectorAll(".stretch")) stretch.open = open;
  });

  // ---- views
  const views = [...document.querySelectorAll("button[data-view]")];
  function setView(view) {
    text.dataset.view = view;
    for (const button of views) button.setAttribute("aria-pressed", String(button.dataset.view === view));
  }
  for (const button of views) button.addEventListener("click", () => setView(button.dataset.view));

  if (matchMedia("(max-width: 60rem)").matches) for (const panel of document.querySelectorAll(".panel")) panel.open = false;
  applySwitches();
  if (/^#c\d+$/.test(location.hash)) jump(document.getElementById(location.hash.slice(1)));
}
