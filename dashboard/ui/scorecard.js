// A scorecard whose rows are chosen. Tab stops at one row; the arrow keys move between the rows,
// and to the right to what is shown of the one chosen.

const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

function buttonsOf(root) {
  return [...root.querySelectorAll("[data-row] button")];
}

// Leave one row within reach of the Tab key.
function stopAt(root, stop) {
  for (const button of buttonsOf(root)) button.tabIndex = button === stop ? 0 : -1;
}

const panelOf = (key) => document.querySelector(`.st-key-${CSS.escape(key)}`);

function move(root, event, panel) {
  if (event.key === "ArrowRight") {
    const fields = panelOf(panel)?.querySelectorAll("button, input, textarea") ?? [];
    [...fields].find((each) => each.checkVisibility())?.focus();
  }
  const buttons = buttonsOf(root);
  const at = buttons.indexOf(event.target);
  if (at < 0 || !(event.key in STEPS)) return;
  event.preventDefault();
  const to = buttons[Math.min(Math.max(at + STEPS[event.key], 0), buttons.length - 1)];
  stopAt(root, to);
  to.focus();
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".scorecard-frame");
  const held = root.contains(document.activeElement) && document.activeElement.closest("[data-row]");
  if (root.drawn !== data.markup) {
    root.innerHTML = data.markup;
    root.drawn = data.markup;
  }
  const rowOf = (known) => known && root.querySelector(`[data-row="${CSS.escape(known)}"] button`);
  const chosen = root.querySelector("[aria-current] button") ?? buttonsOf(root)[0];
  const again = held && rowOf(held.dataset.row);
  stopAt(root, again || chosen);
  // Without moving the page, which stands at what the row shows.
  if (again) again.focus({ preventScroll: true });
  root.onkeydown = (event) => move(root, event, data.panel);
  root.onclick = (event) => {
    const row = event.target.closest("[data-row]");
    if (!row) return;
    row.querySelector("button").focus({ preventScroll: true });
    setTriggerValue("chosen", row.dataset.row);
    const panel = panelOf(data.panel);
    const top = panel?.getBoundingClientRect().top;
    if (top < 0 || top > window.innerHeight / 2) panel.scrollIntoView();
  };
}
