// Keys for the staff. The product works without them; single letters can be switched off (WCAG 2.1.4), and never act while one types.
(() => {
  "use strict";
  const store = (() => { try { return localStorage; } catch { return null; } })();
  const off = () => store !== null && store.getItem("keys-off") === "1";
  const places = { d: "待办", x: "提醒", a: "案件", t: "台账", q: "清单", y: "依据", g: "规则" };
  const words = [
    ["? ", "打开、关闭本说明"], ["/", "到查找框"], ["j 和 k", "下一行、上一行"], ["Enter", "打开所在的行"],
    ["n", "提出调整申请"], ["b", "一并办理"], ...Object.entries(places).map(([key, name]) => ["g 然后 " + key, "到“" + name + "”"]),
    ["Ctrl+Enter", "提交所填的表单"],
  ];

  const typing = (e) => e.target.closest("input, textarea, select, [contenteditable]");
  const entry = (name) => [...document.querySelectorAll(".rail nav a")].find((a) => a.textContent.trim().startsWith(name));
  const follow = (link) => { if (link) link.click(); return Boolean(link); };
  const action = (name) => [...document.querySelectorAll(".page-actions a")].find((a) => a.textContent.trim() === name);

  function row(step) {
    const links = [...document.querySelectorAll("main table.list tbody tr")].map((tr) => tr.querySelector("a[href], input[type=checkbox]")).filter(Boolean);
    if (!links.length) return false;
    const here = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
    links[Math.min(Math.max(here + step, 0), links.length - 1)].focus();
    return true;
  }

  let dialog = null;
  function help() {
    if (dialog && dialog.open) { dialog.close(); return true; }
    if (!dialog) {
      dialog = document.createElement("dialog");
      dialog.className = "keys";
      dialog.setAttribute("aria-labelledby", "keys-title");
      const title = Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "快捷键" });
      const list = document.createElement("dl");
      for (const [key, what] of words) {
        const line = document.createElement("div");
        line.append(Object.assign(document.createElement("dt"), { textContent: key }), Object.assign(document.createElement("dd"), { textContent: what }));
        list.append(line);
      }
      const label = document.createElement("label");
      const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: !off() });
      box.addEventListener("change", () => { if (store) store.setItem("keys-off", box.checked ? "0" : "1"); });
      label.append(box, " 使用单个字母的快捷键");
      const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "关闭" });
      close.addEventListener("click", () => dialog.close());
      dialog.append(title, list, label, close);
      document.body.append(dialog);
    }
    dialog.showModal();
    return true;
  }

  let led = 0; // when “g” was pressed
  function letter(key) {
    if (Date.now() - led < 1500) { led = 0; return key in places && follow(entry(places[key])); }
    if (key === "g") { led = Date.now(); return true; }
    if (key === "j") return row(1);
    if (key === "k") return row(-1);
    if (key === "n") return follow(action("提出调整申请"));
    if (key === "b") return follow(action("一并办理"));
    if (key === "/") {
      const field = document.querySelector("main input[type=search], main form[method=get] input");
      if (field) field.focus();
      return Boolean(field);
    }
    return false;
  }

  document.addEventListener("keydown", (e) => {
    if (e.isComposing || e.altKey || e.metaKey) return;
    if (e.ctrlKey) {
      const form = e.key === "Enter" && typing(e) && e.target.form;
      if (form) { e.preventDefault(); form.requestSubmit(form.querySelector("button[type=submit]")); }
      return;
    }
    if (typing(e)) return;
    if (e.key === "?" ? help() : !off() && !(dialog && dialog.open) && letter(e.key)) e.preventDefault();
  });

  for (const button of document.querySelectorAll("[data-keys]")) { button.hidden = false; button.addEventListener("click", help); }
  for (const button of document.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      const boxes = [...document.querySelectorAll("input[type=checkbox][name=" + button.dataset.all + "]")];
      const on = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = on;
    });
  }
})();
