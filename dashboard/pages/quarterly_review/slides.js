// Keys of the projector's view: arrows turn the slides, F fills the screen. Says how high it is.

const TURNS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous" };

function press(key) {
  document.querySelector(`.st-key-${key} button`)?.click();
}

function fill() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen();
}

function obey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input, textarea, [contenteditable=true]")) return;
  if (event.key in TURNS) press(TURNS[event.key]);
  else if (event.key.toLowerCase() === "f") fill();
  else return;
  event.preventDefault();
}

export default function ({ data, setStateValue }) {
  const tell = () => {
    if (window.innerHeight !== data.height) setStateValue("height", window.innerHeight);
  };
  document.addEventListener("keydown", obey);
  window.addEventListener("resize", tell);
  tell();
  return () => {
    document.removeEventListener("keydown", obey);
    window.removeEventListener("resize", tell);
  };
}
