// A scorecard whose rows are chosen: the row that was clicked is told to the server.
export default function ({ parentElement, data, setStateValue }) {
  const root = parentElement.querySelector(".scorecard-frame");
  root.innerHTML = data.markup;
  root.onclick = (event) => {
    const row = event.target.closest("[data-row]");
    if (row) setStateValue("chosen", row.dataset.row);
  };
}
