// Tables sort by the column whose heading is pressed; figures start with the greatest, names with the first.
for (const table of document.querySelectorAll(".sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const button = make("button", "", ...head.childNodes);
    button.type = "button";
    head.append(button);
    button.addEventListener("click", () => sort(table, heads, column));
  });
}

function sort(table, heads, column) {
  const head = heads[column];
  const figures = head.classList.contains("number");
  const was = head.getAttribute("aria-sort");
  const down = was ? was === "ascending" : figures;
  for (const other of heads) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const key = figures ? (row) => Number(row.cells[column].dataset.value) : (row) => row.cells[column].textContent.trim();
  const order = figures ? (a, b) => a[0] - b[0] : (a, b) => a[0].localeCompare(b[0]);
  const rows = [...table.tBodies[0].rows].map((row) => [key(row), row]).sort(order);
  if (down) rows.reverse();
  table.tBodies[0].append(...rows.map(([, row]) => row));
}

function openExample() {
  const example = location.hash.startsWith("#rule-") && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (example) { example.open = true; example.scrollIntoView(); }
}
addEventListener("hashchange", openExample);
openExample();
