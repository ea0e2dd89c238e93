// The board: the cell that was clicked is told to the server; one that is chosen already lets go.
export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".board-frame");
  // Drawn anew, it keeps the keyboard where it was.
  const { priority: column, lead: row } = root.contains(document.activeElement)
    ? document.activeElement.dataset : {};
  root.innerHTML = data.markup;
  [...root.querySelectorAll("button")]
    .find((each) => each.dataset.priority === column && each.dataset.lead === row)?.focus();
  root.onclick = (event) => {
    const cell = event.target.closest("button");
    if (!cell) return;
    const { priority, lead } = cell.dataset;
    const lets_go = cell.getAttribute("aria-pressed") === "true";
    setTriggerValue("chosen", lets_go ? ["", ""] : [priority, lead]);
  };
}
