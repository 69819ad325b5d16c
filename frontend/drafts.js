// Forms that must not lose a word: kept on the phone while typed, sent by fetch, and dropped only when the server has them.
import * as keep from "./keep.js";

const fields = (form) => [...form.querySelectorAll("input[name]:not([type=hidden], [type=file], [type=password]), textarea[name], select[name]")];

const save = (form) => {
  const value = {};
  for (const field of fields(form)) {
    if (field.type === "checkbox" || field.type === "radio") {
      if (field.checked) value[field.name] = field.value;
    } else value[field.name] = field.value;
  }
  return keep.write(form.dataset.draft, value);
};

const restore = async (form) => {
  const value = await keep.read(form.dataset.draft);
  if (!value || form.querySelector(".wrong")) return;
  for (const field of fields(form)) {
    if (!(field.name in value)) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = field.value === value[field.name];
    else if (!field.value) field.value = value[field.name];
  }
};

const tell = (form, text, bad = true) => {
  const line = form.querySelector("[data-told]");
  if (!line) return;
  line.textContent = text;
  line.className = `alert-line ${bad ? "bad" : "ok"}`;
};

// What the server found wrong, beside the fields that are still filled in here.
const showErrors = (form, page) => {
  for (const old of form.querySelectorAll("[data-err]")) old.remove();
  for (const old of form.querySelectorAll(".fld.wrong")) old.classList.remove("wrong");
  const rest = [];
  for (const line of page.querySelectorAll("main [role=alert]")) {
    const text = line.textContent.trim();
    const name = line.closest(".fld")?.querySelector("[name]")?.name;
    const place = name && form.querySelector(`[name="${CSS.escape(name)}"]`)?.closest(".fld");
    if (!text) continue;
    if (!place) {
      rest.push(text);
      continue;
    }
    place.classList.add("wrong");
    const said = document.createElement("p");
    said.className = "red sm";
    said.dataset.err = "";
    said.setAttribute("role", "alert");
    said.textContent = text;
    place.append(said);
  }
  const first = form.querySelector(".wrong [name]");
  tell(form, rest.join(" ") || (first ? "还有内容要补，见下面红字。" : "没有提交成功。填写的内容还在，请稍后再按一次。"));
  if (first) first.focus();
};

// Photos that are on their way arrive first; those without signal stay on the phone and the form waits for them.
const sent = async (form) => {
  for (let turn = 0; turn < 120 && form.querySelector(".shots .sending"); turn += 1) await new Promise((go) => setTimeout(go, 250));
};

const send = async (form, button) => {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  tell(form, "正在提交…", false);
  await save(form);
  await sent(form);
  if (form.querySelector(".shots .waiting")) {
    tell(form, "还有照片没有传上去，已和填写的内容一起存在本机。有信号后回到这一页，再按一次提交。");
    delete form.dataset.sent;
    return;
  }
  const body = new FormData(form, button);
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.redirected && new URL(answer.url).pathname === document.body.dataset.logIn) {
      tell(form, "登录已失效。填写的内容和照片已存在本机，重新登录后回到这一页，再按一次提交。");
      delete form.dataset.sent;
      return;
    }
    if (answer.redirected || answer.ok) {
      await keep.dropAll(form.dataset.draft);
      location.assign(answer.redirected ? answer.url : location.href);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    showErrors(form, page);
  } catch {
    tell(form, "没有信号，填写的内容和照片已存在本机。有信号后回到这一页，再按一次提交。");
  }
  delete form.dataset.sent;
};

export const watchDrafts = () => {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    let timer;
    restore(form);
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => save(form), 300);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      send(form, event.submitter);
    });
  }
  const net = document.querySelector("[data-net]");
  const show = () => net && net.classList.toggle("hide", navigator.onLine);
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
};
