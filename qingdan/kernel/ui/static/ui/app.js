// Two things, and the product works without them: typed text is not lost, and a form is not sent twice.
(() => {
  "use strict";
  const person = document.body.dataset.person || "";
  const prefix = "draft:" + person + ":";
  const store = (() => {
    try { sessionStorage.setItem("draft-test", "1"); sessionStorage.removeItem("draft-test"); return sessionStorage; } catch { return null; }
  })();

  const keep = (f) => f.name && f.name !== "csrfmiddlewaretoken" && !["hidden", "file", "password", "submit", "button"].includes(f.type);
  const typed = (f) => (["checkbox", "radio"].includes(f.type) ? f.checked : f.value);
  const untouched = (f) => {
    if (["checkbox", "radio"].includes(f.type)) return f.checked === f.defaultChecked;
    if (f.tagName === "SELECT") return [...f.options].every((o) => o.selected === o.defaultSelected) || f.selectedIndex <= 0;
    return f.value === f.defaultValue;
  };
  const key = (form) => prefix + form.dataset.draft;
  const id = (f) => (["checkbox", "radio"].includes(f.type) ? f.name + "=" + f.value : f.name);

  function save(form) {
    const fields = {};
    for (const f of form.elements) if (keep(f) && !untouched(f)) fields[id(f)] = typed(f);
    store.setItem(key(form), JSON.stringify(fields));
  }

  function restore(form) {
    const saved = JSON.parse(store.getItem(key(form)) || "{}");
    let changed = false;
    for (const f of form.elements) {
      if (!keep(f) || !(id(f) in saved) || !untouched(f) || typed(f) === saved[id(f)]) continue;
      if (["checkbox", "radio"].includes(f.type)) f.checked = saved[id(f)];
      else f.value = saved[id(f)];
      changed = true;
    }
    if (changed) tell(form);
  }

  function tell(form) {
    const note = document.createElement("p");
    const clear = document.createElement("button");
    note.className = "message";
    note.setAttribute("role", "status");
    note.textContent = "已恢复上次未提交的文字。";
    clear.type = "button";
    clear.className = "link";
    clear.textContent = "不要这些文字";
    clear.addEventListener("click", () => { form.reset(); store.removeItem(key(form)); note.remove(); });
    note.append(clear);
    form.prepend(note);
  }

  const forget = (which) => Object.keys(store).filter((k) => k.startsWith("draft:") && which(k)).forEach((k) => store.removeItem(k));

  if (store) {
    // An act was recorded: what had been sent is kept by the ledger now.
    if (document.querySelector("[data-done]")) {
      const sent = store.getItem("draft-sent");
      if (sent) forget((k) => k === sent);
    }
    store.removeItem("draft-sent");
    for (const form of document.querySelectorAll("form[data-draft]")) {
      restore(form);
      form.addEventListener("input", () => save(form));
      form.addEventListener("submit", () => { save(form); store.setItem("draft-sent", key(form)); });
    }
    for (const form of document.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", () => forget(() => true));
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    const buttons = [...form.querySelectorAll("button[type=submit], button:not([type])")];
    const free = () => { delete form.dataset.sent; buttons.forEach((b) => { b.disabled = false; }); };
    setTimeout(() => buttons.forEach((b) => { b.disabled = true; }), 0); // after the pressed button's value has been taken
    setTimeout(free, 8000); // a download leaves the page where it is
    window.addEventListener("pageshow", free, { once: true });
  });

  const summary = document.getElementById("form-errors");
  if (summary) summary.focus();
})();
