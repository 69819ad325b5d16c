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

const send = async (form, button) => {
  if (form.dataset.sent) return;
  form.dataset.sent = "1";
  tell(form, "正在提交…", false);
  await save(form);
  const body = new FormData(form, button);
  try {
    const answer = await fetch(form.action || location.href, { method: "POST", body, headers: { Accept: "text/html" } });
    if (answer.redirected || answer.ok) {
      await keep.drop(form.dataset.draft);
      await keep.drop(`${form.dataset.draft}:photos`);
      location.assign(answer.redirected ? answer.url : location.href);
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const told = [...page.querySelectorAll("[role=alert]")].map((one) => one.textContent.trim()).filter(Boolean);
    tell(form, told.join(" ") || "没有提交成功。填写的内容还在，请稍后再按一次。");
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
