// Passkeys on the sign-in page and in the account. Without this file a code by mail does the same.
(function () {
  "use strict";

  function at(id) {
    return document.getElementById(id);
  }

  // Whatever a device answers, the person reads one sentence; nothing of it goes to a console.
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    at("passkey-said").hidden = false;
  });

  if (!window.PublicKeyCredential || !window.allauth) {
    return;
  }

  var forms = window.allauth.webauthn.forms;
  if (at("passkey-sign-in")) {
    forms.loginForm({ ids: { login: "passkey-sign-in", credential: "passkey-credential" } });
    at("passkey-sign-in").hidden = false;
  }
  if (at("passkey-add")) {
    forms.addForm({
      ids: { add: "passkey-add", passwordless: "passkey-alone", credential: "passkey-credential" },
      data: { creation_options: JSON.parse(at("passkey-add").dataset.options) },
    });
    at("passkey-add").hidden = false;
    at("passkey-cannot").hidden = true;
  }
})();
