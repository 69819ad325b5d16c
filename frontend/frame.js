// What the frame does on every page: search key, menus, sentences that arrive outside a form.

const say = (text) => {
  const place = document.getElementById("say");
  if (place) place.innerHTML = "";
  const line = document.createElement("p");
  line.className = "alert-line bad";
  line.setAttribute("role", "alert");
  line.textContent = text;
  if (place) place.append(line);
};

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    const field = document.getElementById("find");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    const found = document.getElementById("found");
    if (found) found.replaceChildren();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const found = document.getElementById("found");
  if (found && !event.target.closest(".find")) found.replaceChildren();
  if (event.target.closest("[data-print]")) window.print();
  if (event.target.closest("[data-back]") && history.length > 1) {
    event.preventDefault();
    history.back();
  }
});

// A clause of the advice fills the form beside it: level and criterion.
document.addEventListener("click", (event) => {
  const cite = event.target.closest("[data-cite]");
  const form = cite && cite.closest("form");
  if (!form) return;
  const { criterion, level } = form.elements;
  if (level) level.value = "major";
  if (criterion) criterion.value = cite.dataset.cite;
  for (const one of form.querySelectorAll("[name=level], [name=criterion]")) one.dispatchEvent(new Event("change", { bubbles: true }));
  if (criterion) criterion.scrollIntoView({ block: "center" });
});

// A form is sent once: a second press waits for the first answer.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.hasAttribute("hx-get") || form.method === "get") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest && event.target.closest("form[data-sent]");
  if (form) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// A select or a check box that filters sends its form by itself; without scripts the form has a button.
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-go]")) event.target.form.requestSubmit();
});

document.addEventListener("htmx:sendError", () => say("网络不通，刚才的操作没有送到。填写的内容还在页面上，请稍后再按一次。"));
document.addEventListener("htmx:timeout", () => say("服务器没有及时答复，请稍后刷新页面看结果。"));
document.addEventListener("htmx:responseError", () => say("这一步没有办成，平台已记下原因。请刷新页面再试；仍不行请找系统管理员。"));

// What was wrong with a field is no longer said once the field is mended.
document.addEventListener("input", (event) => {
  const field = event.target.closest(".fld.wrong");
  if (!field) return;
  field.classList.remove("wrong");
  for (const line of field.querySelectorAll("[role=alert]")) line.remove();
});

// What scrolls sideways can be reached and moved by keyboard.
const focusWide = () => {
  for (const wide of document.querySelectorAll(".wide-x")) {
    if (wide.scrollWidth > wide.clientWidth) wide.tabIndex = 0;
    else wide.removeAttribute("tabindex");
  }
};
focusWide();
window.addEventListener("resize", focusWide);
document.addEventListener("htmx:afterSettle", focusWide);

// Where the pages or the tabs of a thing scroll sideways, the one that is open is in sight.
for (const one of document.querySelectorAll(".subnav .on, .tabs .on")) {
  const row = one.parentElement;
  if (row.scrollWidth > row.clientWidth) row.scrollLeft = one.offsetLeft - row.offsetLeft - (row.clientWidth - one.offsetWidth) / 2;
}

// A tall screen is given more rows a page (web/sizes.py); what a person chooses goes before.
const zoom = window.innerWidth >= 2400 ? 1.5 : 1;
const life = window.innerHeight / zoom > 1200 ? 31536000 : 0;
document.cookie = `tall=1; path=/; max-age=${life}; SameSite=Lax`;
