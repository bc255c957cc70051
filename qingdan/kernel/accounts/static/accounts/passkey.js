// The button of a passkey and what it is for (data-passkey); what went wrong, in words. The rest is allauth's.
for (const button of document.querySelectorAll("[data-passkey]")) {
  const what = button.dataset.passkey;
  const credential = button.form.querySelector("[name$=credential]").id;
  const ids = { [what]: button.id, credential, data: "passkey-data", passwordless: "passkey-alone" };
  window.allauth.webauthn.forms[what + "Form"]({ ids });
}
document.addEventListener("allauth.error", (event) => {
  "use strict";
  event.preventDefault();
  const said = { NotAllowedError: "没有完成：已取消，或者等得太久。请再试一次。", InvalidStateError: "这个设备已经添加过了。", SecurityError: "这个网址不能使用通行密钥：须用域名和 https 访问。" };
  const note = document.getElementById("passkey-error") || document.body.appendChild(document.createElement("p"));
  note.textContent = said[event.detail.exception && event.detail.exception.name] || "这个浏览器或者设备不能使用通行密钥，请换用密码和动态口令。";
  note.hidden = false;
});
