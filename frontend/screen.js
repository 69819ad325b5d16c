// The big screen says when the server is away, and keeps what it shows until it is back.
const LATE = 180000;

export function watchScreen() {
  const away = document.getElementById("away");
  if (!away) return;
  let last = performance.now();
  const tell = () => { away.hidden = false; };
  for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) document.addEventListener(name, tell);
  document.addEventListener("htmx:afterSwap", () => {
    last = performance.now();
    away.hidden = true;
  });
  setInterval(() => { if (performance.now() - last > LATE) tell(); }, 15000);
}
